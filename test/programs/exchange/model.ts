/**
 * The exchange in TypeScript: the same instructions on plain records, in exact integers, without accounts, tokens or
 * signatures. An instruction either changes the state or throws `Refusal` with the number the program has to give.
 * @module
 */
import {
  advance,
  enterSlot,
  markOf,
  publish,
  referenceOf,
  seriesPriceOf,
  settlementOf,
  sideOf,
  targetOf,
  timesOf,
  traded,
} from './model-index.ts';
import {
  enlarge,
  type Held,
  inflow,
  lockMargin,
  mayLiquidate,
  mayStand,
  payFunding,
  recordClaim,
  reduce,
} from './model-money.ts';
import { abs, depthAt, least, most, pulledAnchor } from './model-prices.ts';
import {
  demand,
  EMPTY_HOLDING,
  entry,
  type ModelIndex,
  type ModelPosition,
  type ModelSeries,
  type ModelState,
  type Moment,
} from './model-state.ts';

/** A method an instruction; the moment comes last. */
export class Model {
  state: ModelState;

  constructor(state: ModelState) {
    this.state = state;
  }

  /** Run an instruction; a refusal leaves the state as it was and is returned. */
  attempt(act: (model: Model) => void): number | null {
    const before = structuredClone(this.state);
    try {
      act(this);
      return null;
    } catch (error) {
      this.state = before;
      if (error instanceof Error && 'code' in error && typeof error.code === 'number') return error.code;
      throw error;
    }
  }

  recordPurchase(model: number, gpuSeconds: bigint, pricePerGpuHour: bigint, moment: Moment): void {
    const { state } = this;
    const index = entry(state.indexes, model);
    advance(state, index, moment.now);
    const mark = markOf(index, moment.now, state.rules.markWindowSeconds);
    enterSlot(index, moment.slot);
    const purchase = { gpuSeconds, price: pricePerGpuHour * 1_000_000n };
    index.market.anchor = pulledAnchor({ ...index.market, mark }, purchase, state.rules);
    index.market.anchoredAt = moment.now;
    publish(state, index, moment, mark);
  }

  deposit(trader: string, amount: bigint): void {
    demand(amount > 0n, 6006);
    const fresh = { collateral: 0n, locked: 0n, claimCount: 0n };
    this.state.traders[trader] ??= fresh;
    entry(this.state.traders, trader).collateral += amount;
    this.state.funds.margin += amount;
  }

  withdraw(trader: string, amount: bigint): void {
    const balance = entry(this.state.traders, trader);
    demand(amount > 0n, 6006);
    demand(amount <= balance.collateral - balance.locked, 6007);
    balance.collateral -= amount;
    this.state.funds.margin -= amount;
  }

  open(trader: string, model: number, size: bigint, margin: bigint, priceLimit: bigint, moment: Moment): void {
    const { state } = this;
    const index = this.#begin(model, moment);
    demand(size !== 0n || margin > 0n, 6010);
    state.positions[`${trader}/${model}`] ??= { holding: { ...EMPTY_HOLDING }, funding: 0n, fundedAt: moment.now };
    const { held, position, unpaid } = this.#funded(trader, model, index, moment);
    lockMargin(held, margin);
    if (size === 0n) demand(held.holding.size !== 0n, 6018);
    else this.#enlarge(held, position, index, size, priceLimit, moment);
    recordClaim(held, unpaid);
  }

