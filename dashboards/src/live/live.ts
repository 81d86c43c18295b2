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
  /** False while the answer is that of other variables. */
  readonly isCurrent: boolean;
}

export const NOTHING = { answer: null, failure: null, refusal: null, isCurrent: false } as const;
