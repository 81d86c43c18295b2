/**
 * The stream of the head: as it is, and again whenever it has moved, become final, or a gap or an incident came or went.
 * Every message is the whole of it, so that one that was missed is missed by nobody.
 * @module
 */
import type { HeadStatus } from '../reads/head-status.ts';
import type { HeadFeed } from './live-record.ts';

/** Ends when `signal` is aborted. @throws errors of the store when it is the first */
export async function* headStream(feed: HeadFeed, signal: AbortSignal): AsyncGenerator<HeadStatus> {
  await feed.join();
  try {
    while (!signal.aborted) {
      const seen = feed.version;
      if (feed.found !== null) yield feed.found;
      await feed.changed(seen, signal);
    }
  } finally {
    feed.leave();
  }
}
