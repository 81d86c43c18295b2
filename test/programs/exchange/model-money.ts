/**
 * The money rules of the exchange model: whose loss goes where, what profit is paid from, margins. Changes the state it is
 * given.
 * @module
 */
import type { Holding, Rules } from '../../../programs/exchange/client.generated.ts';
import { abs, ceilDiv, HOUR_UNITS, least, most, notionalOf, pnlOf } from './model-prices.ts';
import { demand, type ModelState } from './model-state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A position of a trader, of either kind. */
export interface Held {
  readonly state: ModelState;
  readonly trader: string;
  readonly holding: Mutable<Holding>;
}

const MAX_SIZE = 10n ** 13n;

function balanceOf({ state, trader }: Held) {
  const balance = state.traders[trader];
  if (balance === undefined) throw new Error(`the model has no trader ${trader}`);
  return balance;
}

/** Money that comes in serves recorded claims first. */
export function inflow(state: ModelState, amount: bigint, to: 'bankroll' | 'insurance'): void {
  const { funds } = state;
  const kept = least(funds.claimsIssued - funds.claimsFunded, amount);
  funds.claimsReserve += kept;
  funds.claimsFunded += kept;
  funds[to] += amount - kept;
}

/** Take up to `owed` from the margin of a position; returns what was taken. */
function fromMargin(held: Held, owed: bigint): bigint {
  const taken = least(owed, held.holding.collateral);
  const balance = balanceOf(held);
  held.holding.collateral -= taken;
  balance.collateral -= taken;
  balance.locked -= taken;
  held.state.funds.margin -= taken;
  return taken;
}

function lose(held: Held, owed: bigint): void {
  const taken = fromMargin(held, owed);
  inflow(held.state, taken, 'bankroll');
  const covered = least(owed - taken, held.state.funds.insurance);
  held.state.funds.insurance -= covered;
  inflow(held.state, covered, 'bankroll');
}

/** Pay `due`; what cannot be paid is returned. */
function win(held: Held, due: bigint): bigint {
  const { funds } = held.state;
  const bankroll = least(due, funds.bankroll);
  const insurance = least(due - bankroll, funds.insurance);
  funds.bankroll -= bankroll;
  funds.insurance -= insurance;
  funds.margin += bankroll + insurance;
  balanceOf(held).collateral += bankroll + insurance;
  return due - bankroll - insurance;
}

/** @returns what has to be recorded as a claim */
export function payFunding(held: Held, perGpuSecond: bigint): bigint {
  const units = perGpuSecond * abs(held.holding.size);
  if (units <= 0n) return win(held, -units / HOUR_UNITS);
  lose(held, ceilDiv(units, HOUR_UNITS));
  return 0n;
}

export function lockMargin(held: Held, margin: bigint): void {
  const balance = balanceOf(held);
  demand(margin <= balance.collateral - balance.locked, 6007);
  balance.locked += margin;
  held.holding.collateral += margin;
}

/** @returns the notional that was opened */
export function enlarge(held: Held, size: bigint, price: bigint): bigint {
  const { holding, state } = held;
  const total = abs(holding.size) + abs(size);
  demand(total <= MAX_SIZE, 6011);
  const paid = abs(holding.size) * holding.entryPrice + abs(size) * price;
  holding.entryPrice = size > 0n ? ceilDiv(paid, total) : paid / total;
  holding.size += size;
  const opened = notionalOf(size, price);
  holding.notional += opened;
  state.funds.openNotional += opened;
  inflow(state, fromMargin(held, ceilDiv(opened * state.rules.tradeFeeBps, 10_000n)), 'insurance');
  return opened;
}

/** @returns entry notional that was closed, what has to be claimed, and the keeper's fee */
export function reduce(held: Held, size: bigint, price: bigint, keeperFeeBps: bigint) {
  const { holding, state } = held;
  const open = abs(holding.size);
  demand(open > 0n, 6018);
  demand(size > 0n && size <= open, 6017);
  const signed = holding.size > 0n ? size : -size;
  const gain = pnlOf(signed, holding.entryPrice, price);
  const before = holding.collateral;
  const gone = (holding.notional * size) / open;
  const value = notionalOf(size, price);
  if (gain < 0n) lose(held, -gain);
  const keeperFee = fromMargin(held, ceilDiv(value * keeperFeeBps, 10_000n));
  inflow(state, fromMargin(held, ceilDiv(value * state.rules.tradeFeeBps, 10_000n)), 'insurance');
  const released = most((before * size) / open - (before - holding.collateral), 0n);
  holding.collateral -= released;
  balanceOf(held).locked -= released;
  holding.size -= signed;
  holding.notional -= gone;
  state.funds.openNotional -= gone;
  const claimed = gain > 0n ? win(held, gain) : 0n;
  if (holding.size === 0n) holding.entryPrice = 0n;
  return { gone, claimed, keeperFee };
}

/** What came in since serves the profit first; the rest becomes a claim. */
export function recordClaim(held: Held, unpaid: bigint): void {
  const amount = win(held, unpaid);
  if (amount === 0n) return;
  const { funds, claims } = held.state;
  const balance = balanceOf(held);
  const number = balance.claimCount;
  claims[`${held.trader}/${number}`] = { trader: held.trader, number, start: funds.claimsIssued, amount, paid: 0n };
  funds.claimsIssued += amount;
  balance.claimCount += 1n;
}

/** Margins of a market in ppm of notional. */
function marginsOf(rules: Rules, boundPpm: number) {
  const extra = most(BigInt(boundPpm) - rules.maintenanceMarginBps * 50n, 0n);
  return {
    initial: rules.initialMarginBps * 100n + extra,
    maintenance: rules.maintenanceMarginBps * 100n + extra,
  };
}

function needOf(holding: Holding, price: bigint, ppm: bigint): bigint {
  return ceilDiv(notionalOf(holding.size, price) * ppm, 1_000_000n);
}

export function worthOf(holding: Holding, price: bigint): bigint {
  return holding.collateral + pnlOf(holding.size, holding.entryPrice, price);
}

export function mayStand(rules: Rules, holding: Holding, boundPpm: number, price: bigint, reference: bigint): boolean {
  const { initial, maintenance } = marginsOf(rules, boundPpm);
  const worth = (at: bigint) => least(worthOf(holding, at), holding.collateral);
  return worth(price) >= needOf(holding, price, initial) && worth(reference) >= needOf(holding, reference, maintenance);
}

export function mayLiquidate(rules: Rules, holding: Holding, boundPpm: number, reference: bigint): boolean {
  return worthOf(holding, reference) < needOf(holding, reference, marginsOf(rules, boundPpm).maintenance);
}
