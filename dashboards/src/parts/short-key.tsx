/**
 * A key, hash or signature by its ends. Pressed, it copies the whole text; the whole text is also its title.
 * @module
 */
import { useState } from 'preact/hooks';
import { shortened } from '../text/shortened.ts';

const FEEDBACK_MS = 1_200;

export function ShortKey({ value, what }: { value: string; what: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    // Absent where the page does not come over a secure connection: the title still has the text.
    await navigator.clipboard?.writeText(value);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), FEEDBACK_MS);
  };
  return (
    <button
      type="button"
      class="key"
      title={value}
      data-copied={isCopied}
      onClick={() => void copy().catch(() => undefined)}
    >
      {isCopied ? 'copied' : shortened(value)}
      <span class="hidden">{`, copy ${what} ${value}`}</span>
    </button>
  );
}
