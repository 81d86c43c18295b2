/** What somebody would try against the exchange, and that it loses or is refused: docs/security.md names these tests. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFuturePosition, decodeIndex, decodeSeries } from '../../../programs/exchange/client.generated.ts';
import { createClaim } from './cases.ts';
import { change, Floor, HOUR, INFER, KEEPER_WALLET, MINT, type Party, UNIT_PRICE } from './floor.ts';
import { priceAt } from './model-prices.ts';
import { id as row } from './rows.ts';

const SIZE = 3_600_000n;
const NO_FEES = [change(row('trade_fee_bps'), 0n), change(row('liquidation_fee_bps'), 0n)];

async function withTraders(...names: readonly string[]) {
  const floor = await Floor.create();
  floor.run(floor.setParameters(NO_FEES));
  const parties: Party[] = [];
  for (const name of names) {
    const party = await floor.party(name);
    floor.run(floor.deposit(party, 200_000n * INFER));
    parties.push(party);
  }
  return { floor, parties: parties as [Party, Party, Party] };
}

function sum(floor: Floor, parties: readonly Party[]): bigint {
  return parties.reduce((total, party) => total + floor.balance(party).collateral, 0n);
}

/** A purchase a slot at three times the index, `count` times. */
async function washUp(floor: Floor, count: number, seconds = 1n): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    floor.wait(seconds);
    floor.run(await floor.purchase(0, 1_000_000_000n, (3n * (await floor.market(0)).price) / 1_000_000n));
  }
}

describe('own impact', () => {
  it('opening and closing in one block loses money, even without fees', async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 1n, max: 20_000_000n }), fc.boolean(), async (size, isLong) => {
        const { floor, parties } = await withTraders('one');
        const [one] = parties;
        const before = floor.balance(one).collateral;
        floor.run(await floor.open(one, 0, isLong ? size : -size, 60_000n * INFER), await floor.close(one, 0, size));
        expect(floor.balance(one).collateral).toBeLessThan(before + (size < 1_000n ? 1n : 0n));
      }),
      { numRuns: 12 },
    );
  });

  it('no order of trades by several accounts of one owner gains anything', async () => {
    const steps = fc.array(
      fc.record({
        who: fc.nat({ max: 2 }),
        size: fc.bigInt({ min: -9_000_000n, max: 9_000_000n }),
        wait: fc.boolean(),
      }),
      { minLength: 4, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (drawn) => {
        const { floor, parties } = await withTraders('one', 'two', 'three');
        floor.run(floor.setParameters([change(row('funding_clamp_ppm'), 10_000n)]));
        const before = sum(floor, parties);
        for (const { who, size, wait } of drawn) {
          const party = parties[who] as Party;
          const open = floor.svm.exists(await floor.position(party, 0)) ? (await floor.holding(party, 0)).size : 0n;
          const isClosing = open !== 0n && open > 0n !== size > 0n;
          if (isClosing)
            floor.run(await floor.close(party, 0, size * open < 0n && abs(size) < abs(open) ? abs(size) : abs(open)));
          else floor.send(await floor.open(party, 0, size, 9_000n * INFER));
          if (wait) floor.wait(1_200n);
        }
        await closeAll(floor, parties);
        expect(sum(floor, parties)).toBeLessThanOrEqual(before);
      }),
      { numRuns: 12 },
    );
  });

  it('the price is a function of the skew alone, rises with it, and stays within the bound', () => {
    const skew = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 9n, max: 10n ** 20n }), skew, skew, (anchor, left, right) => {
        const at = (each: bigint) => priceAt(anchor, each, 25_000n, 360_000_000n);
        const [low, high] = left < right ? [left, right] : [right, left];
        expect(at(low)).toBeLessThanOrEqual(at(high));
        expect(abs(at(left) - anchor) * 1_000_000n).toBeLessThanOrEqual(anchor * 25_000n + 2_000_000n);
      }),
    );
  });

  it('the index moves no more than the clamp in a slot, however many trades push it', async () => {
    const { floor, parties } = await withTraders('one');
    const [one] = parties;
    floor.run(floor.setParameters([change(row('index_clamp_ppm'), 1_000n)]));
    const before = (await floor.market(0)).price;
    for (let each = 0; each < 5; each += 1) floor.run(await floor.open(one, 0, 2n * SIZE, 15_000n * INFER));
    expect((await floor.market(0)).price).toBe(before + before / 1_000n);
    floor.wait(1n);
    floor.run(await floor.open(one, 0, 1n, 1n));
    expect((await floor.market(0)).price).toBeGreaterThan(before + before / 1_000n);
  });
});

