/** Challenges from the draw to the money, with every way they end. */
import { describe, expect, it } from 'vitest';
import {
  decodeAttestation,
  decodeChallenge,
  decodeOrder,
  decodeProvider,
  decodeVerifier,
  decodeVerifierSet,
} from '../../../programs/marketplace/client.generated.ts';
import { accountOf, bond, must } from './actors.ts';
import { INFER, INFER_MINT } from './market.ts';
import {
  type AttestationRef,
  answer,
  asChallenger,
  attestationRef,
  type Challenger,
  challenge,
  checkpointsOf,
  clear,
  codeOf,
  createProofMarket,
  draw,
  drawnOf,
  hashOf,
  honestClaim,
  judge,
  type ProofMarket,
  resolve,
  select,
  selectAndChallenge,
  statusOf,
  withoutRecord,
} from './proof-actors.ts';

const DEPOSIT = 10n * INFER;
const WRONG = hashOf('another computation');

/** Half of what the tier asks for: the provider has 10,000 INFER of bond and few locks. */
const SLASH = 500n * INFER;

function provider({ chain, ref }: ProofMarket) {
  return chain.read(ref.party.provider, decodeProvider);
}

function balances({ chain, ref }: ProofMarket, { account }: Challenger) {
  return {
    challenger: chain.balance(account),
    provider: chain.balance(accountOf(ref.party.payoutAccounts, INFER_MINT)),
    bond: chain.balance(ref.party.bondVault),
    supply: chain.supply(INFER_MINT),
  };
}

function passSeconds({ chain }: ProofMarket, seconds: bigint): void {
  chain.setTime(chain.now + seconds);
}

describe('a drawn challenge', () => {
  it('sets aside half of the bond that must stay, until it ends', async () => {
    const market = await createProofMarket();
    select(market);
    expect(provider(market).bondChallenged).toBe(SLASH);
    expect(market.chain.read(market.work.attestation, decodeAttestation)).toMatchObject({
      status: 2,
      slashAmount: SLASH,
    });
    expect(market.chain.read(market.ref.order, decodeOrder).openAttestationCount).toBe(1);
  });

  it('belongs to the drawn verifier first and to anyone after its turn', async () => {
    const market = await createProofMarket();
    const { stage, work, verifiers, outsider } = market;
    const drawn = select(market);
    const another = verifiers.find((party) => party !== drawn);
    if (another === undefined) throw new Error('nobody else');
    const claim = honestClaim(stage, work);
    expect(codeOf(market, challenge(stage, work, asChallenger(another), claim))).toBe(6120);
    expect(codeOf(market, challenge(stage, work, withoutRecord(outsider), claim))).toBe(6120);
    passSeconds(market, 600n);
    must(stage, challenge(stage, work, withoutRecord(outsider), claim));
    expect(market.chain.read(work.challenge, decodeChallenge)).toMatchObject({
      challenger: outsider.buyer,
      verifier: '11111111111111111111111111111111',
      deposit: DEPOSIT,
      segmentCount: 4,
    });
  });

  it('can no longer be opened when its time is over, and then lets the bond go', async () => {
    const market = await createProofMarket();
    const { stage, work } = market;
    const drawn = select(market);
    const claim = honestClaim(stage, work);
    expect(codeOf(market, clear(work))).toBe(6118);
    passSeconds(market, 600n + 86_400n);
    expect(codeOf(market, clear(work))).toBe(6118);
    passSeconds(market, 1n);
    expect(codeOf(market, challenge(stage, work, asChallenger(drawn), claim))).toBe(6119);
    must(stage, clear(work));
    expect(provider(market).bondChallenged).toBe(0n);
    expect(market.chain.read(market.ref.order, decodeOrder).openAttestationCount).toBe(0);
    expect(codeOf(market, clear(work))).toBe(6117);
  });

  it('needs the deposit in the challenger’s own account', async () => {
    const market = await createProofMarket();
    const { stage, work, verifiers, outsider } = market;
    const drawn = select(market);
    const stolen = { ...asChallenger(drawn), account: accountOf(outsider.accounts, INFER_MINT) };
    expect(codeOf(market, challenge(stage, work, stolen, WRONG))).toBe(2015);
    const otherRecord = { ...asChallenger(drawn), verifier: verifiers.find((party) => party !== drawn)?.verifier };
    expect(codeOf(market, challenge(stage, work, otherRecord as Challenger, WRONG))).toBe(2001);
  });
});

