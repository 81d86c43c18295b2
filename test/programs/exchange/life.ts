/**
 * A random life of an exchange: draws instructions, right and wrong, and sends them to program and model together.
 * @module
 */
import fc from 'fast-check';
import { change, HOUR, INFER, type Party } from './floor.ts';
import { mayLiquidate } from './model-money.ts';
import type { ModelIndex } from './model-state.ts';
import { id as row } from './rows.ts';
import { type SeriesRef, Twin } from './twin.ts';

const TRADERS = 6;
const MAX_LIVE_SERIES = 6;

/** Short windows and a thin market, so that a few hundred instructions meet everything. */
export const LIVELY = [
  change(row('index_trade_depth'), 40_000n * INFER),
  change(row('funding_interval_seconds'), 60n),
  change(row('mark_window_seconds'), 30n),
  change(row('funding_clamp_ppm'), 10_000n),
  change(row('index_max_age_seconds'), 30_000n),
  change(row('index_clamp_ppm'), 60_000n),
  change(row('trade_fee_bps'), 1n),
  change(row('max_open_interest'), 12_000n * INFER),
  change(row('max_open_interest_bankroll_bps'), 1_000_000n),
];

const KINDS = {
  open: 22,
  close: 14,
  purchase: 20,
  wait: 10,
  settleFunding: 6,
  liquidate: 9,
  tradeFuture: 18,
  liquidateFuture: 6,
  settleSeries: 4,
  settleFuture: 8,
  createSeries: 3,
  deposit: 4,
  withdraw: 4,
  payClaim: 4,
  addBankroll: 2,
  removeBankroll: 3,
  addInsurance: 1,
  pause: 1,
} as const;
type Kind = keyof typeof KINDS;

export const draw = fc.record({
  kind: fc.oneof(...Object.entries(KINDS).map(([kind, weight]) => ({ arbitrary: fc.constant(kind as Kind), weight }))),
  who: fc.nat({ max: 1_000 }),
  market: fc.nat({ max: 1_000 }),
  flag: fc.boolean(),
  rare: fc.nat({ max: 19 }).map((value) => value === 0),
  size: fc.bigInt({ min: 1n, max: 1_200_000n }),
  amount: fc.bigInt({ min: 1n, max: 9_000n * INFER }),
  part: fc.bigInt({ min: 1n, max: 4n }),
  seconds: fc.oneof(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 2n * HOUR })),
  factor: fc.bigInt({ min: 60n, max: 160n }),
});
export type Draw = typeof draw extends fc.Arbitrary<infer T> ? T : never;

export async function beginLife(bankroll: bigint, changes = LIVELY): Promise<Twin> {
  const twin = await Twin.create(bankroll, changes);
  for (let number = 0; number < TRADERS; number += 1) {
    const party = await twin.join(`trader ${number}`);
    const amount = 20_000n * INFER;
    await twin.step('deposit', twin.floor.deposit(party, amount), (model) => void model.deposit(party.name, amount));
  }
  return twin;
}

function pick<T>(items: readonly T[], number: number): T | undefined {
  return items[number % items.length];
}

export async function take(twin: Twin, drawn: Draw): Promise<void> {
  const party = pick(twin.parties, drawn.who) as Party;
  const series = seriesFor(twin, drawn);
  if (drawn.kind === 'wait') twin.floor.wait(drawn.seconds, drawn.seconds + 1n);
  else if (drawn.kind === 'createSeries') await createSeries(twin, drawn);
  else if (FUTURES[drawn.kind] !== undefined) {
    if (series !== undefined) await FUTURES[drawn.kind]?.(twin, party, series, drawn);
  } else await PERPETUALS[drawn.kind]?.(twin, party, drawn.market % 2, drawn);
}

const PLAIN: Draw = {
  kind: 'open',
  who: 0,
  market: 0,
  flag: true,
  rare: false,
  size: 1_200_000n,
  amount: 9_000n * INFER,
  part: 1n,
  seconds: 40n,
  factor: 160n,
};

/** A rise that a small bankroll cannot pay: a claim arises, and a short future on the other side is liquidated. */
export async function riseOfABrokeExchange(twin: Twin): Promise<void> {
  const act = (drawn: Partial<Draw>) => take(twin, { ...PLAIN, ...drawn });
  await act({ kind: 'createSeries', seconds: 2n * HOUR });
  await act({ kind: 'open' });
  await act({ kind: 'tradeFuture', who: 1, flag: false });
  for (let step = 0; step < 12; step += 1) {
    await act({ kind: 'wait' });
    await act({ kind: 'purchase', size: 3_000_000n });
  }
  await act({ kind: 'close' });
  await act({ kind: 'liquidateFuture' });
  await act({ kind: 'payClaim' });
}