  #enlarge(
    held: Held,
    position: ModelPosition,
    index: ModelIndex,
    size: bigint,
    priceLimit: bigint,
    moment: Moment,
  ): void {
    const { rules } = this.state;
    const { market } = index;
    this.#demandOpen(index, moment);
    demand(held.holding.size === 0n || held.holding.size > 0n === size > 0n, 6012);
    if (market.longSize === market.shortSize) {
      market.depthGpuSeconds = depthAt(market.anchor, rules.indexTradeDepth);
      market.boundPpm = Number(rules.maintenanceMarginBps * 50n);
    }
    market[`${sideOf(size)}Size`] += abs(size);
    const price = targetOf(index);
    demandPrice(size > 0n, price, priceLimit);
    const opened = enlarge(held, size, price);
    this.#countOpened(index, size, opened);
    position.funding = size > 0n ? market.fundingLong : market.fundingShort;
    demand(mayStand(rules, held.holding, market.boundPpm, price, market.anchor), 6015);
    traded(this.state, index, moment);
  }

  close(trader: string, model: number, size: bigint, priceLimit: bigint, moment: Moment): void {
    const index = this.#begin(model, moment);
    demand(size > 0n, 6010);
    const { held, unpaid } = this.#funded(trader, model, index, moment);
    const { claimed } = this.#reduce(held, index, size, priceLimit, 0n, moment);
    recordClaim(held, unpaid + claimed);
  }

  settleFunding(trader: string, model: number, moment: Moment): void {
    const index = this.#begin(model, moment);
    const { holding, fundedAt } = entry(this.state.positions, `${trader}/${model}`);
    demand(holding.size !== 0n, 6018);
    demand(moment.now - fundedAt >= this.state.rules.fundingIntervalSeconds, 6020);
    const { held, unpaid } = this.#funded(trader, model, index, moment);
    recordClaim(held, unpaid);
  }

  /** @returns the keeper's fee */
  liquidate(trader: string, model: number, moment: Moment): bigint {
    const index = this.#begin(model, moment);
    demand(entry(this.state.positions, `${trader}/${model}`).holding.size !== 0n, 6018);
    const { held, unpaid } = this.#funded(trader, model, index, moment);
    const { rules } = this.state;
    demand(mayLiquidate(rules, held.holding, index.market.boundPpm, index.market.anchor), 6019);
    const size = abs(held.holding.size);
    const { claimed, keeperFee } = this.#reduce(held, index, size, 0n, rules.liquidationFeeBps, moment);
    recordClaim(held, unpaid + claimed);
    return keeperFee;
  }

  addBankroll(amount: bigint): void {
    demand(amount > 0n, 6006);
    inflow(this.state, amount, 'bankroll');
  }

  addInsurance(amount: bigint): void {
    demand(amount > 0n, 6006);
    inflow(this.state, amount, 'insurance');
  }

  removeBankroll(amount: bigint): void {
    const { funds } = this.state;
    demand(amount > 0n, 6006);
    demand(amount <= most(funds.bankroll - funds.openNotional, 0n), 6021);
    funds.bankroll -= amount;
  }

  createSeries(name: string, model: number, deliveryStart: bigint, expiry: bigint, { now }: Moment): void {
    const { state } = this;
    const isOrdered = now <= deliveryStart && deliveryStart <= expiry && now < expiry;
    demand(isOrdered && expiry <= now + 3n * 366n * 86_400n, 6023);
    const index = entry(state.indexes, model);
    advance(state, index, now);
    for (const at of timesOf({ deliveryStart, expiry })) {
      const known = index.milestones.find((milestone) => milestone.at === at);
      if (known !== undefined) known.seriesCount += 1;
      else index.milestones.push({ at, seriesCount: 1, isPassed: false, integral: 0n, anchor: 0n });
      demand(index.milestones.length <= 24, 6024);
    }
    const { anchor } = index.market;
    state.series[name] = {
      model,
      deliveryStart,
      expiry,
      basisBoundPpm: Number(state.rules.seriesBasisPpm),
      depthGpuSeconds: depthAt(anchor, state.rules.indexTradeDepth),
      market: { longSize: 0n, shortSize: 0n, lastPrice: anchor, tradedAt: now, settlementPrice: 0n, settledAt: 0n },
    };
  }

  tradeFuture(trader: string, name: string, size: bigint, margin: bigint, priceLimit: bigint, moment: Moment): void {
    const series = entry(this.state.series, name);
    const index = this.#begin(series.model, moment);
    demand(size !== 0n || margin > 0n, 6010);
    demand(moment.now < series.expiry, 6025);
    this.state.futures[`${trader}/${name}`] ??= { ...EMPTY_HOLDING };
    const held = this.#future(trader, name);
    lockMargin(held, margin);
    const open = held.holding.size;
    if (size === 0n) demand(open !== 0n, 6018);
    else if (open !== 0n && open > 0n !== size > 0n) {
      demand(abs(size) <= abs(open), 6017);
      const { claimed } = this.#reduceFuture(held, series, index, abs(size), priceLimit, 0n, moment);
      recordClaim(held, claimed);
    } else this.#enlargeFuture(held, series, index, size, priceLimit, moment);
  }

  #enlargeFuture(
    held: Held,
    series: ModelSeries,
    index: ModelIndex,
    size: bigint,
    priceLimit: bigint,
    moment: Moment,
  ): void {
    this.#demandOpen(index, moment);
    series.market[`${sideOf(size)}Size`] += abs(size);
    const reference = referenceOf(series, index, moment.now);
    const price = seriesPriceOf(series, reference);
    demandPrice(size > 0n, price, priceLimit);
    this.#countOpened(index, size, enlarge(held, size, price));
    demand(mayStand(this.state.rules, held.holding, series.basisBoundPpm, price, reference), 6015);
    Object.assign(series.market, { lastPrice: price, tradedAt: moment.now });
  }

  /** @returns the keeper's fee */
  liquidateFuture(trader: string, name: string, moment: Moment): bigint {
    const series = entry(this.state.series, name);
    const index = this.#begin(series.model, moment);
    const held = this.#future(trader, name);
    demand(held.holding.size !== 0n, 6018);
    demand(moment.now < series.expiry, 6025);
    const { rules } = this.state;
    const reference = referenceOf(series, index, moment.now);
    demand(mayLiquidate(rules, held.holding, series.basisBoundPpm, reference), 6019);
    const size = abs(held.holding.size);
    const done = this.#reduceFuture(held, series, index, size, 0n, rules.liquidationFeeBps, moment);
    recordClaim(held, done.claimed);
    return done.keeperFee;
  }

  settleSeries(name: string, { now }: Moment): void {
    const series = entry(this.state.series, name);
    demand(series.market.settledAt === 0n, 6027);
    demand(now >= series.expiry, 6026);
    const index = this.#begin(series.model, { now, slot: 0n });
    series.market.settlementPrice = settlementOf(series, index);
    series.market.settledAt = now;
    for (const at of timesOf(series)) {
      for (const milestone of index.milestones.filter((each) => each.at === at)) milestone.seriesCount -= 1;
      index.milestones = index.milestones.filter(({ seriesCount }) => seriesCount > 0);
    }
  }

  settleFuturePosition(trader: string, name: string, moment: Moment): void {
    const series = entry(this.state.series, name);
    const index = this.#begin(series.model, moment);
    demand(series.market.settledAt !== 0n, 6028);
    const held = this.#future(trader, name);
    const { size } = held.holding;
    demand(size !== 0n, 6018);
    series.market[`${sideOf(size)}Size`] -= abs(size);
    const { gone, claimed } = reduce(held, abs(size), series.market.settlementPrice, 0n);
    index.market[`${sideOf(size)}Notional`] -= gone;
    recordClaim(held, claimed);
  }

  payClaim(trader: string, number: bigint): void {
    const { funds, claims, traders } = this.state;
    const claim = entry(claims, `${trader}/${number}`);
    const amount = least(most(funds.claimsFunded - claim.start, 0n), claim.amount) - claim.paid;
    demand(amount > 0n, 6022);
    claim.paid += amount;
    funds.claimsReserve -= amount;
    funds.margin += amount;
    entry(traders, trader).collateral += amount;
  }

  #begin(model: number, { now }: Moment): ModelIndex {
    const index = entry(this.state.indexes, model);
    advance(this.state, index, now);
    return index;
  }

  #future(trader: string, name: string): Held {
    return { state: this.state, trader, holding: entry(this.state.futures, `${trader}/${name}`) };
  }

  #funded(trader: string, model: number, { market }: ModelIndex, { now }: Moment) {
    const position = entry(this.state.positions, `${trader}/${model}`);
    const held: Held = { state: this.state, trader, holding: position.holding };
    const current = position.holding.size < 0n ? market.fundingShort : market.fundingLong;
    const unpaid = payFunding(held, current - position.funding);
    Object.assign(position, { funding: current, fundedAt: now });
    return { held, position, unpaid };
  }

  #demandOpen({ market }: ModelIndex, { now }: Moment): void {
    demand(!this.state.isPaused, 6008);
    demand(now - market.anchoredAt <= this.state.rules.indexMaxAgeSeconds, 6009);
  }

  #countOpened({ market }: ModelIndex, size: bigint, opened: bigint): void {
    const { rules, funds } = this.state;
    market[`${sideOf(size)}Notional`] += opened;
    demand(market[`${sideOf(size)}Notional`] <= rules.maxOpenInterest, 6013);
    demand(funds.openNotional * 10_000n <= funds.bankroll * rules.maxOpenInterestBankrollBps, 6014);
  }

  #reduce(held: Held, index: ModelIndex, size: bigint, priceLimit: bigint, keeperFeeBps: bigint, moment: Moment) {
    const { market } = index;
    const open = held.holding.size;
    demand(open !== 0n, 6018);
    demand(size <= abs(open), 6017);
    market[`${sideOf(open)}Size`] -= size;
    const price = targetOf(index);
    demandPrice(open < 0n, price, priceLimit);
    const done = reduce(held, size, price, keeperFeeBps);
    market[`${sideOf(open)}Notional`] -= done.gone;
    traded(this.state, index, moment);
    return done;
  }

  #reduceFuture(
    held: Held,
    series: ModelSeries,
    index: ModelIndex,
    size: bigint,
    priceLimit: bigint,
    keeperFeeBps: bigint,
    { now }: Moment,
  ) {
    const open = held.holding.size;
    series.market[`${sideOf(open)}Size`] -= size;
    const price = seriesPriceOf(series, referenceOf(series, index, now));
    demandPrice(open < 0n, price, priceLimit);
    const done = reduce(held, size, price, keeperFeeBps);
    index.market[`${sideOf(open)}Notional`] -= done.gone;
    Object.assign(series.market, { lastPrice: price, tradedAt: now });
    return done;
  }
}

function demandPrice(isBuy: boolean, price: bigint, limit: bigint): void {
  demand(limit === 0n || (isBuy ? price <= limit : price >= limit), 6016);
}
