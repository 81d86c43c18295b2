import { expect, it } from 'vitest';
import { StreamPlaces } from '../../api/budget/stream-places.ts';

const never = () => new AbortController().signal;

it('nobody takes more places than are one’s own, and all together no more than there are', () => {
  const places = new StreamPlaces({ inAll: 5, ofOne: 2 });
  expect(['a', 'a', 'a', 'b'].map((bucket) => places.take(bucket, never()))).toEqual([null, null, 2, null]);
  expect(['b', 'c', 'c'].map((bucket) => places.take(bucket, never()))).toEqual([null, null, 5]);
});

it('a place is free again once its connection is gone, and one that was never there took none', () => {
  const places = new StreamPlaces({ inAll: 1, ofOne: 1 });
  const connection = new AbortController();
  expect(places.take('a', connection.signal)).toBeNull();
  expect(places.take('b', never())).toBe(1);
  connection.abort();
  expect(places.take('b', AbortSignal.abort())).toBeNull();
  expect(places.take('b', never())).toBeNull();
});
