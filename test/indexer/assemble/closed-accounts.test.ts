import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closedState, withClosed } from '../../../indexer/assemble/closed-accounts.ts';
import { compareBytes } from '../../../indexer/domain/base58.ts';
import type { AccountState, BalanceTurn } from '../../../indexer/domain/chain.ts';

const KEYS = 6;
const keyOf = (number: number) => new Uint8Array(32).fill(number + 1);

const stateOf = (number: number, lamports: bigint): AccountState => ({
  ...{ publicKey: keyOf(number), owner: keyOf(99), lamports, data: Uint8Array.of(number) },
  ...{ writeVersion: 7n, signature: null },
});
const states = fc
  .uniqueArray(fc.tuple(fc.nat(KEYS), fc.constantFrom(0n, 5n)), { selector: ([number]) => number })
  .map((all) => all.sort(([left], [right]) => left - right).map(([number, lamports]) => stateOf(number, lamports)));
const turns = fc.array(
  fc
    .tuple(fc.nat(KEYS), fc.boolean())
    .map(([number, isEmptied]): BalanceTurn => ({ publicKey: keyOf(number), isEmptied })),
);

it('an account whose lamports went last is gone, all others are as the stream told', () => {
  fc.assert(
    fc.property(states, turns, (told, turned) => {
      const after = withClosed(told, turned);
      for (let number = 0; number <= KEYS; number += 1) {
        const isThis = ({ publicKey }: { readonly publicKey: Uint8Array }) =>
          compareBytes(publicKey, keyOf(number)) === 0;
        const [found, before, last] = [after.filter(isThis), told.find(isThis), turned.findLast(isThis)];
        const isGone = last?.isEmptied === true && before?.lamports !== 0n;
        const expected = isGone ? [closedState(keyOf(number))] : before === undefined ? [] : [before];
        expect(found).toEqual(expected);
      }
    }),
  );
});

it('states stay ascending by key, each key once', () => {
  fc.assert(
    fc.property(states, turns, (told, turned) => {
      const keys = withClosed(told, turned).map(({ publicKey }) => publicKey);
      for (const [place, key] of keys.slice(1).entries()) expect(compareBytes(keys[place] as Uint8Array, key)).toBe(-1);
    }),
  );
});