describe('an answer', () => {
  it('that matches passes the challenge: deposit back, bond free, one share of the fees', async () => {
    const market = await createProofMarket();
    const { stage, work, books, chain } = market;
    const challenger = asChallenger(select(market));
    const before = balances(market, challenger);
    must(stage, challenge(stage, work, challenger, honestClaim(stage, work)), answer(stage, work));
    expect(statusOf(market, work)).toBe(1);
    must(stage, resolve(stage, books, work, challenger));
    expect(balances(market, challenger)).toEqual(before);
    expect(statusOf(market, work)).toBe(5);
    expect(chain.data(work.challengeVault)).toBeNull();
    expect(provider(market).bondChallenged).toBe(0n);
    const drawn = challenger.verifier;
    if (drawn === undefined) throw new Error('no record');
    expect(chain.read(drawn, decodeVerifier)).toMatchObject({ completedCount: 1n, inferShares: 1n, usdcShares: 1n });
    expect(chain.read(books.verifierSet, decodeVerifierSet)).toMatchObject({ inferShares: 1n, usdcShares: 1n });
  });

  it('may come in several calls, in the drawn order only', async () => {
    const market = await createProofMarket();
    const { stage, work, chain } = market;
    selectAndChallenge(market);
    const drawn = drawnOf(stage, work);
    const [first = 0, ...rest] = drawn;
    const other = work.tree.checkpoints.findIndex((_, index) => index !== first);
    expect(codeOf(market, answer(stage, work, [other]))).toBe(6123);
    must(stage, answer(stage, work, [first]));
    expect(chain.read(work.challenge, decodeChallenge)).toMatchObject({ status: 0, revealedCount: 1 });
    expect(codeOf(market, answer(stage, work, [...rest, first]))).toBe(6123);
    expect(codeOf(market, answer(stage, work, []))).toBe(6123);
    must(stage, answer(stage, work, rest));
    expect(statusOf(market, work)).toBe(1);
    expect(codeOf(market, answer(stage, work, rest))).toBe(6121);
  });

  it('from another tree, even of the same checkpoints, is refused', async () => {
    const market = await createProofMarket();
    const { stage, work, ref } = market;
    selectAndChallenge(market);
    const drawn = drawnOf(stage, work);
    const ofTheNext = await attestationRef(ref, 1);
    const forged: AttestationRef = { ...work, tree: ofTheNext.tree };
    expect(codeOf(market, answer(stage, forged, drawn))).toBe(6123);
    const invented: AttestationRef = {
      ...work,
      tree: (await attestationRef(ref, 0, checkpointsOf('invented'))).tree,
    };
    expect(codeOf(market, answer(stage, invented, drawn))).toBe(6123);
  });

  it('is too late after its deadline, and silence is slashed: half burned, half to the challenger', async () => {
    const market = await createProofMarket();
    const { stage, work, books, chain } = market;
    const challenger = asChallenger(select(market));
    const before = balances(market, challenger);
    must(stage, challenge(stage, work, challenger, honestClaim(stage, work)));
    passSeconds(market, 3_600n);
    expect(codeOf(market, resolve(stage, books, work, challenger))).toBe(6126);
    passSeconds(market, 1n);
    expect(codeOf(market, answer(stage, work))).toBe(6122);
    must(stage, resolve(stage, books, work, challenger));
    expect(balances(market, challenger)).toEqual({
      challenger: before.challenger + SLASH / 2n,
      provider: before.provider,
      bond: before.bond - SLASH,
      supply: before.supply - SLASH / 2n,
    });
    expect(provider(market)).toMatchObject({ bondTotal: before.bond - SLASH, bondChallenged: 0n });
    expect(chain.read(market.ref.order, decodeOrder)).toMatchObject({
      failedChallengeCount: 1,
      openAttestationCount: 0,
    });
    expect(statusOf(market, work)).toBe(6);
    expect(codeOf(market, resolve(stage, books, work, challenger))).toBe(6127);
  });

  it('that stops half-way counts as silence', async () => {
    const market = await createProofMarket();
    const { stage, work, books } = market;
    const challenger = selectAndChallenge(market);
    must(stage, answer(stage, work, drawnOf(stage, work).slice(0, 3)));
    passSeconds(market, 3_601n);
    must(stage, resolve(stage, books, work, challenger));
    expect(statusOf(market, work)).toBe(6);
  });
});

