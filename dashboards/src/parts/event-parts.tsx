/**
 * An event in short and in full.
 * @module
 */
import { allFieldsOf, type ChainEvent, type Market, mainFieldsOf } from '../text/event-fields.ts';
import { Facts } from './panel.tsx';

interface EventProps {
  readonly event: ChainEvent;
  readonly market: Market | null;
}

export function EventSummary({ event, market }: EventProps) {
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

export function EventFacts({ event, market }: EventProps) {
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
