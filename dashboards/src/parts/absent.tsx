/**
 * Says that what an address names is not there: only where the ledger has said so. While it is empty, or does not tell, as
 * one that asks for a key, nothing is known of it.
 * @module
 */
import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { HeadContext } from '../live/head.ts';
import type { Live } from '../live/live.ts';
import { Unread } from './unread.tsx';

/** Of refusals by which no thing can have this name. */
const BAD_NAME = 'API__BAD_VALUE';
const NAMES_NOTHING = new Set([BAD_NAME, 'API__FUTURE_SLOT']);

export function namesNothing({ code }: Live<unknown>): boolean {
  return NAMES_NOTHING.has(code);
}

/** @param thing of the answer, as far as there is one */
export function isAbsent(live: Live<unknown>, thing: unknown): boolean {
  return namesNothing(live) || (live.answer !== null && thing == null);
}

interface AbsentProps {
  readonly live: Live<unknown>;
  readonly what: string;
  /** The words for a ledger that has blocks. */
  readonly children: ComponentChildren;
}

export function Absent({ live, what, children }: AbsentProps) {
  const { meta } = useContext(HeadContext);
  const isEmpty = meta !== null && meta.slot === null;
  if (isEmpty && live.code !== BAD_NAME)
    return <p class="panel nothing">{what} is not on record: no block has been recorded yet.</p>;
  return (
    <>
      {!namesNothing(live) && <Unread live={live} what={what} />}
      <p class="panel nothing">
        {children} {namesNothing(live) && live.refusal}
      </p>
    </>
  );
}
