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

const histories = new WeakMap<FinalChunks, ProposalHistory>();

/** Kept for as long as the stretches that it follows. */
export function keptHistory(chunks: FinalChunks): ProposalHistory {
  const known = histories.get(chunks);
  if (known !== undefined) return known;
  const submitted = new FinalRows<SubmittedRow>(chunks, submittedBetween);
  const turns = new FinalRows<ProposalStepRow>(chunks, turnsBetween);
  const history: ProposalHistory = {
    submitted: (store, slot) => submitted.upTo(slot, store),
    turns: (store, slot) => turns.upTo(slot, store),
  };
  histories.set(chunks, history);
  return history;
}
