/**
 * `plumbline rewards show|approve|commit|accrue <epoch>`.
 * @module
 */
import { checkInput } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { accrueEpoch, approveEpoch, commitEpoch, showEpoch } from '../jobs/rewards/authority-steps.ts';
import { createRewardContext } from '../jobs/rewards/reward-context.ts';

const steps = { show: showEpoch, approve: approveEpoch, commit: commitEpoch, accrue: accrueEpoch } as const;

export async function runRewards(
  step: keyof typeof steps,
  settings: Settings,
  epochText: string,
  signal: AbortSignal,
): Promise<void> {
  const rewardEpoch = parseEpoch(epochText);
  const store = createStoreClient(settings);
  try {
    const lines = await steps[step](await createRewardContext(settings, store, signal), rewardEpoch);
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await store.close();
  }
}

/** @throws InputError `REWARDS__BAD_EPOCH` */
export function parseEpoch(text: string): bigint {
  checkInput(/^[1-9]\d{0,17}$/.test(text), 'REWARDS__BAD_EPOCH', `A reward epoch is a number from 1, not ${text}`);
  return BigInt(text);
}