describe('liquidation', () => {
  it('no trade brings anybody below maintenance: positions are judged at the anchor', async () => {
    const { floor, parties } = await withTraders('victim', 'pusher');
    const [victim, pusher] = parties;
    floor.run(await floor.open(victim, 0, SIZE, 1_050n * INFER));
    for (let each = 0; each < 6; each += 1) {
      floor.run(await floor.open(pusher, 0, -5n * SIZE, 30_000n * INFER));
      floor.wait(1n);
    }
    expect((await floor.market(0)).price).toBeLessThan((await floor.market(0)).anchor);
    expect(floor.codeOf(await floor.liquidate(victim, 0))).toBe(6019);
  });

  it('a position with its maintenance margin outlives every swing that trades can make', async () => {
    const { floor, parties } = await withTraders('thin', 'pusher');
    const [thin, pusher] = parties;
    // Bought at the top of the range with as little margin as opening takes.
    floor.run(await floor.open(pusher, 0, 40n * SIZE, 60_000n * INFER));
    floor.run(await floor.open(thin, 0, SIZE, 1_030n * INFER));
    floor.run(await floor.close(pusher, 0, 40n * SIZE), await floor.open(pusher, 0, -40n * SIZE, 60_000n * INFER));
    floor.run(await floor.close(thin, 0, SIZE));
    const closed = floor.events.findLast((event) => event.name === 'PositionClosed');
    expect(closed?.data.settlement).toMatchObject({ shortfall: 0n, claimed: 0n });
  });

  it('liquidating oneself yields no more than closing, fee of the keeper included', async () => {
    const ends: bigint[] = [];
    for (const isLiquidated of [false, true]) {
      const floor = await Floor.create();
      floor.run(floor.setParameters([change(row('index_clamp_ppm'), 70_000n)]));
      const party = await floor.party('one');
      floor.run(floor.deposit(party, 2_000n * INFER));
      floor.run(await floor.open(party, 0, -SIZE / 10n, 110n * INFER));
      await washUp(floor, 1);
      floor.run(isLiquidated ? await floor.liquidate(party, 0) : await floor.close(party, 0, SIZE / 10n));
      ends.push(floor.balance(party).collateral + floor.svm.tokens(KEEPER_WALLET));
    }
    const [closed, liquidated] = ends as [bigint, bigint];
    expect(liquidated).toBeLessThanOrEqual(closed);
  });
});

describe('the oracle', () => {
  it('a trade does not make a stale price fresh', async () => {
    const { floor, parties } = await withTraders('one');
    const [one] = parties;
    floor.run(await floor.open(one, 0, SIZE, 9_000n * INFER));
    floor.wait(24n * HOUR + 1n);
    floor.run(await floor.close(one, 0, 1n));
    expect(floor.codeOf(await floor.open(one, 0, 1n, 0n))).toBe(6009);
    floor.run(await floor.purchase(0, 0n, 0n));
    expect(floor.codeOf(await floor.open(one, 0, 1n, 0n))).toBeNull();
  });

  it('wash purchases wait for the mark: a minute of them moves the index little more than the clamp', async () => {
    const { floor } = await withTraders('one');
    const { price: before } = await floor.market(0);
    await washUp(floor, 60);
    const { price } = await floor.market(0);
    expect(price * 1_000n).toBeLessThan(before * 1_013n);
  });

  it('a purchase at any price and volume is recorded', async () => {
    const { floor } = await withTraders('one');
    const edges = [0n, 1n, 3_600n, (1n << 64n) - 1n];
    for (const volume of edges) {
      for (const price of edges) {
        floor.wait(1n);
        expect(floor.codeOf(await floor.purchase(0, volume, price))).toBeNull();
      }
    }
    expect(floor.events.filter(({ name }) => name === 'IndexUpdated')).toHaveLength(edges.length ** 2);
  });
});

