/** Verifiers: seats, bonds, and the part of the fees that completed challenges earn. */
import { describe, expect, it } from 'vitest';
import {
  claimVerifierFees,
  decodeVerifier,
  decodeVerifierSet,
} from '../../../programs/marketplace/client.generated.ts';
import { accountOf, must } from './actors.ts';
import { address, INFER, INFER_MINT, USDC_MINT } from './market.ts';
import {
  answer,
  asChallenger,
  attestationRef,
  challenge,
  codeOf,
  createProofMarket,
  createVerifierParty,
  enroll,
  hashOf,
  honestClaim,
  judge,
  leave,
  openBooks,
  type ProofMarket,
  passBlocks,
  resolve,
  select,
  takeBond,
  VERIFIER_BOND,
  type VerifierParty,
} from './proof-actors.ts';
import { claimFees } from './slash-actors.ts';

const DAY = 86_400n;

/** Fees that have arrived, written straight into the vault. */
function putFees({ stage, chain }: ProofMarket, amount: bigint, mint = INFER_MINT): void {
  const vault = mint === USDC_MINT ? stage.usdcVerifierVault : stage.inferVerifierVault;
  chain.putTokens(vault, mint, stage.marketplace, amount);
}

/** Completes one challenge; returns the drawn verifier. */
async function complete(market: ProofMarket, index: number): Promise<VerifierParty> {
  const { stage, books, ref } = market;
  const work = await attestationRef(ref, index);
  const drawn = select(market, work, BigInt(index + 1));
  const challenger = asChallenger(drawn);
  must(stage, challenge(stage, work, challenger, honestClaim(stage, work)), answer(stage, work));
  must(stage, resolve(stage, books, work, challenger));
  return drawn;
}

describe('a seat', () => {
  it('costs the bond, and a smaller one is refused', async () => {
    const market = await createProofMarket();
    const { stage, books, chain } = market;
    const late = await createVerifierParty(stage, 8);
    expect(codeOf(market, enroll(stage, books, late, VERIFIER_BOND - 1n))).toBe(6106);
    must(stage, enroll(stage, books, late));
    expect(chain.balance(late.bondVault)).toBe(VERIFIER_BOND);
    expect(chain.read(late.verifier, decodeVerifier)).toMatchObject({ seat: 3, bond: VERIFIER_BOND });
    expect(chain.read(books.verifierSet, decodeVerifierSet).count).toBe(4);
    expect(chain.send(openBooks(stage, books)).ok).toBe(false);
  });

  it('that is given up goes to the verifier of the last one', async () => {
    const market = await createProofMarket();
    const { stage, books, chain, verifiers } = market;
    const [first, second, third] = verifiers as [VerifierParty, VerifierParty, VerifierParty];
    expect(codeOf(market, leave(stage, books, first, second.verifier))).toBe(6110);
    expect(codeOf(market, leave(stage, books, first))).toBe(6110);
    must(stage, leave(stage, books, first, third.verifier));
    expect(chain.read(third.verifier, decodeVerifier).seat).toBe(0);
    expect(codeOf(market, leave(stage, books, first, second.verifier))).toBe(6107);
    expect(codeOf(market, leave(stage, books, second, third.verifier))).toBe(2012);
    must(stage, leave(stage, books, second), leave(stage, books, third));
    expect(chain.read(books.verifierSet, decodeVerifierSet).count).toBe(0);
  });
});

