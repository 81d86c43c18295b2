/**
 * The head of the ledger; everything else on a page is asked again when it has moved.
 * @module
 */
import { createContext } from 'preact';
import type { HeadQuery } from '../queries.generated.ts';
import { type Live, NOTHING } from './live.ts';

export const HEAD_QUERY = /* GraphQL */ `
  query Head {
    _meta { slot blockTime finalizedSlot lagSlots gaps incidentCount }
  }
`;

export const HEAD_SUBSCRIPTION = /* GraphQL */ `
  subscription HeadMoves {
    head { slot blockTime finalizedSlot lagSlots gaps incidentCount }
  }
`;

export interface Head {
  readonly live: Live<HeadQuery>;
  /** `null` until the first answer. */
  readonly meta: HeadQuery['_meta'] | null;
  readonly isPaused: boolean;
}

export const HeadContext = createContext<Head>({ live: NOTHING, meta: null, isPaused: false });
