/**
 * The whole schema. `schema.graphql` beside it is its printed form, committed so that a change is seen.
 * @module
 */
import './types/authority.ts';
import './types/block.ts';
import './types/candle.ts';
import './types/event.ts';
import './types/exchange.ts';
import './types/forward-curve.ts';
import './types/dead-alert.ts';
import './types/gap.ts';
import './types/impact.ts';
import './types/instruction.ts';
import './types/ledger.ts';
import './types/live.ts';
import './types/market-index.ts';
import './types/marketplace.ts';
import './types/meta.ts';
import './types/network.ts';
import './types/offer.ts';
import './types/order.ts';
import './types/parameter.ts';
import './types/pool.ts';
import './types/pool-history.ts';
import './types/prepare.ts';
import './types/prepare-claim.ts';
import './types/proposal.ts';
import './types/provider.ts';
import './types/reference-rate.ts';
import './types/reward-epoch.ts';
import './types/reward.ts';
import './types/service-config.ts';
import './types/routing-weight.ts';
import './types/session.ts';
import './types/staking-record.ts';
import './types/supply.ts';
import './types/transaction.ts';
import './types/voter.ts';
import './types/wallet.ts';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';

export const schema = builder.toSchema();

export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
