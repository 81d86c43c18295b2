/**
 * What is read when it is first wanted, and then held. Pure but for what is read.
 * @module
 */

/** A failure is held too: it belongs to the answer that wanted it. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () => {
    reading ??= read();
    return reading;
  };
}
