/**
 * `plumbline rewards show|approve|commit|accrue|export-unsigned <epoch>`.
 * @module
 */
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { accrueEpoch, approveEpoch, commitEpoch } from '../jobs/rewards/by-hand/authority-steps.ts';
import { exportUnsigned } from '../jobs/rewards/by-hand/export-unsigned.ts';
import { showEpoch } from '../jobs/rewards/by-hand/show-epoch.ts';
import { createRewardContext } from '../jobs/rewards/reward-context.ts';
import { rewardEpochOf } from './reward-epoch-argument.ts';

const steps = { show: showEpoch, approve: approveEpoch, commit: commitEpoch, accrue: accrueEpoch } as const;

/** JSON on stdout, for a multisig. @throws the errors of `exportUnsigned` */
export async function runExportUnsigned(settings: Settings, epoch: string, signal: AbortSignal): Promise<void> {
  const rewardEpoch = rewardEpochOf(epoch);
  const store = createStoreClient(settings);
  try {
    const unsigned = await exportUnsigned(await createRewardContext(settings, store, signal), rewardEpoch);
    const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
    process.stdout.write(`${JSON.stringify(unsigned, asText, 2)}\n`);
  } finally {
    await store.close();
  }
}

export async function runRewards(
  step: keyof typeof steps,
  settings: Settings,
  epoch: string,
  signal: AbortSignal,
): Promise<void> {
  const rewardEpoch = rewardEpochOf(epoch);
  const store = createStoreClient(settings);
  try {
    const lines = await steps[step](await createRewardContext(settings, store, signal), rewardEpoch);
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await store.close();
  }
}
