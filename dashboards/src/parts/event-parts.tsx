/**
 * An event in short and in full.
 * @module
 */
import { allFieldsOf, type ChainEvent, type Market, mainFieldsOf } from '../text/event-fields.ts';
import { hrefOf } from './links.tsx';
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

/** Whether a value can be the address of an account. */
function isKey(text: string): boolean {
  return /^[1-9A-HJ-NP-Za-km-z]{43,44}$/.test(text);
}

function linked(address: string) {
  return (
    <a class="quiet-link" href={hrefOf.account(address)}>
      {address}
    </a>
  );
}

export function EventFacts({ event, market }: EventProps) {
  const place = `slot ${event.slot}, transaction ${event.transactionIndex}, path ${event.path}, event ${event.ordinal}`;
  return (
    <Facts
      facts={[
        ...allFieldsOf(event, market).map(({ name, text }) => [name, isKey(text) ? linked(text) : text] as const),
        ['Program', linked(event.program)],
        ['Signature', <a href={hrefOf.transaction(event.signature)}>{event.signature}</a>],
        ['Place', place],
      ]}
    />
  );
}
