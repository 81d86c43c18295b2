/**
 * Ranges of time that an answer is given over, by candles, windows or buckets, and how many of them at most.
 * @module
 */
import { GraphQLError } from 'graphql';
import type { UnixSeconds } from '../../../indexer/domain/units.ts';
import type { FieldArguments } from '../../schema/connection.ts';

const MOST_BUCKETS = 1_000n;
const SHORTEST_BUCKET_SECONDS = 60;

/** @throws GraphQLError `API__BAD_RANGE` unless `[from, to)` holds 1 to `most` pieces of a length */
export function checkRange(from: UnixSeconds, to: UnixSeconds, seconds: bigint, most: bigint): void {
  if (from >= 0n && to > from && to - from <= most * seconds) return;
  const message = `from ${from} to ${to}: a range begins at 0 or later, ends after it begins and spans at most ${most} times ${seconds} s`;
  throw new GraphQLError(message, { extensions: { code: 'API__BAD_RANGE' } });
}

/** Arguments of a field that tells how something was over time. */
export function bucketArgs(t: Pick<FieldArguments, 'arg'>) {
  return {
    from: t.arg({ type: 'I64', required: true, description: 'Unix seconds.' }),
    to: t.arg({ type: 'I64', required: true, description: 'Unix seconds, exclusive.' }),
    bucketSeconds: t.arg.int({
      required: true,
      description: 'Length of a bucket, 60 or more; at most 1,000 buckets.',
    }),
  };
}

export const BUCKETS_COST = { field: 1, multiplier: 100 } as const;

interface BucketsAsked {
  readonly from: UnixSeconds;
  readonly to: UnixSeconds;
  readonly bucketSeconds: number;
}

/** What these arguments ask the store for. @throws GraphQLError `API__BAD_RANGE` */
export function bucketsOf({ from, to, bucketSeconds }: BucketsAsked) {
  const seconds = BigInt(Math.max(bucketSeconds, SHORTEST_BUCKET_SECONDS));
  checkRange(from, to, seconds, MOST_BUCKETS);
  // A range that begins inside a bucket touches one more.
  return { range: { fromTime: from, toTime: to }, seconds, limit: Number(MOST_BUCKETS) + 1 };
}
