/** What the reward authority commits by epoch: scores of providers and their incentives. */
import { describe, expect, it } from 'vitest';
import {
  decodeEpochBook,
  decodeIncentiveClaim,
  decodeIncentiveEpoch,
  decodeMarketplace,
  decodeProvider,
} from '../../../programs/marketplace/client.generated.ts';
import { findIncentiveClaim, findIncentiveEpoch } from '../../../programs/marketplace/proof-pda.ts';
import { accountOf, bond, createMarket, createProviderParty, govern, must, register } from './actors.ts';
import { claim, commitRoot, fund, prove, reserve, treeOf } from './epoch-actors.ts';
import { INFER, INFER_MINT } from './market.ts';
import { codeOf, findBooks, hashOf, openBooks } from './proof-actors.ts';

/** Default of base_reward_rate, in base units. */
const BUDGET = 100n * INFER;

async function begin() {
  const market = await createMarket();
  const { stage } = market;
  const books = await findBooks();
  const others = [await createProviderParty(stage, 1), await createProviderParty(stage, 2)] as const;
  must(stage, openBooks(stage, books));
  for (const party of others) must(stage, register(stage, party), bond(party, 1_000n * INFER));
  return { ...market, books, parties: [market.party, ...others] as const };
}

describe('a reputation root', () => {
  it('is the reward authority’s, of ascending epochs', async () => {
    const epochs = await begin();
    const { stage, chain, books, party } = epochs;
    expect(codeOf(epochs, commitRoot(epochs, 3n, hashOf('root'), party.owner))).toBe(6133);
    must(stage, commitRoot(epochs, 3n, hashOf('root')));
    expect(codeOf(epochs, commitRoot(epochs, 3n, hashOf('root')))).toBe(6134);
    expect(codeOf(epochs, commitRoot(epochs, 2n, hashOf('root')))).toBe(6134);
    expect(chain.read(books.epochBook, decodeEpochBook)).toMatchObject({
      reputationEpoch: 3n,
      reputationRoot: hashOf('root'),
    });
    expect(chain.read(stage.marketplace, decodeMarketplace).settings.reputationEpoch).toBe(3n);
  });

  it('proves every provider’s own score of that epoch, higher or lower, and no other', async () => {
    const epochs = await begin();
    const { stage, chain, parties } = epochs;
    const [first, second, third] = parties;
    expect(codeOf(epochs, prove(epochs, first, 0, { proof: [], proofPath: [] }))).toBe(6135);
    const old = treeOf(
      [
        [first, 900_000n],
        [second, 5n],
        [third, 0n],
      ],
      7n,
    );
    must(stage, commitRoot(epochs, 7n, old.root), prove(epochs, first, 900_000, old.proofAt(0)));
    must(stage, prove(epochs, second, 5, old.proofAt(1)));
    expect(codeOf(epochs, prove(epochs, second, 900_000, old.proofAt(0)))).toBe(6135);
    expect(codeOf(epochs, prove(epochs, third, 1, old.proofAt(2)))).toBe(6135);
    expect(codeOf(epochs, prove(epochs, first, 900_000, { ...old.proofAt(0), proofPath: [true] }))).toBe(6135);
    expect(chain.read(first.provider, decodeProvider)).toMatchObject({ provenScore: 900_000, provenEpoch: 7n });

    const fallen = treeOf([[first, 100n]], 8n);
    must(stage, commitRoot(epochs, 8n, fallen.root));
    expect(codeOf(epochs, prove(epochs, first, 900_000, old.proofAt(0)))).toBe(6135);
    must(stage, prove(epochs, first, 100, fallen.proofAt(0)));
    expect(chain.read(first.provider, decodeProvider)).toMatchObject({ provenScore: 100, provenEpoch: 8n });
  });
});

