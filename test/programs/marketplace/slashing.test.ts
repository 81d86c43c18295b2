/** Slashes outside a challenge: by whom, on what evidence, how much, and each piece of evidence once. */
import { describe, expect, it } from 'vitest';
import { benchmarkEvidence } from '../../../programs/marketplace/checkpoints.ts';
import {
  decodeBenchmark,
  decodeProvider,
  decodeSlashRecord,
  submitBenchmark,
} from '../../../programs/marketplace/client.generated.ts';
import { findBenchmark } from '../../../programs/marketplace/pda.ts';
import { findSlashRecord } from '../../../programs/marketplace/proof-pda.ts';
import { accountOf, buy, must, orderRef, refund, start } from './actors.ts';
import { ARBITER, GOVERNANCE, INFER, INFER_MINT, INFER_TREASURY, PAYER } from './market.ts';
import {
  answer,
  asChallenger,
  attestationRef,
  challenge,
  codeOf,
  commit,
  createProofMarket,
  hashOf,
  resolve,
  select,
} from './proof-actors.ts';
import { FAILED_CHALLENGE, FALSE_BENCHMARK, NO_DELIVERY, slash } from './slash-actors.ts';

const BOND = 10_000n * INFER;
const REQUIRED = 1_000n * INFER;

/** The started order of the market, refunded a second after its delivery deadline. */
async function undelivered(isAttested = false) {
  const market = await createProofMarket();
  const { stage, chain, ref, books, work } = market;
  if (isAttested) must(stage, commit(books, work, 10n));
  chain.setTime(chain.now + 200_000n);
  must(stage, refund(stage, ref));
  const to = accountOf(market.buyer.accounts, INFER_MINT);
  return { market, evidence: ref.order, to };
}

describe('no delivery', () => {
  it('costs a twentieth of the bond that must stay: half burned, half to the buyer, on anyone’s call, once', async () => {
    const { market, evidence, to } = await undelivered();
    const { chain, stage, party } = market;
    const before = { buyer: chain.balance(to), supply: chain.supply(INFER_MINT) };
    must(stage, await slash(market, { kind: NO_DELIVERY, evidence, to }));
    const amount = REQUIRED / 20n;
    expect(chain.balance(to) - before.buyer).toBe(amount / 2n);
    expect(before.supply - chain.supply(INFER_MINT)).toBe(amount / 2n);
    expect(chain.balance(party.bondVault)).toBe(BOND - amount);
    expect(chain.read(party.provider, decodeProvider).bondTotal).toBe(BOND - amount);
    expect(chain.read(await findSlashRecord(evidence), decodeSlashRecord)).toMatchObject({
      amount,
      class: 0,
      evidence,
    });
    expect(codeOf(market, await slash(market, { kind: NO_DELIVERY, evidence, to }))).toBe(6130);
  });

  it('of a provider that attested work is for the arbiter or governance to say', async () => {
    const { market, evidence, to } = await undelivered(true);
    expect(codeOf(market, await slash(market, { kind: NO_DELIVERY, evidence, to }))).toBe(6131);
    must(market.stage, await slash(market, { kind: NO_DELIVERY, evidence, to, by: ARBITER }));
  });

  it('is no reason while the order runs, when it never started, or after its bond was let go', async () => {
    const market = await createProofMarket();
    const { stage, chain, ref, buyer, inferOffer } = market;
    const to = accountOf(buyer.accounts, INFER_MINT);
    expect(codeOf(market, await slash(market, { kind: NO_DELIVERY, evidence: ref.order, to }))).toBe(6129);
    const waiting = await orderRef(inferOffer, buyer, 1n);
    must(stage, buy(stage, waiting));
    chain.setTime(chain.now + 200_000n);
    must(stage, refund(stage, waiting), refund(stage, ref));
    expect(codeOf(market, await slash(market, { kind: NO_DELIVERY, evidence: waiting.order, to }))).toBe(6129);
    chain.setTime(chain.now + 86_401n);
    expect(codeOf(market, await slash(market, { kind: NO_DELIVERY, evidence: ref.order, to }))).toBe(6129);
  });

  it('pays the buyer of that order and nobody else', async () => {
    const { market, evidence } = await undelivered();
    const thief = accountOf(market.outsider.accounts, INFER_MINT);
    expect(codeOf(market, await slash(market, { kind: NO_DELIVERY, evidence, to: thief }))).toBe(2015);
  });

  it('leaves what is set aside for a challenge', async () => {
    const market = await createProofMarket();
    const { stage, chain, ref, buyer, inferOffer, party } = market;
    const second = await orderRef(inferOffer, buyer, 1n);
    must(stage, buy(stage, second), start(stage, second));
    select(market);
    chain.setTime(chain.now + 200_000n);
    must(stage, refund(stage, second));
    const to = accountOf(buyer.accounts, INFER_MINT);
    must(stage, await slash(market, { kind: NO_DELIVERY, evidence: second.order, to }));
    const { bondTotal, bondChallenged } = chain.read(party.provider, decodeProvider);
    expect({ bondTotal, bondChallenged }).toEqual({ bondTotal: BOND - REQUIRED / 20n, bondChallenged: REQUIRED / 2n });
    expect(ref.order).not.toBe(second.order);
  });
});

