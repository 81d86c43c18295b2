/**
 * What became of proposals, without reading all of history each time: as `final-rows.ts` keeps it.
 * @module
 */
import {
  type ProposalHistory,
  type ProposalStepRow,
  type SubmittedRow,
  submittedBetween,
  turnsBetween,
} from '../../indexer/store/queries/governance/proposals.ts';
import type { FinalChunks } from './final-chunks.ts';
import { FinalRows } from './final-rows.ts';

export function createProposalHistory(chunks: FinalChunks): ProposalHistory {
  const submitted = new FinalRows<SubmittedRow>(chunks, submittedBetween);
  const turns = new FinalRows<ProposalStepRow>(chunks, turnsBetween);
  return {
    submitted: (store, slot) => submitted.upTo(slot, store),
    turns: (store, slot) => turns.upTo(slot, store),
  };
}
