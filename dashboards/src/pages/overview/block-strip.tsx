/**
 * The newest slots as a strip: a bar as high as its events, solid once final, hollow before, a dot where the slot was
 * skipped. The table below has the same numbers.
 * @module
 */
import { DataTable } from '../../parts/data-table.tsx';
import type { ChainQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { isoTime, timeOfDay } from '../../text/clock.ts';

export type Block = ChainQuery['blocks']['edges'][number]['node'];

const SHOWN_SLOTS = 60;
/** Height of a block without events, and of the fullest, in percent of the strip. */
const LOWEST_PERCENT = 14;
const HIGHEST_PERCENT = 100;

interface Place {
  readonly slot: string;
  /** `null` where no block was made. */
  readonly block: Block | null;
}

export function BlockStrip({ blocks }: { blocks: readonly Block[] | null }) {
  if (blocks === null) return <div class="strip bone" />;
  if (blocks.length === 0) return <p class="nothing">The strip fills as soon as the indexer records blocks.</p>;
  const places = placesOf(blocks);
  const most = Math.max(1, ...blocks.map((block) => block.eventCount));
  return (
    <figure class="blocks">
      <div class="strip" role="img" aria-label={summaryOf(places)}>
        {places.map(({ slot, block }) => (
          <i key={slot} data-slot={slot} data-state={stateOf(block)} title={titleOf(slot, block)}>
            <b style={{ height: `${block ? heightPercent(block.eventCount, most) : 0}%` }} />
          </i>
        ))}
      </div>
      <figcaption>
        <span class="sample" data-state="finalized" /> finalized
        <span class="sample" data-state="confirmed" /> confirmed, can still be replaced
        <span class="sample" data-state="skipped" /> skipped slot
        <span class="height">height: events, at most {count(most)} in a block</span>
      </figcaption>
    </figure>
  );
}

export function BlockTable({ blocks }: { blocks: readonly Block[] }) {
  return (
    <DataTable
      caption="The newest blocks, newest first"
      rows={blocks}
      keyOf={(block) => block.slot}
      emptyText="No blocks."
      columns={[
        { header: 'Slot', cell: (block) => count(block.slot), isNumber: true },
        { header: 'Finality', cell: stateOf },
        { header: 'Transactions', cell: (block) => count(block.transactionCount), isNumber: true },
        { header: 'Events', cell: (block) => count(block.eventCount), isNumber: true },
        { header: 'Undecoded', cell: (block) => count(block.undecodedCount), isNumber: true },
        {
          header: 'Time',
          cell: (block) => <time dateTime={isoTime(block.blockTime)}>{timeOfDay(block.blockTime)}</time>,
        },
      ]}
    />
  );
}

/** Ascending, a place for every slot: those without a block were skipped. */
function placesOf(blocks: readonly Block[]): Place[] {
  const bySlot = new Map(blocks.map((block) => [block.slot, block]));
  const newest = BigInt(blocks[0]?.slot ?? 0);
  const oldest = BigInt(blocks.at(-1)?.slot ?? 0);
  const length = Math.min(SHOWN_SLOTS, Number(newest - oldest) + 1);
  return Array.from({ length }, (_, index) => String(newest - BigInt(length - 1 - index))).map((slot) => ({
    slot,
    block: bySlot.get(slot) ?? null,
  }));
}

function heightPercent(eventCount: number, most: number): number {
  return LOWEST_PERCENT + ((HIGHEST_PERCENT - LOWEST_PERCENT) * eventCount) / most;
}

function stateOf(block: Block | null): 'finalized' | 'confirmed' | 'skipped' {
  if (block === null) return 'skipped';
  return block.isFinalized ? 'finalized' : 'confirmed';
}

function titleOf(slot: string, block: Block | null): string {
  if (block === null) return `Slot ${slot}: skipped`;
  return `Slot ${slot}: ${block.eventCount} events, ${block.transactionCount} transactions, ${stateOf(block)}`;
}

function summaryOf(places: readonly Place[]): string {
  const number = (state: string) => places.filter(({ block }) => stateOf(block) === state).length;
  const events = places.reduce((sum, { block }) => sum + (block?.eventCount ?? 0), 0);
  return `The newest ${places.length} slots: ${number('finalized')} finalized, ${number('confirmed')} confirmed, ${number('skipped')} skipped, ${events} events`;
}
