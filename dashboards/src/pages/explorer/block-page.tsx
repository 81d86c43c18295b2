/**
 * One block of the canonical chain, or what is there instead.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { Absent, namesNothing } from '../../parts/absent.tsx';
import { SlotLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { BlockQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { EventList } from './event-list.tsx';
import { BLOCK_QUERY } from './queries.ts';
import { TransactionList } from './transaction-list.tsx';

export function BlockPage({ slot }: { slot: string }) {
  const live = useAnswer<BlockQuery>(BLOCK_QUERY, { slot });
  const block = live.answer?.data.blocks.edges[0]?.node ?? null;
  const isHere = block !== null && block.slot === slot;
  return (
    <>
      <PageHead title={`Block ${/^\d+$/.test(slot) ? count(slot) : slot}`}>
        {isHere && <Finality isFinalized={block.isFinalized} />}
        <a href="/explorer">Explorer</a>
      </PageHead>
      {namesNothing(live) ? (
        <Absent live={live} what="This block">
          There is no such block:
        </Absent>
      ) : (
        <>
          <Unread live={live} what="The block" />
          <Panel id="block" title="Block">
            {live.answer === null && <span class="bone" />}
            {live.answer !== null && !isHere && (
              <p class="nothing">
                No block was made in this slot, or it is not on record.{' '}
                {block !== null && (
                  <>
                    The one before it is <SlotLink slot={block.slot} />.
                  </>
                )}
              </p>
            )}
            {isHere && <Facts facts={factsOf(block)} />}
          </Panel>
          {isHere && (
            <>
              <TransactionList slot={slot} />
              <EventList slot={slot} />
            </>
          )}
        </>
      )}
    </>
  );
}

function Finality({ isFinalized }: { isFinalized: boolean }) {
  return isFinalized ? <Verdict kind="good">finalized</Verdict> : <Verdict kind="warn">can still be replaced</Verdict>;
}

function factsOf(block: NonNullable<BlockQuery['blocks']['edges'][number]>['node']) {
  return [
    ['When', <Moment at={block.blockTime} />],
    ['Hash', block.blockhash],
    ['Follows', <SlotLink slot={block.parentSlot} />],
    ['Hash of the one before', block.parentBlockhash],
    ['Transactions', count(block.transactionCount)],
    ['Events', count(block.eventCount)],
    ['Undecoded', count(block.undecodedCount)],
    ['SHA-256 of its record', block.contentHash],
  ] as const;
}
