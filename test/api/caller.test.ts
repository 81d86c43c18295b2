import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkOf } from '../../api/budget/caller.ts';

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0'],
  ['2001:db8::7', '2001:db8:0:0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', ''],
])('%s is a caller by %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('all addresses of a network are one caller, however they are written, and no two networks are', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
  const half = fc.array(group, { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(half, half, half, half, (network, host, otherHost, otherNetwork) => {
      // The address as a socket tells it: the longest run of zeros is left out.
      const told = (left: readonly string[], right: readonly string[]) =>
        new URL(`http://[${[...left, ...right].join(':')}]`).hostname.slice(1, -1);
      const caller = networkOf(told(network, host));
      expect(networkOf(told(network, otherHost))).toBe(caller);
      expect(networkOf(told(otherNetwork, host)) === caller).toBe(network.join() === otherNetwork.join());
    }),
  );
});
