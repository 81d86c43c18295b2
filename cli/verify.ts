/**
 * `plumbline verify blocks` and `plumbline verify epoch <n>`.
 * @module
 */
import { checkInput, InvariantError } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient, type StoreClient } from '../indexer/store/clickhouse-client.ts';
import { cursor } from '../indexer/store/queries/cursors.ts';
import { proveRange } from '../indexer/store/queries/reward-inputs.ts';
import { createRewardContext } from '../jobs/rewards/reward-context.ts';
import { verifyEpoch } from '../jobs/rewards/verify-epoch.ts';
import { parseEpoch } from './rewards.ts';

/** @throws InvariantError `VERIFY__NOT_PROVEN` with the slots that are in the way */
export async function runVerifyBlocks(settings: Settings, options: Readonly<Record<string, unknown>>): Promise<void> {
  await withStore(settings, async (store) => {
    const fromSlot = slotOf('--from', options['from']) ?? 0n;
    const toSlot = slotOf('--to', options['to']) ?? (await cursor(store, 'finalized'))?.slot ?? 0n;
    const { blockCount, ...faults } = await proveRange(store, fromSlot, toSlot);
    const found = Object.entries(faults).flatMap(([kind, slots]) =>
      slots.length > 0 ? [`${kind} ${slots.join(', ')}`] : [],
    );
    if (found.length > 0) {
      throw new InvariantError(
        'VERIFY__NOT_PROVEN',
        `Slots ${fromSlot} to ${toSlot} are not proven: ${found.join('; ')}`,
      );
    }
    process.stdout.write(
      `${blockCount} blocks from slot ${fromSlot} to ${toSlot} link without a gap and are decoded whole\n`,
    );
  });
}

export async function runVerifyEpoch(settings: Settings, epochText: string): Promise<void> {
  const rewardEpoch = parseEpoch(epochText);
  await withStore(settings, async (store) => {
    const signal = new AbortController().signal;
    const { chain } = await createRewardContext(
      { ...settings, REWARD_AUTHORITY_KEYPAIR: '', FEE_PAYER_KEYPAIR: '' },
      store,
      signal,
    );
    const proof = await verifyEpoch(store, chain, rewardEpoch);
    process.stdout.write(
      [
        `reward epoch ${rewardEpoch}: recomputed from artefact ${proof.artefactHash}, equal to the record on chain`,
        ...proof.roots.map((root, index) => `root ${index}   ${root}`),
        `rewards  ${proof.totalRewards} INT to ${proof.poolCount} pools`,
        `USDC     ${proof.totalUsdc}`,
        '',
      ].join('\n'),
    );
  });
}

async function withStore(settings: Settings, run: (store: StoreClient) => Promise<void>): Promise<void> {
  const store = createStoreClient(settings);
  try {
    await run(store);
  } finally {
    await store.close();
  }
}

function slotOf(flag: string, value: unknown): bigint | null {
  if (value === undefined) return null;
  const text = String(value);
  checkInput(/^\d{1,19}$/.test(text), 'VERIFY__BAD_SLOT', `${flag} takes a slot, not ${text}`);
  return BigInt(text);
}
