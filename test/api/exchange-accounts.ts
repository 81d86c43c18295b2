/**
 * What the API says of the exchange's money and markets beside the accounts of the compiled program: vaults are token
 * accounts and markets are accounts of indexes, read from the chain after every instruction.
 * @module
 */
import { expect } from 'vitest';
import type { LivedBlock } from '../jobs/market/exchange-life.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
type Ask = (query: string) => Promise<any>;

const MOST_BUCKETS = 1_000n;

/** Buckets of time of a life, as few seconds long as an answer may have of them. */
function bucketsOf(lived: readonly LivedBlock[]): { readonly arguments: string; readonly seconds: bigint } {
  const [from, to] = [lived[0]?.time ?? 0n, (lived.at(-1)?.time ?? 0n) + 1n];
  const seconds = (to - from) / MOST_BUCKETS + 60n;
  return { arguments: `from: "${from}", to: "${to}", bucketSeconds: ${seconds}`, seconds };
}

/** Insurance and margin are vaults of their own; claims that wait lie with the bankroll. */
function vaultsOf({ margin, bankroll, claimsReserve, insurance }: Record<string, string>): LivedBlock['vaults'] {
  const [held = 0n, waiting = 0n] = [bankroll, claimsReserve].map((each) => BigInt(each ?? ''));
  return { margin: BigInt(margin ?? ''), bankroll: held + waiting, insurance: BigInt(insurance ?? '') };
}

export async function expectFundsToBeVaults(ask: Ask, lived: readonly LivedBlock[]): Promise<void> {
  const buckets = bucketsOf(lived);
  const moved = lived.filter(({ told }) => told.some(({ data }) => 'funds' in data));
  const lastOf = new Map(moved.map((block) => [String(block.time - (block.time % buckets.seconds)), block]));
  const money = 'margin bankroll claimsReserve insurance';
  const { exchange } = await ask(`{ exchange { history(${buckets.arguments}) { start ${money} } } }`);
  expect(exchange.history.map((each: Record<string, string>) => [each['start'], vaultsOf(each)])).toEqual(
    [...lastOf].map(([start, { vaults }]) => [start, vaults]),
  );
  for (const name of ['bankroll', 'insurance', 'margin'] as const)
    expect(new Set(moved.map(({ vaults }) => vaults[name])).size, name).toBeGreaterThan(2);
  for (const { slot, vaults } of [moved[1], moved.at(-(moved.length >> 1)), moved.at(-1)].filter((each) => !!each)) {
    const { exchange: then } = await ask(`{ exchange(atSlot: "${slot}") { ${money} } }`);
    expect(vaultsOf(then)).toEqual(vaults);
  }
}

export async function expectInterestToBeMarkets(ask: Ask, lived: readonly LivedBlock[]): Promise<void> {
  const buckets = bucketsOf(lived);
  const names = ['longSize', 'shortSize', 'longNotional', 'shortNotional', 'fundingLong', 'fundingShort'] as const;
  for (const model of [0, 1]) {
    const { index } = await ask(
      `{ index(model: ${model}) { openInterest(${buckets.arguments}) { start ${names.join(' ')} } } }`,
    );
    const points: Record<string, string>[] = index.openInterest;
    expect(points.length).toBeGreaterThan(2);
    for (const point of points) {
      const isInside = ({ time }: LivedBlock) => String(time - (time % buckets.seconds)) === point['start'];
      const market = lived.findLast(isInside)?.markets[model];
      expect(names.map((name) => point[name])).toEqual(names.map((name) => String(market?.[name])));
    }
  }
}
