/**
 * `plumbline rewards show|approve|commit|accrue <epoch>`.
 * @module
 */
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { accrueEpoch, approveEpoch, commitEpoch } from '../jobs/rewards/authority-steps.ts';
import { createRewardContext } from '../jobs/rewards/reward-context.ts';
import { showEpoch } from '../jobs/rewards/show-epoch.ts';
import { rewardEpochOf } from './reward-epoch-argument.ts';

const steps = { show: showEpoch, approve: approveEpoch, commit: commitEpoch, accrue: accrueEpoch } as const;

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