describe('incentives', () => {
  it('are reserved within the budget and within what the vault has beside earlier reserves', async () => {
    const epochs = await begin();
    const { stage, chain, books } = epochs;
    expect(codeOf(epochs, fund(epochs, epochs.party, 0n))).toBe(6017);
    must(stage, fund(epochs, epochs.party, BUDGET + INFER));
    expect(codeOf(epochs, await reserve(epochs, 1n, hashOf('r'), BUDGET + 1n))).toBe(6136);
    expect(codeOf(epochs, await reserve(epochs, 1n, hashOf('r'), 1n, epochs.party.owner))).toBe(6133);
    must(stage, await reserve(epochs, 1n, hashOf('r'), BUDGET));
    expect(codeOf(epochs, await reserve(epochs, 1n, hashOf('r'), 0n))).toBe(6134);
    expect(codeOf(epochs, await reserve(epochs, 2n, hashOf('r'), INFER + 1n))).toBe(6137);
    must(stage, await reserve(epochs, 2n, hashOf('r'), INFER));
    expect(chain.read(books.epochBook, decodeEpochBook)).toMatchObject({
      incentiveEpoch: 2n,
      incentivesReserved: BUDGET + INFER,
    });
    must(stage, govern(stage, { base_reward_rate: 0n }));
    expect(codeOf(epochs, await reserve(epochs, 3n, hashOf('r'), 1n))).toBe(6136);
  });

  it('are claimed once by each provider, in any epoch and at any time, and stay reserved until then', async () => {
    const epochs = await begin();
    const { stage, chain, books, parties } = epochs;
    const [first, second] = parties;
    const trees = [1n, 2n].map((epoch) =>
      treeOf(
        [
          [first, 3n * INFER],
          [second, epoch * INFER],
        ],
        epoch,
      ),
    );
    must(stage, fund(epochs, epochs.party, 10n * INFER));
    for (const [index, tree] of trees.entries()) {
      must(stage, await reserve(epochs, BigInt(index + 1), tree.root, 5n * INFER));
    }
    const [one, two] = trees as [(typeof trees)[0], (typeof trees)[0]];
    must(stage, await claim(epochs, 2n, first, 3n * INFER, two.proofAt(0)));
    expect(codeOf(epochs, await claim(epochs, 2n, first, 3n * INFER, two.proofAt(0)))).toBe(6138);
    must(stage, await claim(epochs, 1n, first, 3n * INFER, one.proofAt(0)));
    must(stage, await claim(epochs, 1n, second, 1n * INFER, one.proofAt(1)));
    expect(chain.balance(accountOf(first.payoutAccounts, INFER_MINT))).toBe(6n * INFER);
    expect(chain.balance(accountOf(second.payoutAccounts, INFER_MINT))).toBe(INFER);
    expect(chain.read(books.epochBook, decodeEpochBook).incentivesReserved).toBe(3n * INFER);
    expect(chain.balance(books.incentiveVault)).toBe(3n * INFER);
    const epoch = await findIncentiveEpoch(1n);
    expect(chain.read(epoch, decodeIncentiveEpoch)).toMatchObject({ claimed: 4n * INFER, total: 5n * INFER });
    const marker = await findIncentiveClaim(epoch, second.provider);
    expect(chain.read(marker, decodeIncentiveClaim)).toMatchObject({ amount: INFER, provider: second.provider });
  });

  it('of a forged amount, another provider or another epoch are refused', async () => {
    const epochs = await begin();
    const { stage, parties } = epochs;
    const [first, second, third] = parties;
    const tree = treeOf(
      [
        [first, INFER],
        [second, 2n * INFER],
      ],
      1n,
    );
    must(stage, fund(epochs, epochs.party, 10n * INFER));
    must(stage, await reserve(epochs, 1n, tree.root, 3n * INFER), await reserve(epochs, 2n, tree.root, 3n * INFER));
    expect(codeOf(epochs, await claim(epochs, 1n, first, 2n * INFER, tree.proofAt(0)))).toBe(6135);
    expect(codeOf(epochs, await claim(epochs, 1n, third, INFER, tree.proofAt(0)))).toBe(6135);
    expect(codeOf(epochs, await claim(epochs, 2n, first, INFER, tree.proofAt(0)))).toBe(6135);
    const short = { ...tree.proofAt(0), proofPath: tree.proofAt(0).proofPath.slice(1) };
    expect(codeOf(epochs, await claim(epochs, 1n, first, INFER, short))).toBe(6135);
  });

  it('of a tree that promises more than its total cannot touch another epoch’s reserve', async () => {
    const epochs = await begin();
    const { stage, parties } = epochs;
    const [first, second] = parties;
    const greedy = treeOf(
      [
        [first, 3n * INFER],
        [second, 3n * INFER],
      ],
      1n,
    );
    must(stage, fund(epochs, epochs.party, 10n * INFER));
    must(stage, await reserve(epochs, 1n, greedy.root, 4n * INFER), await reserve(epochs, 2n, hashOf('r'), 6n * INFER));
    must(stage, await claim(epochs, 1n, first, 3n * INFER, greedy.proofAt(0)));
    expect(codeOf(epochs, await claim(epochs, 1n, second, 3n * INFER, greedy.proofAt(1)))).toBe(6139);
  });
});
