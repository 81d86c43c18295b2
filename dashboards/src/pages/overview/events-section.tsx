/**
 * The latest events of all programs, each unfolding to all it says and where it stands on the chain.
 * @module
 */
import { DataTable } from '../../parts/data-table.tsx';
import { EventFacts, EventSummary } from '../../parts/event-parts.tsx';
import { SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import { isoTime, timeOfDay } from '../../text/clock.ts';
import type { ChainEvent, Market } from '../../text/event-fields.ts';

export function EventsSection({ events, market }: { events: readonly ChainEvent[] | null; market: Market | null }) {
  return (
    <Panel id="events" title="Latest events" note="Decoded from transactions; open one for all of its fields">
      <DataTable
        caption="Latest events, newest first"
        rows={events}
        keyOf={(event) => `${event.slot}/${event.signature}/${event.path}/${event.ordinal}`}
        nameOf={(event) => `${event.name} in slot ${event.slot}`}
        emptyText="No program has emitted an event yet."
        columns={[
          { header: 'Event', cell: (event) => <strong>{event.name}</strong> },
          { header: 'Says', cell: (event) => <EventSummary event={event} market={market} />, isWide: true },
          {
            header: 'Program',
            cell: (event) => event.programName ?? <ShortKey value={event.program} what="program" />,
          },
          { header: 'Slot', cell: (event) => <SlotLink slot={event.slot} />, isNumber: true },
          { header: 'Transaction', cell: (event) => <TransactionLink signature={event.signature} /> },
          { header: 'Path', cell: (event) => <span class="path">{event.path}</span> },
          {
            header: 'Time',
            isNumber: true,
            cell: (event) => <time dateTime={isoTime(event.blockTime)}>{timeOfDay(event.blockTime)}</time>,
          },
        ]}
        detail={(event) => <EventFacts event={event} market={market} />}
      />
    </Panel>
  );
}