describe('settlement of series', () => {
  it('trades do not move what a series settles on', async () => {
    const { floor, parties } = await withTraders('one');
    const [one] = parties;
    const expiry = floor.now + HOUR;
    const series = await floor.series(0, expiry, expiry);
    floor.run(await floor.createSeries(0, expiry, expiry));
    floor.wait(HOUR - 1n);
    for (let each = 0; each < 4; each += 1) {
      floor.run(await floor.open(one, 0, 5n * SIZE, 30_000n * INFER));
      floor.wait(1n);
    }
    floor.run(await floor.settleSeries(series));
    expect(floor.read(series, decodeSeries).market.settlementPrice).toBe(10n * UNIT_PRICE);
  });

  it('asking later, after other purchases, settles on the same price', async () => {
    const prices: bigint[] = [];
    for (const delay of [0n, 2n * HOUR]) {
      const { floor } = await withTraders('one');
      const [start, expiry] = [floor.now + 600n, floor.now + HOUR];
      const series = await floor.series(0, start, expiry);
      floor.run(await floor.createSeries(0, start, expiry));
      await washUp(floor, 30, 60n);
      floor.wait(HOUR - 30n * 60n);
      if (delay > 0n) await washUp(floor, 10, delay / 10n);
      floor.run(await floor.settleSeries(series));
      prices.push(floor.read(series, decodeSeries).market.settlementPrice);
    }
    expect(prices[0]).toBe(prices[1]);
    expect(prices[0]).toBeGreaterThan(10n * UNIT_PRICE);
  });

  it('a series settles once, and so does a position in it', async () => {
    const { floor, parties } = await withTraders('one');
    const [one] = parties;
    const expiry = floor.now + HOUR;
    const series = await floor.series(0, expiry, expiry);
    floor.run(await floor.createSeries(0, expiry, expiry));
    floor.run(await floor.tradeFuture(one, series, SIZE, 5_000n * INFER));
    floor.wait(HOUR);
    floor.run(await floor.settleSeries(series));
    expect(floor.codeOf(await floor.settleSeries(series))).toBe(6027);
    floor.run(await floor.settleFuturePosition(one, series));
    expect(floor.codeOf(await floor.settleFuturePosition(one, series))).toBe(6018);
    expect(floor.read(await floor.future(one, series), decodeFuturePosition).holding.collateral).toBe(0n);
    expect(floor.read(await floor.index(0), decodeIndex).milestones).toEqual([]);
  });
});

