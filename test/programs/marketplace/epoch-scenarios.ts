/**
 * Scenarios of reputation and incentives.
 * @module
 */
import type { Scenario, Scenarios } from '../scenario.ts';
import { OWNED } from '../wrong-accounts.ts';
import { must } from './actors.ts';
import { claim, commitRoot, fund, prove, reserve, treeOf } from './epoch-actors.ts';
import { INFER } from './market.ts';
import { OWN_ACCOUNT, scenario } from './pair.ts';
import { createProofPair, type ProofPair } from './proof-pair.ts';

function epochScenario(
  pair: ProofPair,
  instruction: Parameters<typeof scenario>[1],
  exceptions: Scenario['exceptions'] = {},
): Scenario {
  return scenario(pair, instruction, { epoch_book: [OWNED], ...exceptions });
}

/** A pair whose vault holds two reserved epochs with a leaf for each provider. */
async function createReserved() {
  const pair = await createProofPair();
  const trees = [1n, 2n].map((epoch) => {
    return treeOf(
      [
        [pair.party, 2n * INFER],
        [pair.other, INFER],
      ],
      epoch,
    );
  });
  must(pair.stage, fund(pair, pair.party, 20n * INFER));
  for (const [index, { root }] of trees.entries()) {
    must(pair.stage, await reserve(pair, BigInt(index + 1), root, 3n * INFER));
  }
  return { pair, tree: trees[0] as (typeof trees)[0] };
}

export const EPOCH_SCENARIOS: Scenarios = {
  async commit_reputation_root() {
    const pair = await createProofPair();
    return epochScenario(pair, commitRoot(pair, 1n, new Uint8Array(32)));
  },
  async prove_reputation() {
    const pair = await createProofPair();
    const tree = treeOf(
      [
        [pair.party, 800_000n],
        [pair.other, 1n],
      ],
      4n,
    );
    must(pair.stage, commitRoot(pair, 4n, tree.root));
    return epochScenario(pair, prove(pair, pair.party, 800_000, tree.proofAt(0)));
  },
  async fund_incentives() {
    const pair = await createProofPair();
    return epochScenario(pair, fund(pair, pair.party, INFER), { funder_token_account: [OWN_ACCOUNT] });
  },
  async commit_incentives() {
    const { pair } = await createReserved();
    return epochScenario(pair, await reserve(pair, 3n, new Uint8Array(32), INFER));
  },
  async claim_incentive() {
    const { pair, tree } = await createReserved();
    return epochScenario(pair, await claim(pair, 1n, pair.party, 2n * INFER, tree.proofAt(0)), {
      provider_token_account: [OWN_ACCOUNT],
    });
  },
};
