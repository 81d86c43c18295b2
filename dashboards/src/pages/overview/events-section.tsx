/**
 * The latest events of all programs, each unfolding to all it says and where it stands on the chain.
 * @module
 */

import { DataTable } from '../../parts/data-table.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import { count } from '../../text/amount.ts';
import { isoTime, timeOfDay } from '../../text/clock.ts';
import { allFieldsOf, type ChainEvent, type Market, mainFieldsOf } from '../../text/event-fields.ts';

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
          { header: 'Says', cell: (event) => <Summary event={event} market={market} />, isWide: true },
          {
            header: 'Program',
            cell: (event) => event.programName ?? <ShortKey value={event.program} what="program" />,
          },
          { header: 'Slot', cell: (event) => count(event.slot), isNumber: true },
          { header: 'Transaction', cell: (event) => <ShortKey value={event.signature} what="signature" /> },
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

function Summary({ event, market }: { event: ChainEvent; market: Market | null }) {
  return (
    <span class="says">
      {mainFieldsOf(event, market).map(({ name, text }) => (
        <span key={name}>
          <small>{name}</small> {text}
        </span>
      ))}
    </span>
  );
}

function EventFacts({ event, market }: { event: ChainEvent; market: Market | null }) {
  const place = `slot ${event.slot}, transaction ${event.transactionIndex}, path ${event.path}, event ${event.ordinal}`;
  return (
    <Facts
      facts={[
        ...allFieldsOf(event, market).map(({ name, text }) => [name, text] as const),
        ['Program', event.program],
        ['Signature', event.signature],
        ['Place', place],
      ]}
    />
  );
}
