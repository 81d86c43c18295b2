/**
 * What is known of the answer to a question that is asked again and again.
 * @module
 */
import type { Answer } from './ask.ts';

export interface Live<T> {
  /** `null` until the first answer. */
  readonly answer: Answer<T> | null;
  /** Why the last attempt failed; `null` when it did not. */
  readonly failure: string | null;
  /** Of the API where it refused: asking again changes nothing. */
  readonly refusal: string | null;
  /** Of docs/api.md where the API told why it failed or refused; empty otherwise. */
  readonly code: string;
  /** The API itself says that it could not answer in time, or cannot just now: it is asked again after a while. */
  readonly isBusy: boolean;
  /** False while the answer is that of other variables. */
  readonly isCurrent: boolean;
  /** The answer is about something else than what is asked about now. */
  readonly isOther: boolean;
}

export const NOTHING = {
  answer: null,
  failure: null,
  refusal: null,
  code: '',
  isBusy: false,
  isCurrent: false,
  isOther: false,
} as const;

/** What may be shown as the answer: one about something else while that is on its way, and not once it has failed. */
export function shownData<T>({ answer, failure, isOther }: Live<T>): T | null {
  return isOther && failure !== null ? null : (answer?.data ?? null);
}