describe('funding', () => {
  it('is paid once for every time, however often it is asked for', async () => {
    const paid: bigint[] = [];
    for (const asks of [1, 6]) {
      const { floor, parties } = await withTraders('one');
      const [one] = parties;
      floor.run(floor.setParameters([change(row('funding_interval_seconds'), 60n)]));
      const before = floor.balance(one).collateral;
      floor.run(await floor.open(one, 0, SIZE, 9_000n * INFER));
      for (let each = 0; each < asks; each += 1) {
        floor.wait(BigInt(3_000 / asks));
        floor.run(await floor.settleFunding(one, 0));
        expect(floor.codeOf(await floor.settleFunding(one, 0))).toBe(6020);
      }
      paid.push(before - floor.balance(one).collateral);
    }
    const [once, often] = paid as [bigint, bigint];
    expect(once).toBeGreaterThan(INFER);
    expect(often - once).toBeGreaterThanOrEqual(0n);
    expect(often - once).toBeLessThan(10_000n);
  });

  it('is never paid by the bankroll: receivers share what payers owe', async () => {
    const { floor, parties } = await withTraders('long', 'short', 'later');
    const [long, short, later] = parties;
    floor.run(
      floor.setParameters([change(row('funding_clamp_ppm'), 10_000n), change(row('index_clamp_ppm'), 100_000n)]),
    );
    floor.run(await floor.open(short, 0, -20n * SIZE, 60_000n * INFER));
    floor.wait(4n * HOUR);
    floor.run(await floor.settleFunding(short, 0), await floor.open(long, 0, SIZE, 9_000n * INFER));
    floor.run(await floor.open(later, 0, 3n * SIZE, 9_000n * INFER));
    const { bankroll } = floor.exchange().funds;
    floor.wait(HOUR);
    for (const party of [long, later, short]) floor.run(await floor.settleFunding(party, 0));
    expect(floor.exchange().funds.bankroll).toBeGreaterThanOrEqual(bankroll);
    const received = floor.events.findLast((event) => event.name === 'FundingPaid');
    expect(received?.data.settlement.funding).toBeLessThan(0n);
  });
});

describe('money', () => {
  it('tokens sent to a vault change nothing but the insurance fund, once they are swept', async () => {
    const { floor } = await withTraders('one');
    const { marginVault, bankrollVault, insuranceVault, exchange } = floor.places;
    const before = floor.exchange().funds;
    for (const vault of [marginVault, bankrollVault, insuranceVault]) {
      floor.svm.putTokens(vault, MINT, exchange, floor.svm.tokens(vault) + 7n);
    }
    floor.run(floor.sweepSurplus());
    expect(floor.exchange().funds).toEqual({ ...before, insurance: before.insurance + 21n });
    expect(floor.svm.tokens(marginVault)).toBe(before.margin);
    expect(floor.svm.tokens(bankrollVault)).toBe(before.bankroll);
  });

  it('claims are served first, in order, from whatever comes in', async () => {
    const { floor, party } = await createClaim();
    const { claimsIssued } = floor.exchange().funds;
    expect(claimsIssued).toBeGreaterThan(0n);
    floor.run(floor.addInsurance(100n * INFER));
    expect(floor.exchange().funds).toMatchObject({ insurance: 0n, bankroll: 0n, claimsReserve: 100n * INFER });
    const before = floor.balance(party).collateral;
    floor.run(await floor.payClaim(party, 0n));
    expect(floor.balance(party).collateral).toBe(before + 100n * INFER);
    floor.run(floor.addBankroll(claimsIssued));
    expect(floor.exchange().funds).toMatchObject({ bankroll: 100n * INFER, claimsFunded: claimsIssued });
    floor.run(await floor.payClaim(party, 0n));
    expect(floor.codeOf(await floor.payClaim(party, 0n))).toBe(6022);
  });

  it('governance cannot take bankroll that open notional stands against', async () => {
    const { floor, parties } = await withTraders('one');
    const [one] = parties;
    floor.run(await floor.open(one, 0, SIZE, 9_000n * INFER));
    const { bankroll, openNotional } = floor.exchange().funds;
    expect(floor.codeOf(floor.removeBankroll(bankroll - openNotional + 1n))).toBe(6021);
    floor.run(floor.removeBankroll(bankroll - openNotional));
  });
});

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

async function closeAll(floor: Floor, parties: readonly Party[]): Promise<void> {
  for (const party of parties) {
    const address = await floor.position(party, 0);
    if (!floor.svm.exists(address)) continue;
    const { size } = await floor.holding(party, 0);
    if (size !== 0n) floor.run(await floor.close(party, 0, abs(size)));
  }
}
