/**
 * What an event says in short and in full: its fields with units. Fields of unknown events are shown as they are. Pure.
 * @module
 */
import type { ChainQuery, NetworkQuery } from '../queries.generated.ts';
import {
  count,
  gpuHours,
  INFER_DECIMALS,
  INFER_PRICE_DECIMALS,
  INT_DECIMALS,
  tokens,
  USDC_DECIMALS,
} from './amount.ts';
import { isoTime } from './clock.ts';
import { shortened } from './shortened.ts';
import { tokenOf } from './token.ts';

export type ChainEvent = ChainQuery['events']['edges'][number]['node'];
export type Market = NonNullable<NetworkQuery['marketplace']>;

export interface ShownField {
  readonly name: string;
  readonly text: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What a reader looks for first. */
const mainFields: Readonly<Record<string, readonly string[]>> = {
  ProviderRegistered: ['provider', 'tier', 'region'],
  BondPosted: ['provider', 'amount', 'bond_total'],
  OfferListed: ['model', 'units', 'price_per_gpu_hour'],
  OrderCreated: ['model', 'units', 'seconds', 'amount'],
  DeliveryStarted: ['order', 'provider'],
  OrderSettled: ['model', 'gpu_seconds', 'provider_amount'],
  OrderRefunded: ['order', 'amount', 'reason'],
  StakeEvent: ['operator_pool', 'token_amount'],
  AccrueRewardEvent: ['epoch', 'operator_pool', 'total_rewards_transferred', 'total_usdc_transferred'],
};
const MAIN_FIELD_COUNT = 3;
/** Shorter words for them. */
const words: Readonly<Record<string, string>> = {
  gpu_seconds: 'delivered',
  provider_amount: 'paid',
  bond_total: 'bond',
  price_per_gpu_hour: 'per GPU-hour',
  operator_pool: 'pool',
  token_amount: 'amount',
  total_rewards_transferred: 'rewards',
  total_usdc_transferred: 'work',
};

const inInt = new Set([
  ...['token_amount', 'total_rewards_transferred', 'delegator_rewards', 'operator_reward_commission'],
  ...['token_amount_slashed', 'reward_commission_confiscated', 'reward_amount_withdrawn'],
]);
const inUsdc = new Set([
  ...['total_usdc_transferred', 'delegator_usdc_earnings', 'operator_usdc_commission', 'usdc_amount'],
  ...['usdc_confiscated', 'usdc_commission_confiscated', 'usdc_amount_swept', 'usdc_amount_withdrawn'],
]);
const inferPrices = new Set(['price', 'mark', 'traded_price', 'entry_price', 'anchor']);
const inferAmounts = new Set([
  ...['fees_paid', 'fees_earned_on', 'stake', 'power', 'margin', 'bankroll', 'insurance', 'open_notional'],
  ...['collateral', 'notional', 'value', 'fee', 'keeper_fee', 'shortfall', 'covered', 'unstaking', 'committed'],
]);
const inInfer = new Set(['bond_locked', 'bond_total']);
/** In the token whose mint the event names. */
const inMint = new Set([
  ...['amount', 'provider_amount', 'fee', 'fee_treasury', 'fee_burn', 'fee_verifier', 'surplus', 'price_per_gpu_hour'],
]);

/** The fields that matter most, short. */
export function mainFieldsOf(event: ChainEvent, market: Market | null): ShownField[] {
  const fields = parsed(event);
  const names = mainFields[event.name] ?? Object.keys(fields).slice(0, MAIN_FIELD_COUNT);
  return names
    .filter((name) => name in fields)
    .map((name) => ({
      name: words[name] ?? name.replaceAll('_', ' '),
      text: withUnit(event, fields, name, market) ?? shortText(fields[name]),
    }));
}

/** Every field as it was emitted, amounts also in whole tokens. */
export function allFieldsOf(event: ChainEvent, market: Market | null): ShownField[] {
  return shownFields(event, parsed(event), market, '');
}

/** Those of structs stand by their path. */
function shownFields(event: ChainEvent, fields: Fields, market: Market | null, path: string): ShownField[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return shownFields(event, value as Fields, market, `${path}${name}.`);
    const meaning = withUnit(event, fields, name, market);
    const text = meaning === null ? fullText(value) : `${fullText(value)} (${meaning})`;
    return [{ name: `${path}${name}`, text }];
  });
}

/** The value in its unit; `null` for one that has none. */
function withUnit(event: ChainEvent, fields: Fields, name: string, market: Market | null): string | null {
  const value = fields[name];
  if (/(^|_)at$/.test(name) && /^\d{10}$/.test(String(value))) return isoTime(String(value));
  if (name === 'model' && typeof value === 'number') return market?.models[value] ?? null;
  if (typeof value === 'number') return name === 'seconds' ? `${count(value)} s` : null;
  if (typeof value !== 'string' || !/^\d+$/.test(value)) return null;
  if (name === 'gpu_seconds') return `${gpuHours(value)} GPU-h`;
  if (event.programName === 'staking') {
    if (inInt.has(name)) return `${tokens(value, INT_DECIMALS)} INT`;
    return inUsdc.has(name) ? `${tokens(value, USDC_DECIMALS)} USDC` : null;
  }
  if (event.programName === 'exchange' || event.programName === 'governance') {
    if (inferPrices.has(name)) return `${tokens(value, INFER_PRICE_DECIMALS)} INFER per GPU-hour`;
    return inferAmounts.has(name) ? `${tokens(value, INFER_DECIMALS)} INFER` : null;
  }
  if (event.programName !== 'marketplace') return null;
  if (inInfer.has(name) || (event.name === 'BondPosted' && name === 'amount'))
    return `${tokens(value, INFER_DECIMALS)} INFER`;
  if (!inMint.has(name)) return null;
  const token = tokenOf(fields['mint'], market);
  return token === null ? `${count(value)} base units` : `${tokens(value, token.decimals)} ${token.unit}`;
}

function parsed(event: ChainEvent): Fields {
  return JSON.parse(event.fields) as Fields;
}

function shortText(value: unknown): string {
  const text = fullText(value);
  return text.length > 24 ? shortened(text) : text;
}

function fullText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
