/**
 * What holds in every state of the exchange, read from the accounts alone.
 *
 * Vaults hold what is accounted for, to the base unit. The margin vault is the sum of the traders' collateral, and locked
 * collateral the sum of position margins. Claims issued less funded are what claims lack, and while they lack anything
 * bankroll and insurance are empty. Open interest is the sum of the positions. The index is within the clamp of where its
 * slot began, and trades hold neither it nor a series beyond its bound.
 * @module
 */
import { expect } from 'vitest';
import * as client from '../../../programs/exchange/client.generated.ts';
import { bandOf } from './model-prices.ts';
import type { Twin } from './twin.ts';

interface Sums {
  collateral: bigint;
  locked: bigint;
  margins: bigint;
  notional: bigint;
  claimed: bigint;
  paid: bigint;
}

/** Sizes and notional of both sides of a market. */
class Sides {
  longSize = 0n;
  shortSize = 0n;
  longNotional = 0n;
  shortNotional = 0n;

  add({ size, notional }: client.Holding): void {
    if (size > 0n) {
      this.longSize += size;
      this.longNotional += notional;
    } else {
      this.shortSize -= size;
      this.shortNotional += notional;
    }
  }
}

export async function checkInvariants(twin: Twin): Promise<void> {
  const { floor } = twin;
  const { funds, rules } = floor.exchange();
  const sums: Sums = { collateral: 0n, locked: 0n, margins: 0n, notional: 0n, claimed: 0n, paid: 0n };
  const perpetuals = [new Sides(), new Sides()];
  const notionals = [new Sides(), new Sides()];
  const inSeries = new Map(twin.series.map(({ name }) => [name, new Sides()]));
  for (const [key, sides] of await holdings(twin, sums)) {
    const series = twin.series.find(({ name }) => name === key.market);
    const model = series?.model ?? Number(key.market);
    if (series === undefined) perpetuals[model]?.add(sides);
    else inSeries.get(series.name)?.add(sides);
    notionals[model]?.add(sides);
    sums.margins += sides.collateral;
    sums.notional += sides.notional;
  }
  expect(funds.margin).toBe(sums.collateral);
  expect(sums.locked).toBe(sums.margins);
  expect(funds.openNotional).toBe(sums.notional);
  const { marginVault, bankrollVault, insuranceVault } = floor.places;
  expect(floor.svm.tokens(marginVault)).toBe(funds.margin);
  expect(floor.svm.tokens(bankrollVault)).toBe(funds.bankroll + funds.claimsReserve);
  expect(floor.svm.tokens(insuranceVault)).toBe(funds.insurance);
  checkClaims(funds, sums);
  for (const model of [0, 1]) {
    const market = await floor.market(model);
    expect(market).toMatchObject({ longSize: perpetuals[model]?.longSize, shortSize: perpetuals[model]?.shortSize });
    const { longNotional, shortNotional } = notionals[model] as Sides;
    expect(market).toMatchObject({ longNotional, shortNotional });
    checkPrice(market, rules);
  }
  for (const { name, address } of twin.series) {
    const { longSize, shortSize } = inSeries.get(name) as Sides;
    expect(floor.read(address, client.decodeSeries).market).toMatchObject({ longSize, shortSize });
  }
}

/** Every position on the chain with the market it is in; sums what stands in trader and claim accounts. */
async function holdings(twin: Twin, sums: Sums): Promise<[{ readonly market: string }, client.Holding][]> {
  const { floor } = twin;
  const found: [{ readonly market: string }, client.Holding][] = [];
  for (const party of twin.parties.filter(({ trader }) => floor.svm.exists(trader))) {
    const balance = floor.balance(party);
    sums.collateral += balance.collateral;
    sums.locked += balance.locked;
    expect(balance.locked).toBeLessThanOrEqual(balance.collateral);
    for (const model of [0, 1]) {
      const address = await floor.position(party, model);
      if (floor.svm.exists(address)) found.push([{ market: `${model}` }, await floor.holding(party, model)]);
    }
    for (const { name, address: series } of twin.series) {
      const address = await floor.future(party, series);
      if (!floor.svm.exists(address)) continue;
      found.push([{ market: name }, floor.read(address, client.decodeFuturePosition).holding]);
    }
    for (let number = 0n; number < balance.claimCount; number += 1n) {
      const claim = floor.read(await floor.claim(party, number), client.decodeClaim);
      sums.claimed += claim.amount;
      sums.paid += claim.paid;
    }
  }
  return found;
}

function checkClaims(funds: client.Funds, sums: Sums): void {
  expect(funds.claimsIssued).toBe(sums.claimed);
  expect(funds.claimsFunded).toBe(sums.paid + funds.claimsReserve);
  expect(funds.claimsFunded).toBeLessThanOrEqual(funds.claimsIssued);
  if (funds.claimsFunded < funds.claimsIssued) expect([funds.bankroll, funds.insurance]).toEqual([0n, 0n]);
}

function checkPrice(market: client.IndexState, rules: client.Rules): void {
  const [low, high] = bandOf(market.slotOpenPrice, rules.indexClampPpm);
  expect(market.price).toBeGreaterThanOrEqual(low);
  expect(market.price).toBeLessThanOrEqual(high);
  const [anchorLow, anchorHigh] = bandOf(market.slotOpenAnchor, rules.indexClampPpm);
  expect(market.anchor).toBeGreaterThanOrEqual(anchorLow);
  expect(market.anchor).toBeLessThanOrEqual(anchorHigh);
}
