/**
 * Events of all programs, newest first: all, those of a name, or those of a block.
 * @module
 */
import { usePlace } from '../../frame/router.ts';
import { useAnswer } from '../../live/use-live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { EventFacts, EventSummary } from '../../parts/event-parts.tsx';
import { SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { EventsQuery } from '../../queries.generated.ts';
import { EVENTS_QUERY } from './queries.ts';
import { PAGE_ROWS, TextFilter, useCursor, WalkControls } from './walk.tsx';

export function EventList({ slot = null }: { slot?: string | null }) {
  const after = useCursor();
  const name = usePlace().query.get('name');
  const range = slot === null ? {} : { fromSlot: slot, atSlot: slot };
  const live = useAnswer<EventsQuery>(EVENTS_QUERY, { first: PAGE_ROWS, after, name, ...range }, after !== null);
  const data = live.answer?.data ?? null;
  const market = data?.marketplace ?? null;
  return (
    <Panel
      id="events"
      title="Events"
      note="Open one for all of its fields"
      isCurrent={live.isCurrent}
      controls={<TextFilter name="name" label="Name" placeholder="OrderSettled" />}
    >
      <Unread live={live} what="Events" />
      <DataTable
        caption="Events, newest first"
        rows={data?.events.edges.map(({ node }) => node) ?? (live.refusal === null ? null : [])}
        keyOf={(event) => `${event.slot}/${event.signature}/${event.path}/${event.ordinal}`}
        nameOf={(event) => `${event.name} in block ${event.slot}`}
        emptyText="No event of this name is on record."
        columns={[
          { header: 'Event', cell: (event) => <strong>{event.name}</strong> },
          { header: 'Says', cell: (event) => <EventSummary event={event} market={market} />, isWide: true },
          { header: 'Program', cell: (event) => event.programName ?? 'other' },
          { header: 'Block', isNumber: true, cell: (event) => <SlotLink slot={event.slot} /> },
          { header: 'Transaction', cell: (event) => <TransactionLink signature={event.signature} /> },
          { header: 'When', isNumber: true, cell: (event) => <Moment at={event.blockTime} /> },
        ]}
        detail={(event) => <EventFacts event={event} market={market} />}
      />
      <WalkControls page={data?.events ?? null} after={after} />
    </Panel>
  );
}
