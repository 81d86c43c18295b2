/**
 * What holds in every state of the exchange, read from the accounts alone.
 *
 * Vaults hold what is accounted for, to the base unit. The margin vault is the sum of the traders' collateral, and locked
 * collateral the sum of position margins. Claims issued less funded are what claims lack, and while they lack anything
 * bankroll and insurance are empty. Open interest is the sum of the positions. The index is within the clamp of where its
 * slot began, and trades hold neither it nor a series beyond its bound.
 * @module
 */
import type { Address } from '@solana/kit';
import * as client from '../../../programs/exchange/client.generated.ts';
import type { Floor, Party } from './floor.ts';
import { bandOf } from './model-prices.ts';
import { same } from './same.ts';

/** An exchange with two indexes, and everybody and every series on it. */
interface Everything {
  readonly floor: Floor;
  readonly parties: readonly Party[];
  readonly series: readonly { readonly name: string; readonly model: number; readonly address: Address }[];
}

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

export async function checkInvariants(everything: Everything): Promise<void> {
  const { floor, series: allSeries } = everything;
  const { funds, rules } = floor.exchange();
  const sums: Sums = { collateral: 0n, locked: 0n, margins: 0n, notional: 0n, claimed: 0n, paid: 0n };
  const perpetuals = [new Sides(), new Sides()];
  const notionals = [new Sides(), new Sides()];
  const inSeries = new Map(allSeries.map(({ name }) => [name, new Sides()]));
  for (const [key, sides] of await holdings(everything, sums)) {
    const series = allSeries.find(({ name }) => name === key.market);
    const model = series?.model ?? Number(key.market);
    if (series === undefined) perpetuals[model]?.add(sides);
    else inSeries.get(series.name)?.add(sides);
    notionals[model]?.add(sides);
    sums.margins += sides.collateral;
    sums.notional += sides.notional;
  }
  same(funds.margin, sums.collateral);
  same(sums.locked, sums.margins);
  same(funds.openNotional, sums.notional);
  const { marginVault, bankrollVault, insuranceVault } = floor.places;
  same(floor.svm.tokens(marginVault), funds.margin);
  same(floor.svm.tokens(bankrollVault), funds.bankroll + funds.claimsReserve);
  same(floor.svm.tokens(insuranceVault), funds.insurance);
  checkClaims(funds, sums);
  for (const model of [0, 1]) {
    const market = await floor.market(model);
    same([market.longSize, market.shortSize], [perpetuals[model]?.longSize, perpetuals[model]?.shortSize]);
    const { longNotional, shortNotional } = notionals[model] as Sides;
    same([market.longNotional, market.shortNotional], [longNotional, shortNotional]);
    checkPrice(market, rules);
  }
  for (const { name, address } of allSeries) {
    const { longSize, shortSize } = inSeries.get(name) as Sides;
    const { market } = floor.read(address, client.decodeSeries);
    same([market.longSize, market.shortSize], [longSize, shortSize]);
  }
}

/** Every position on the chain with the market it is in; sums what stands in trader and claim accounts. */
async function holdings(
  { floor, parties, series: allSeries }: Everything,
  sums: Sums,
): Promise<[{ readonly market: string }, client.Holding][]> {
  const found: [{ readonly market: string }, client.Holding][] = [];
  for (const party of parties.filter(({ trader }) => floor.svm.exists(trader))) {
    const balance = floor.balance(party);
    sums.collateral += balance.collateral;
    sums.locked += balance.locked;
    same(balance.locked <= balance.collateral, true);
    for (const model of [0, 1]) {
      const address = await floor.position(party, model);
      if (floor.svm.exists(address)) found.push([{ market: `${model}` }, await floor.holding(party, model)]);
    }
    for (const { name, address: series } of allSeries) {
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
  same(funds.claimsIssued, sums.claimed);
  same(funds.claimsFunded, sums.paid + funds.claimsReserve);
  same(funds.claimsFunded <= funds.claimsIssued, true);
  if (funds.claimsFunded < funds.claimsIssued) same([funds.bankroll, funds.insurance], [0n, 0n]);
}

function checkPrice(market: client.IndexState, rules: client.Rules): void {
  const [low, high] = bandOf(market.slotOpenPrice, rules.indexClampPpm);
  same(market.price >= low, true);
  same(market.price <= high, true);
  const [anchorLow, anchorHigh] = bandOf(market.slotOpenAnchor, rules.indexClampPpm);
  same(market.anchor >= anchorLow, true);
  same(market.anchor <= anchorHigh, true);
}
