/**
 * `plumbline verify epoch <n>`: a reward epoch computed again and compared with the chain; with `--from-events` its inputs too,
 * from the record; with `--rpc` and `--artefact` without any record, from a file and a node.
 * @module
 */
import { checkInput, checkInvariant } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { verifyByRpc } from '../jobs/rewards/by-hand/verify-by-rpc.ts';
import { differencesFromEvents, type EpochProof, verifyEpoch } from '../jobs/rewards/by-hand/verify-epoch.ts';
import { createRewardContext } from '../jobs/rewards/reward-context.ts';
import { readArtefactFile } from './artefact-file.ts';
import { rewardEpochOf } from './reward-epoch-argument.ts';
import { say } from './say.ts';

const SHOWN_DIFFERENCES = 20;

export interface VerifyEpochOptions {
  /** Node to ask, without ClickHouse. */
  readonly rpc?: string;
  /** File of the artefact, plain or gzip. */
  readonly artefact?: string;
  readonly fromEvents?: boolean;
}

/** @throws the errors of `verifyEpoch`, `verifyByRpc`; InvariantError `REWARDS__INPUTS_DIFFER`; InputError `VERIFY__NO_ARTEFACT` */
export async function runVerifyEpoch(settings: Settings, epoch: string, options: VerifyEpochOptions): Promise<void> {
  if (options.rpc !== undefined || options.artefact !== undefined) await verifyRemotely(settings, epoch, options);
  else await verifyFromRecord(settings, epoch, options.fromEvents === true);
}

async function verifyFromRecord(settings: Settings, epoch: string, isFromEvents: boolean): Promise<void> {
  const store = createStoreClient(settings);
  try {
    const context = await createRewardContext(settings, store, new AbortController().signal);
    const proof = await verifyEpoch(store, context.chain, rewardEpochOf(epoch));
    say(`reward epoch ${proof.rewardEpoch}: computed again from its artefact, equal to the record on chain`);
    sayProof(proof);
    if (!isFromEvents) return;
    const differences = await differencesFromEvents(context, proof.rewardEpoch);
    for (const { path: where, archived, again } of differences.slice(0, SHOWN_DIFFERENCES)) {
      say(`${where}: archived ${archived || 'nothing'}, from events ${again || 'nothing'}`);
    }
    checkInvariant(
      differences.length === 0,
      'REWARDS__INPUTS_DIFFER',
      `${differences.length} inputs of reward epoch ${proof.rewardEpoch} are not what the recorded chain gives: see the lines above`,
      { rewardEpoch: proof.rewardEpoch },
    );
    say('inputs    gathered again from the recorded chain, equal');
  } finally {
    await store.close();
  }
}

async function verifyRemotely(settings: Settings, epoch: string, { rpc, artefact }: VerifyEpochOptions): Promise<void> {
  checkInput(
    artefact !== undefined,
    'VERIFY__NO_ARTEFACT',
    'Name the artefact with --artefact FILE: a node does not have it',
  );
  const text = await readArtefactFile(artefact);
  const rpcUrl = rpc ?? settings.SOLANA_RPC_URL;
  const proof = await verifyByRpc(rpcUrl, settings.STAKING_PROGRAM_ID, rewardEpochOf(epoch), text);
  say(`reward epoch ${proof.rewardEpoch}: computed again from ${artefact}, equal to the record on chain`);
  sayProof(proof);
  for (const sentence of proof.checked) say(`checked   ${sentence}`);
  for (const sentence of proof.unchecked) say(`not shown ${sentence}`);
}

function sayProof(proof: EpochProof): void {
  for (const root of proof.roots) say(`root      ${root}`);
  say(`rewards   ${proof.totalRewards} base units of INT to ${proof.poolCount} pools`);
  say(`USDC      ${proof.totalUsdc} base units`);
  say(`artefact  ${proof.artefactHash}`);
}
