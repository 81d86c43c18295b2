/**
 * The stream of one subscriber to rows that are only ever added: whatever was recorded after its cursor, in that order.
 * @module
 */
import { GraphQLError } from 'graphql';
import type { Recorded } from '../../indexer/store/queries/rows/recorded-rows.ts';
import type { RowFeed } from './live-record.ts';

export interface RowMessage<Row> {
  readonly cursor: string;
  readonly row: Row;
}

const ROWS_AT_ONCE = 1_000;
const MOST_MICROS = 2n ** 63n - 1n;

/** Ends when `signal` is aborted. @throws GraphQLError `API__BAD_CURSOR`; errors of the store */
export async function* rowStream<Row>(
  feed: RowFeed,
  read: (afterMicros: bigint, limit: number) => Promise<readonly Recorded<Row>[]>,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<RowMessage<Row>> {
  const asked = after === null ? null : microsOf(after);
  await feed.join();
  try {
    let afterMicros = asked ?? feed.found ?? 0n;
    while (!signal.aborted) {
      const seen = feed.version;
      const found = await read(afterMicros, ROWS_AT_ONCE);
      for (const [index, { recordedAt, row }] of found.entries()) {
        // Rows of one moment share a cursor only with the last of them: going on from it leaves none out.
        const isLastOfMoment = found[index + 1]?.recordedAt !== recordedAt;
        yield { cursor: cursorOf(isLastOfMoment ? recordedAt : recordedAt - 1n), row };
        afterMicros = recordedAt;
      }
      if (found.length < ROWS_AT_ONCE) await feed.changed(seen, signal);
    }
  } finally {
    feed.leave();
  }
}

function cursorOf(micros: bigint): string {
  return Buffer.from(`r.${micros}`).toString('base64url');
}

function microsOf(cursor: string): bigint {
  if (cursor === '') return 0n;
  const digits = /^r\.(\d{1,19})$/.exec(Buffer.from(cursor.slice(0, 100), 'base64url').toString('latin1'))?.[1];
  if (digits === undefined || BigInt(digits) > MOST_MICROS)
    throw new GraphQLError('after is not a cursor of this stream', { extensions: { code: 'API__BAD_CURSOR' } });
  return BigInt(digits);
}
