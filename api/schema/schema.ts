/**
 * The whole schema. `schema.graphql` beside it is its printed form, committed so that a change is seen.
 * @module
 */
import '../types/ledger/authority.ts';
import '../types/chain/block.ts';
import '../types/market/candle.ts';
import '../types/chain/event.ts';
import '../types/market/exchange.ts';
import '../types/market/forward-curve.ts';
import '../types/chain/dead-alert.ts';
import '../types/chain/job-failure.ts';
import '../types/chain/gap.ts';
import '../types/governance/impact.ts';
import '../types/chain/instruction.ts';
import '../types/ledger/ledger.ts';
import '../types/chain/live.ts';
import '../types/market/market-index.ts';
import '../types/market/marketplace.ts';
import '../types/chain/meta.ts';
import '../types/ledger/network.ts';
import '../types/ledger/network-totals.ts';
import '../types/market/offer.ts';
import '../types/market/order.ts';
import '../types/governance/parameter.ts';
import '../types/rewards/pool.ts';
import '../types/rewards/pool-history.ts';
import '../types/governance/prepare.ts';
import '../types/rewards/prepare-claim.ts';
import '../types/governance/proposal.ts';
import '../types/reputation/provider.ts';
import '../types/market/reference-rate.ts';
import '../types/rewards/reward-epoch.ts';
import '../types/rewards/reward.ts';
import '../types/chain/service-config.ts';
import '../types/reputation/routing-weight.ts';
import '../types/market/session.ts';
import '../types/rewards/staking-record.ts';
import '../types/ledger/supply.ts';
import '../types/chain/transaction.ts';
import '../types/governance/voter.ts';
import '../types/ledger/wallet.ts';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';

export const schema = builder.toSchema();

export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
