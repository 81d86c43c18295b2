/**
 * Events of all programs, newest first: all, those of a program, a name or with some fields, or those of a block.
 * @module
 */
import { usePlace } from '../../frame/router.ts';
import { shownData } from '../../live/live.ts';
import { useAnswer } from '../../live/use-live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { EventFacts, EventSummary } from '../../parts/event-parts.tsx';
import { SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { EventsQuery } from '../../queries.generated.ts';
import { FieldFilters, ProgramFilter, ProgramLink, useConditions, useProgram } from './filters.tsx';
import { EVENTS_QUERY } from './queries.ts';
import { PAGE_ROWS, TextFilter, useCursor, WalkControls } from './walk.tsx';

export function EventList({ slot = null }: { slot?: string | null }) {
  const after = useCursor();
  const name = usePlace().query.get('name');
  const range = slot === null ? {} : { fromSlot: slot, atSlot: slot };
  const program = useProgram();
  const conditions = useConditions();
  const where = name === null || conditions.length === 0 ? null : conditions;
  const variables = { first: PAGE_ROWS, after, name, program, where, ...range };
  const live = useAnswer<EventsQuery>(EVENTS_QUERY, variables, {
    ...{ isFixed: after !== null, subject: JSON.stringify(variables) },
  });
  const data = shownData(live);
  const market = data?.marketplace ?? null;
  const rows = data?.events.edges.map(({ node }) => node) ?? null;
  return (
    <Panel
      id="events"
      title="Events"
      note="Open one for all of its fields"
      isCurrent={live.isCurrent}
      controls={
        <>
          <ProgramFilter rows={rows ?? []} />
          <TextFilter name="name" label="Name" placeholder="OrderSettled" />
        </>
      }
    >
      <FieldFilters name={name} fields={Object.keys(JSON.parse(rows?.[0]?.fields ?? '{}') as object)} />
      <Unread live={live} what="Events" />
      <DataTable
        caption="Events, newest first"
        rows={rows}
        keyOf={(event) => `${event.slot}/${event.signature}/${event.path}/${event.ordinal}`}
        nameOf={(event) => `${event.name} in block ${event.slot}`}
        emptyText="No event of this kind is on record."
        columns={[
          { header: 'Event', cell: (event) => <strong>{event.name}</strong> },
          { header: 'Says', cell: (event) => <EventSummary event={event} market={market} />, isWide: true },
          { header: 'Program', cell: (event) => <ProgramLink list="events" of={event} /> },
          { header: 'Block', isNumber: true, cell: (event) => <SlotLink slot={event.slot} /> },
          { header: 'Transaction', cell: (event) => <TransactionLink signature={event.signature} /> },
          { header: 'When', isNumber: true, cell: (event) => <Moment at={event.blockTime} /> },
        ]}
        detail={(event) => (
          <>
            <EventFacts event={event} market={market} />
            <p class="quiet">
              <a href={`/explorer?${new URLSearchParams({ list: 'events', name: event.name })}`}>
                All events named {event.name}
              </a>
            </p>
          </>
        )}
      />
      <WalkControls page={data?.events ?? null} after={after} />
    </Panel>
  );
}
