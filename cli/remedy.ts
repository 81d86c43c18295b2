/**
 * `plumbline rewards remedy <epoch>`: who is owed what after a wrong root, and the transactions that stop accruals.
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { type Correction, prepareRemedy, remedyFile } from '../jobs/rewards/by-hand/remedy.ts';
import { createRewardContext } from '../jobs/rewards/reward-context.ts';
import { readArtefactFile } from './artefact-file.ts';
import { rewardEpochOf } from './reward-epoch-argument.ts';
import { say } from './say.ts';

const SHOWN_CORRECTIONS = 20;

/** @throws the errors of `prepareRemedy` */
export async function runRemedy(
  settings: Settings,
  epoch: string,
  options: { artefact?: string },
  signal: AbortSignal,
): Promise<void> {
  const rewardEpoch = rewardEpochOf(epoch);
  const store = createStoreClient(settings);
  try {
    const committed = options.artefact === undefined ? null : await readArtefactFile(options.artefact);
    const remedy = await prepareRemedy(await createRewardContext(settings, store, signal), rewardEpoch, committed);
    const folder = path.join(settings.DATA_DIR, 'remedies');
    const { name, text } = remedyFile(remedy);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, name), text);
    const { corrections, programAdmin } = remedy;
    say(
      `reward epoch ${rewardEpoch}: ${corrections.length} leaves of the record are not what the recorded chain gives`,
    );
    say(
      `accruals    ${remedy.areAccrualsHalted ? 'are halted' : `go on; have ${programAdmin} sign transactions.halt`}`,
    );
    for (const each of corrections.slice(0, SHOWN_CORRECTIONS)) say(correctionText(each));
    say(`written     ${path.join(folder, name)}`);
  } finally {
    await store.close();
  }
}

function correctionText({ pool, isAccrued, owedReward, owedUsdc }: Correction): string {
  const accrued = isAccrued ? 'accrued' : 'not accrued';
  return `correction  ${pool} ${owedReward} INT, ${owedUsdc} USDC (${accrued})`;
}
