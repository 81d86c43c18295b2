/**
 * Scores of providers as the latest reward epoch left them, with what is counted beside them.
 * @module
 */
import type { RewardEpoch, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { type ProviderScoreRow, scoreColumns } from '../rewards/reward-results.ts';

export interface ScoredProvider extends ProviderScoreRow {
  readonly rewardEpoch: RewardEpoch;
  /** End of that epoch's window: counts are as of it. */
  readonly windowEnd: UnixSeconds;
}

/**
 * Of the latest epoch that was computed and whose window had ended by `slot`; providers without a score are left out.
 * By address.
 */
export function scoresAsOf(
  client: StoreClient,
  slot: Slot,
  providers: readonly Uint8Array[],
): Promise<ScoredProvider[]> {
  return rows<ScoredProvider>(
    client,
    `WITH latest AS (
  SELECT reward_epoch, input_hash, window_end FROM current_reward_epochs
  WHERE input_hash != '' AND last_slot <= {slot:UInt64} ORDER BY reward_epoch DESC LIMIT 1
)
SELECT ${scoreColumns}, window_end AS windowEnd FROM (
  SELECT * FROM provider_scores FINAL
  WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM latest) AND hex(provider) IN ({providers:Array(String)})
) AS s CROSS JOIN (SELECT window_end FROM latest) AS l ORDER BY provider`,
    { slot, providers: providers.map((each) => Buffer.from(each).toString('hex').toUpperCase()) },
  );
}
