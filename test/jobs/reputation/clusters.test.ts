import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clustersOf, type Link } from '../../../jobs/reputation/clusters.ts';

const walletOf = (id: number) => new Uint8Array(32).fill(id);
const link = (shared: number, wallet: number, kind = 'payout'): Link => ({
  kind,
  shared: walletOf(shared),
  wallet: walletOf(wallet),
});
const HUB = 50;

it('wallets that share an account are one cluster, and so are those they reach through others', () => {
  const { clusterOf } = clustersOf(
    [link(100, 1), link(100, 2), link(101, 2, 'fee_payer'), link(101, 3, 'fee_payer')],
    HUB,
  );
  expect(clusterOf(walletOf(1))).toBe(clusterOf(walletOf(3)));
  expect(clusterOf(walletOf(100))).toBe(clusterOf(walletOf(3)));
  expect(clusterOf(walletOf(4))).not.toBe(clusterOf(walletOf(1)));
});

it('an account shared by more wallets than the limit links nobody, and it counts where it is a wallet itself', () => {
  const joined = (count: number, ...others: Link[]) => {
    const links = [...Array.from({ length: count }, (_, id) => link(200, id)), ...others];
    const { clusterOf } = clustersOf(links, 10);
    return clusterOf(walletOf(0)) === clusterOf(walletOf(1));
  };
  expect([joined(10), joined(11)]).toEqual([true, false]);
  const itself = link(200, 200);
  expect([joined(9, itself), joined(10, itself)]).toEqual([true, false]);
  const elsewhere = link(201, 200, 'fee_payer');
  expect([joined(9, elsewhere), joined(10, elsewhere)]).toEqual([true, false]);
});

it('names of clusters do not depend on the order of links', () => {
  const links = fc.array(
    fc.tuple(fc.nat(20), fc.nat(20)).map(([shared, wallet]) => link(shared + 100, wallet)),
    { maxLength: 40 },
  );
  const both = links.chain((each) =>
    fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
  );
  fc.assert(
    fc.property(both, ([ordered, shuffled]) => {
      const names = (each: readonly Link[]) =>
        Array.from({ length: 21 }, (_, id) => clustersOf(each, HUB).clusterOf(walletOf(id)));
      expect(names(shuffled)).toEqual(names(ordered));
    }),
  );
});
