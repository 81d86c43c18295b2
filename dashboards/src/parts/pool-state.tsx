/**
 * Whether a pool takes part.
 * @module
 */
import { isoTime } from '../text/clock.ts';
import { Verdict } from './verdict.tsx';

interface Standing {
  readonly closedAtEpoch: string | null;
  readonly haltedAt: string | null;
}

export function PoolState({ pool: { closedAtEpoch, haltedAt } }: { pool: Standing }) {
  if (closedAtEpoch !== null) return <Verdict kind="plain">{`closed in ${closedAtEpoch}`}</Verdict>;
  if (haltedAt === null) return <Verdict kind="good">open</Verdict>;
  return (
    <Verdict kind="bad" title={`Since ${isoTime(haltedAt)}`}>
      halted
    </Verdict>
  );
}