/** Series where the kind of instruction can do something, mostly; some of the others too. */
function seriesFor(twin: Twin, { kind, market, rare }: Draw): SeriesRef | undefined {
  const { series, floor, model } = twin;
  const isSettled = ({ name }: SeriesRef) => model.state.series[name]?.market.settledAt !== 0n;
  const isHeld = ({ name }: SeriesRef) =>
    Object.entries(model.state.futures).some(([key, { size }]) => size !== 0n && key.endsWith(`/${name}`));
  const fits = (each: SeriesRef) => {
    if (kind === 'settleSeries') return !isSettled(each) && each.expiry <= floor.now;
    if (kind === 'settleFuture') return isSettled(each) && isHeld(each);
    return each.expiry > floor.now;
  };
  return pick(rare ? series.slice(-4) : series.filter(fits), market);
}

type Act = (twin: Twin, party: Party, model: number, drawn: Draw) => Promise<unknown>;
type FutureAct = (twin: Twin, party: Party, series: SeriesRef, drawn: Draw) => Promise<unknown>;

const PERPETUALS: Readonly<Partial<Record<Kind, Act>>> = {
  async open(twin, party, model, { size, amount, flag, rare }) {
    const { moment } = twin;
    const open = twin.model.state.positions[`${party.name}/${model}`]?.holding.size ?? 0n;
    // Usually on the side that is open already; sometimes margin alone.
    const isLong = open === 0n || rare ? flag : open > 0n;
    const signed = rare && flag ? 0n : isLong ? size : -size;
    const margin = amount / 20n;
    const instruction = await twin.floor.open(party, model, signed, margin);
    await twin.step('open', instruction, (m) => void m.open(party.name, model, signed, margin, 0n, moment));
  },
  async close(twin, party, model, { size, part }) {
    const { moment } = twin;
    const open = twin.model.state.positions[`${party.name}/${model}`]?.holding.size;
    if (open === undefined) return;
    const closing = open === 0n ? size : (open < 0n ? -open : open) / part;
    const instruction = await twin.floor.close(party, model, closing);
    await twin.step('close', instruction, (m) => void m.close(party.name, model, closing, 0n, moment));
  },
  async purchase(twin, _, model, { size, factor, rare }) {
    const { moment } = twin;
    // Prices trend one way for a while, so that margins are used up.
    const trend = twin.accepted % 160 < 80 ? 70n : -55n;
    const price = ((await twin.floor.market(model)).price * (factor + trend)) / 100_000_000n;
    const volume = rare ? 0n : size;
    const instruction = await twin.floor.purchase(model, volume, price);
    await twin.step('purchase', instruction, (m) => void m.recordPurchase(model, volume, price, moment));
  },
  async settleFunding(twin, party, model) {
    const { moment } = twin;
    if (twin.model.state.positions[`${party.name}/${model}`] === undefined) return;
    const instruction = await twin.floor.settleFunding(party, model);
    await twin.step('settleFunding', instruction, (m) => void m.settleFunding(party.name, model, moment));
  },
  async liquidate(twin, drawn, model) {
    const { moment } = twin;
    const { rules, positions, indexes } = twin.model.state;
    const { market } = indexes[model] as ModelIndex;
    const party = preferred(twin, drawn, ({ name }) => {
      const holding = positions[`${name}/${model}`]?.holding;
      return holding !== undefined && mayLiquidate(rules, holding, market.boundPpm, market.anchor);
    });
    if (twin.model.state.positions[`${party.name}/${model}`] === undefined) return;
    await twin.step('liquidate', await twin.floor.liquidate(party, model), (m) =>
      m.liquidate(party.name, model, moment),
    );
  },
  async deposit(twin, party, _, { amount }) {
    const small = amount / 4n;
    await twin.step('deposit', twin.floor.deposit(party, small), (m) => void m.deposit(party.name, small));
  },
  async withdraw(twin, party, _, { amount, rare }) {
    const wanted = rare ? amount * 100n : amount;
    await twin.step('withdraw', twin.floor.withdraw(party, wanted), (m) => void m.withdraw(party.name, wanted));
  },
  async payClaim(twin, drawn, _, { market }) {
    const party = preferred(twin, drawn, ({ name }) => (twin.model.state.traders[name]?.claimCount ?? 0n) > 0n);
    const count = Number(twin.model.state.traders[party.name]?.claimCount ?? 0n);
    if (count === 0) return;
    const number = BigInt(market % count);
    await twin.step('payClaim', await twin.floor.payClaim(party, number), (m) => void m.payClaim(party.name, number));
  },
  async addBankroll(twin, _, __, { amount, rare }) {
    const little = rare ? amount / 4n : amount / 400n;
    await twin.step('addBankroll', twin.floor.addBankroll(little), (m) => void m.addBankroll(little));
  },
  async removeBankroll(twin, _, __, { amount, rare }) {
    const { bankroll, openNotional } = twin.model.state.funds;
    const free = bankroll - openNotional;
    const wanted = free > 0n && !rare ? free : amount;
    await twin.step('removeBankroll', twin.floor.removeBankroll(wanted), (m) => void m.removeBankroll(wanted));
  },
  async addInsurance(twin, _, __, { amount }) {
    const little = amount / 900n;
    await twin.step('addInsurance', twin.floor.addInsurance(little), (m) => void m.addInsurance(little));
  },
  async pause(twin, _, __, { rare }) {
    const isPaused = rare;
    await twin.step('pause', twin.floor.setPaused(isPaused), (m) => {
      m.state.isPaused = isPaused;
      return undefined;
    });
  },
};