describe('a failed challenge', () => {
  it('that the arbiter left undecided is for governance, and pays the challenger', async () => {
    const market = await createProofMarket();
    const { stage, chain, books, work, party } = market;
    const challenger = asChallenger(select(market));
    const slashed = { kind: FAILED_CHALLENGE, evidence: work.challenge, to: challenger.account, by: GOVERNANCE };
    must(stage, challenge(stage, work, challenger, hashOf('x')), answer(stage, work));
    expect(codeOf(market, await slash(market, slashed))).toBe(6129);
    chain.setTime(chain.now + 604_801n);
    must(stage, resolve(stage, books, work, challenger));
    expect(codeOf(market, await slash(market, { ...slashed, by: ARBITER }))).toBe(6131);
    const before = chain.balance(challenger.account);
    must(stage, await slash(market, slashed));
    expect(chain.balance(challenger.account) - before).toBe(REQUIRED / 4n);
    expect(chain.read(party.provider, decodeProvider).bondTotal).toBe(BOND - REQUIRED / 2n);
  });

  it('that has slashed already is no evidence for another', async () => {
    const market = await createProofMarket();
    const { stage, chain, books, work } = market;
    const challenger = asChallenger(select(market));
    must(stage, challenge(stage, work, challenger, hashOf('x')));
    chain.setTime(chain.now + 3_601n);
    must(stage, resolve(stage, books, work, challenger));
    const again = { kind: FAILED_CHALLENGE, evidence: work.challenge, to: challenger.account, by: GOVERNANCE };
    expect(codeOf(market, await slash(market, again))).toBe(6129);
  });
});

describe('a false benchmark', () => {
  async function reported() {
    const market = await createProofMarket();
    const { stage, chain, party } = market;
    const deviceHash = hashOf('device');
    const evidence = await findBenchmark(party.provider, deviceHash);
    const submit = (reportHash: Uint8Array) =>
      submitBenchmark(
        {
          payer: PAYER,
          owner: party.owner,
          marketplace: stage.marketplace,
          provider: party.provider,
          benchmark: evidence,
        },
        { deviceHash, model: 0, units: 8, vramGb: 80, score: 3_170, reportHash },
      );
    must(stage, submit(hashOf('report')));
    const nameOf = () => {
      const { submittedAt, reportHash } = chain.read(evidence, decodeBenchmark);
      return benchmarkEvidence(evidence, submittedAt, reportHash);
    };
    return { market, evidence, submit, nameOf };
  }

  it('costs a fifth of the bond: half burned, half to the treasury, once for each report', async () => {
    const { market, evidence, submit, nameOf } = await reported();
    const { stage, chain, party } = market;
    const slashed = { kind: FALSE_BENCHMARK, evidence, to: INFER_TREASURY, by: ARBITER };
    must(stage, await slash(market, { ...slashed, name: nameOf() }));
    expect(chain.read(party.provider, decodeProvider).bondTotal).toBe(BOND - BOND / 5n);
    expect(chain.balance(INFER_TREASURY)).toBe(BOND / 10n);
    expect(codeOf(market, await slash(market, { ...slashed, name: nameOf() }))).toBe(6130);
    chain.setTime(chain.now + 1n);
    must(stage, submit(hashOf('another report')));
    must(stage, await slash(market, { ...slashed, by: GOVERNANCE, name: nameOf() }));
    expect(chain.read(party.provider, decodeProvider).bondTotal).toBe((BOND * 16n) / 25n);
  });

  it('is for the arbiter or governance, and for the treasury', async () => {
    const { market, evidence, nameOf } = await reported();
    const slashed = { kind: FALSE_BENCHMARK, evidence, to: INFER_TREASURY, name: nameOf() };
    expect(codeOf(market, await slash(market, { ...slashed, by: market.buyer.buyer }))).toBe(6131);
    const to = accountOf(market.buyer.accounts, INFER_MINT);
    expect(codeOf(market, await slash(market, { ...slashed, by: ARBITER, to }))).toBe(2012);
  });
});

describe('any slash', () => {
  it('names a class that exists, and evidence of that class', async () => {
    const { market, evidence, to } = await undelivered();
    expect(codeOf(market, await slash(market, { kind: 3, evidence, to }))).toBe(6128);
    expect(codeOf(market, await slash(market, { kind: FALSE_BENCHMARK, evidence, to, by: ARBITER }))).toBe(3002);
    const another = await attestationRef(market.ref, 0);
    expect(codeOf(market, await slash(market, { kind: NO_DELIVERY, evidence: another.attestation, to }))).toBe(3012);
  });
});
