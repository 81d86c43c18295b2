/**
 * A transaction that is asked of the API: on its way, refused, or ready to be signed.
 * @module
 */
import { useState } from 'preact/hooks';
import { type Prepared, SignPrepared } from './sign-prepared.tsx';

interface Asked {
  readonly what: string;
  readonly prepared: Prepared | null;
  readonly failure: string | null;
}

/** The newest of what is asked for stands; an answer to an earlier question is dropped. */
export function usePreparation() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const prepare = async (what: string, question: () => Promise<Prepared>) => {
    const waiting: Asked = { what, prepared: null, failure: null };
    const settle = (next: Asked) => setAsked((last) => (last === waiting ? next : last));
    setAsked(waiting);
    try {
      settle({ ...waiting, prepared: await question() });
    } catch (error) {
      settle({ ...waiting, failure: error instanceof Error ? error.message : String(error) });
    }
  };
  return { asked, prepare };
}

export function Preparation({ asked }: { asked: Asked | null }) {
  if (asked === null) return null;
  const { what, prepared, failure } = asked;
  if (failure !== null) {
    return (
      <p class="unread" role="alert">
        {failure}
      </p>
    );
  }
  if (prepared === null) return <p role="status">Preparing …</p>;
  return <SignPrepared what={what} prepared={prepared} key={prepared.transaction ?? what} />;
}