const FUTURES: Readonly<Partial<Record<Kind, FutureAct>>> = {
  async tradeFuture(twin, party, { name, address }, { size, amount, flag, rare }) {
    const { moment } = twin;
    const open = twin.model.state.futures[`${party.name}/${name}`]?.size ?? 0n;
    const signed = closingSize(open, flag, rare) ?? (flag ? size : -size);
    const margin = open !== 0n && open > 0n !== signed > 0n ? 0n : amount / 14n;
    const instruction = await twin.floor.tradeFuture(party, address, signed, margin);
    await twin.step(
      'tradeFuture',
      instruction,
      (m) => void m.tradeFuture(party.name, name, signed, margin, 0n, moment),
    );
  },
  async liquidateFuture(twin, drawn, { name, address, model }) {
    const { moment } = twin;
    const { rules, futures, indexes, series } = twin.model.state;
    const { market } = indexes[model] as ModelIndex;
    const party = preferred(twin, drawn, (each) => {
      const holding = futures[`${each.name}/${name}`];
      return holding !== undefined && mayLiquidate(rules, holding, series[name]?.basisBoundPpm ?? 0, market.anchor);
    });
    if (twin.model.state.futures[`${party.name}/${name}`] === undefined) return;
    const instruction = await twin.floor.liquidateFuture(party, address);
    await twin.step('liquidateFuture', instruction, (m) => m.liquidateFuture(party.name, name, moment));
  },
  async settleSeries(twin, _, { name, address }) {
    const { moment } = twin;
    await twin.step('settleSeries', await twin.floor.settleSeries(address), (m) => void m.settleSeries(name, moment));
  },
  async settleFuture(twin, drawn, { name, address }) {
    const { moment } = twin;
    const party = preferred(twin, drawn, (each) => twin.model.state.futures[`${each.name}/${name}`]?.size !== 0n);
    if (twin.model.state.futures[`${party.name}/${name}`] === undefined) return;
    const instruction = await twin.floor.settleFuturePosition(party, address);
    await twin.step('settleFuture', instruction, (m) => void m.settleFuturePosition(party.name, name, moment));
  },
};

/** Whom the instruction can do something for; the drawn one where there is nobody. */
function preferred({ parties }: Twin, drawn: Party, fits: (party: Party) => boolean): Party {
  return parties.find(fits) ?? drawn;
}

/** An open position is often closed whole; undefined to trade a drawn size. */
function closingSize(open: bigint, flag: boolean, rare: boolean): bigint | undefined {
  if (open === 0n || rare) return undefined;
  return flag ? -open : undefined;
}

async function createSeries(twin: Twin, { market, seconds, flag, size }: Draw): Promise<void> {
  const { floor, moment } = twin;
  const open = twin.series.filter(({ name }) => twin.model.state.series[name]?.market.settledAt === 0n);
  if (open.length >= MAX_LIVE_SERIES) return;
  const deliveryStart = moment.now + 8n * seconds + 1n;
  const expiry = flag ? deliveryStart : deliveryStart + 1n + (size % (9n * HOUR));
  const model = market % 2;
  const name = `${model} ${deliveryStart} ${expiry}`;
  if (twin.series.some((each) => each.name === name)) return;
  const address = await floor.series(model, deliveryStart, expiry);
  const instruction = await floor.createSeries(model, deliveryStart, expiry);
  const refusal = await twin.step(
    'createSeries',
    instruction,
    (m) => void m.createSeries(name, model, deliveryStart, expiry, moment),
  );
  if (refusal === null) twin.series.push({ name, model, deliveryStart, expiry, address });
}