describe('a contested answer', () => {
  async function contested() {
    const market = await createProofMarket();
    const challenger = asChallenger(select(market));
    const before = balances(market, challenger);
    must(market.stage, challenge(market.stage, market.work, challenger, WRONG), answer(market.stage, market.work));
    expect(statusOf(market, market.work)).toBe(2);
    return { market, challenger, before };
  }

  it('judged against the challenger gives its deposit to the provider, and no share of the fees', async () => {
    const { market, challenger, before } = await contested();
    const { stage, work, books, chain } = market;
    must(stage, judge(stage, work, false), resolve(stage, books, work, challenger));
    expect(balances(market, challenger)).toEqual({
      ...before,
      challenger: before.challenger - DEPOSIT,
      provider: before.provider + DEPOSIT,
    });
    expect(statusOf(market, work)).toBe(7);
    expect(chain.read(books.verifierSet, decodeVerifierSet).inferShares).toBe(0n);
    expect(chain.read(work.attestation, decodeAttestation).status).toBe(4);
  });

  it('judged against the provider is slashed', async () => {
    const { market, challenger, before } = await contested();
    const { stage, work, books } = market;
    must(stage, judge(stage, work, true));
    expect(codeOf(market, judge(stage, work, false))).toBe(6124);
    must(stage, resolve(stage, books, work, challenger));
    expect(balances(market, challenger)).toEqual({
      ...before,
      challenger: before.challenger + SLASH / 2n,
      bond: before.bond - SLASH,
      supply: before.supply - SLASH / 2n,
    });
  });

  it('that nobody judges in time costs nobody anything', async () => {
    const { market, challenger, before } = await contested();
    const { stage, work, books, chain } = market;
    passSeconds(market, 604_800n);
    expect(codeOf(market, resolve(stage, books, work, challenger))).toBe(6126);
    passSeconds(market, 1n);
    must(stage, resolve(stage, books, work, challenger));
    expect(balances(market, challenger)).toEqual(before);
    expect(statusOf(market, work)).toBe(8);
    expect(chain.read(work.attestation, decodeAttestation).status).toBe(7);
  });

  it('is judged by the arbiter alone', async () => {
    const { market, challenger } = await contested();
    const { stage, work } = market;
    const forged = judge(stage, work, true);
    const [arbiter, ...rest] = forged.accounts;
    if (arbiter === undefined) throw new Error('no accounts');
    const accounts = [{ ...arbiter, address: challenger.owner }, ...rest];
    expect(codeOf(market, { ...forged, accounts })).toBe(6125);
  });
});

describe('bond under challenge', () => {
  it('covers every open challenge, however many there are', async () => {
    const market = await createProofMarket();
    const { stage, books, chain, ref } = market;
    const works = await Promise.all(Array.from({ length: 30 }, (_, index) => attestationRef(ref, index)));
    for (const [index, work] of works.entries()) select(market, work, 100n + BigInt(index));
    const { bondTotal, bondChallenged } = provider(market);
    expect(bondChallenged).toBeGreaterThan(SLASH * 10n);
    expect(bondChallenged).toBeLessThanOrEqual(bondTotal);
    const challengers = works.map((work) => {
      const attestation = chain.read(work.attestation, decodeAttestation);
      const party = market.verifiers.find(({ verifier }) => verifier === attestation.verifier);
      if (party === undefined) throw new Error('nobody drawn');
      must(stage, challenge(stage, work, asChallenger(party), WRONG));
      return asChallenger(party);
    });
    passSeconds(market, 3_601n);
    must(stage, ...works.map((work, index) => resolve(stage, books, work, challengers[index] as Challenger)));
    expect(provider(market).bondChallenged).toBe(0n);
    expect(chain.balance(ref.party.bondVault)).toBe(provider(market).bondTotal);
    must(stage, bond(ref.party, INFER));
  });

  it('what strangers send to a challenge’s vault leaves with the deposit', async () => {
    const market = await createProofMarket();
    const { stage, work, books, chain } = market;
    const challenger = selectAndChallenge(market);
    chain.putTokens(work.challengeVault, INFER_MINT, work.challenge, DEPOSIT + 7n);
    must(stage, answer(stage, work));
    const before = chain.balance(challenger.account);
    must(stage, resolve(stage, books, work, challenger));
    expect(chain.balance(challenger.account) - before).toBe(DEPOSIT + 7n);
    expect(chain.events.at(-1)).toMatchObject({ name: 'ChallengeResolved', data: { surplus: 7n, outcome: 5 } });
  });
});

describe('a draw', () => {
  it('happens once', async () => {
    const market = await createProofMarket();
    const drawn = select(market);
    expect(codeOf(market, draw(market.stage, market.books, market.work, drawn.verifier))).toBe(6115);
  });
});
