/**
 * The status of a proposal as a word.
 * @module
 */
import { Verdict, type VerdictKind } from '../../parts/verdict.tsx';
import type { ProposalStatus } from '../../queries.generated.ts';
import { inWords } from '../../text/words.ts';

const kinds: Partial<Readonly<Record<ProposalStatus, VerdictKind>>> = {
  ...{ EXECUTED: 'good', QUEUED: 'good', VOTING: 'warn' },
  ...{ DEFEATED: 'bad', VETOED: 'bad', INVALIDATED: 'bad', QUORUM_NOT_MET: 'bad' },
};

export function StatusVerdict({ status }: { status: ProposalStatus }) {
  return <Verdict kind={kinds[status] ?? 'plain'}>{inWords(status)}</Verdict>;
}