describe('a verifier’s bond', () => {
  it('returns after the delay, with the rent, and the verifier may come again', async () => {
    const market = await createProofMarket();
    const { stage, books, chain, verifiers } = market;
    const [party, , last] = verifiers as [VerifierParty, VerifierParty, VerifierParty];
    const infer = accountOf(party.accounts, INFER_MINT);
    const before = chain.balance(infer);
    expect(codeOf(market, takeBond(party))).toBe(6108);
    must(stage, leave(stage, books, party, last.verifier));
    chain.setTime(chain.now + 7n * DAY - 1n);
    expect(codeOf(market, takeBond(party))).toBe(6102);
    chain.setTime(chain.now + 1n);
    must(stage, takeBond(party));
    expect(chain.balance(infer) - before).toBe(VERIFIER_BOND);
    expect(chain.data(party.verifier)).toBeNull();
    expect(chain.data(party.bondVault)).toBeNull();
    must(stage, enroll(stage, books, party));
    expect(chain.read(party.verifier, decodeVerifier).seat).toBe(2);
  });

  it('stays while a challenge is open or fees are unclaimed', async () => {
    const market = await createProofMarket();
    const { stage, books, chain, verifiers, work } = market;
    const drawn = select(market);
    const challenger = asChallenger(drawn);
    must(stage, challenge(stage, work, challenger, honestClaim(stage, work)), answer(stage, work));
    must(stage, leave(stage, books, drawn, verifiers[2]?.verifier as typeof drawn.verifier));
    chain.setTime(chain.now + 7n * DAY);
    expect(codeOf(market, takeBond(drawn))).toBe(6109);
    must(stage, resolve(stage, books, work, challenger));
    expect(codeOf(market, takeBond(drawn))).toBe(6109);
    must(stage, claimFees(market, drawn), claimFees(market, drawn, USDC_MINT), takeBond(drawn));
  });

  it('does not open challenges once its verifier leaves', async () => {
    const market = await createProofMarket();
    const { stage, books, verifiers, work } = market;
    const drawn = select(market);
    must(stage, leave(stage, books, drawn, verifiers[2]?.verifier as typeof drawn.verifier));
    expect(codeOf(market, challenge(stage, work, asChallenger(drawn), hashOf('x')))).toBe(6107);
  });
});

describe('verifier fees', () => {
  it('are shared by unclaimed completed challenges, in any order of claims, and never overpaid', async () => {
    const market = await createProofMarket();
    const { stage, chain, verifiers } = market;
    for (let index = 0; index < 7; index += 1) await complete(market, index);
    const shares = verifiers.map(({ verifier }) => chain.read(verifier, decodeVerifier).inferShares);
    expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(7n);
    const pot = 1_000_000_007n;
    putFees(market, pot);
    let left = pot;
    let all = 7n;
    for (const [index, party] of [...verifiers.entries()].reverse()) {
      const own = shares[index] ?? 0n;
      if (own === 0n) continue;
      const before = chain.balance(accountOf(party.accounts, INFER_MINT));
      must(stage, claimFees(market, party));
      const paid = chain.balance(accountOf(party.accounts, INFER_MINT)) - before;
      expect(paid).toBe((left * own) / all);
      expect(paid - (pot * own) / 7n).toBeLessThanOrEqual(7n);
      left -= paid;
      all -= own;
    }
    expect(chain.balance(stage.inferVerifierVault)).toBe(left);
    expect(left).toBe(0n);
  });

  it('of one mint leave the shares of the other', async () => {
    const market = await createProofMarket();
    const { stage, chain } = market;
    const drawn = await complete(market, 0);
    putFees(market, 100n);
    putFees(market, 50n, USDC_MINT);
    must(stage, claimFees(market, drawn));
    expect(codeOf(market, claimFees(market, drawn))).toBe(6132);
    must(stage, claimFees(market, drawn, USDC_MINT));
    expect(chain.balance(accountOf(drawn.accounts, USDC_MINT))).toBe(50n);
    expect(chain.events.at(-1)).toMatchObject({
      name: 'VerifierFeesClaimed',
      data: { challengeCount: 1n, amount: 50n },
    });
  });

  it('are of INFER and USDC only', async () => {
    const market = await createProofMarket();
    const { chain } = market;
    const drawn = await complete(market, 0);
    const other = address(50);
    chain.putMint(other, 6, 1_000n);
    chain.putTokens(address(51), other, drawn.owner, 0n);
    const instruction = claimVerifierFees({
      marketplace: market.stage.marketplace,
      verifierSet: market.books.verifierSet,
      verifier: drawn.verifier,
      mint: other,
      verifierVault: market.stage.inferVerifierVault,
      ownerTokenAccount: address(51),
    });
    expect(codeOf(market, instruction)).toBe(6022);
  });

  it('do not go to a claim that was judged wrong', async () => {
    const market = await createProofMarket();
    const { stage, books, work } = market;
    const drawn = select(market);
    const challenger = asChallenger(drawn);
    must(stage, challenge(stage, work, challenger, hashOf('wrong')), answer(stage, work), judge(stage, work, false));
    must(stage, resolve(stage, books, work, challenger));
    passBlocks(market.chain, 1n);
    putFees(market, INFER);
    expect(codeOf(market, claimFees(market, drawn))).toBe(6132);
  });
});
