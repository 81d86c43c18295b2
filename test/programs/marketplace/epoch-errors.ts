/**
 * For every numbered error of reputation and incentives a chain and an instruction that it refuses.
 * @module
 */
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { createMarket, must } from './actors.ts';
import { claim, commitRoot, fund, prove, reserve, treeOf } from './epoch-actors.ts';
import { ADMIN, INFER } from './market.ts';
import { findBooks, openBooks } from './proof-actors.ts';
import { type Case, refusal } from './registry-errors.ts';

const ROOT = new Uint8Array(32);
const BUDGET = 100n * INFER;

async function createEpochs() {
  const market = await createMarket();
  const books = await findBooks();
  must(market.stage, openBooks(market.stage, books));
  const epochs = { ...market, books };
  must(market.stage, fund(epochs, market.party, 10n * INFER));
  return epochs;
}

type Epochs = Awaited<ReturnType<typeof createEpochs>>;

function onEpochs(act: (epochs: Epochs) => ProgramInstruction | Promise<ProgramInstruction>): Case {
  return async () => {
    const epochs = await createEpochs();
    return refusal(epochs.stage, await act(epochs));
  };
}

export const EPOCH_CASES: Readonly<Record<string, Case>> = {
  NotRewardAuthority: onEpochs((epochs) => commitRoot(epochs, 1n, ROOT, ADMIN)),
  EpochNotAscending: onEpochs((epochs) => commitRoot(epochs, 0n, ROOT)),
  InvalidTreeProof: onEpochs((epochs) => prove(epochs, epochs.party, 1, { proof: [], proofPath: [] })),
  IncentivesAboveBudget: onEpochs((epochs) => reserve(epochs, 1n, ROOT, BUDGET + 1n)),
  IncentiveVaultTooSmall: onEpochs((epochs) => reserve(epochs, 1n, ROOT, 10n * INFER + 1n)),
  IncentiveAlreadyClaimed: onEpochs(async (epochs) => {
    const tree = treeOf([[epochs.party, INFER]], 1n);
    const claimed = await claim(epochs, 1n, epochs.party, INFER, tree.proofAt(0));
    must(epochs.stage, await reserve(epochs, 1n, tree.root, INFER), claimed);
    return claimed;
  }),
  IncentivesExhausted: onEpochs(async (epochs) => {
    const tree = treeOf([[epochs.party, 2n * INFER]], 1n);
    must(epochs.stage, await reserve(epochs, 1n, tree.root, INFER));
    return claim(epochs, 1n, epochs.party, 2n * INFER, tree.proofAt(0));
  }),
};
