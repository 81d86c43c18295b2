/** Attestations and what a block hash draws for them: nobody chooses, and nobody gains by looking away. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkpointTree,
  drawnSeat,
  drawnSegments,
  drawSeed,
  isSelected,
  reveal,
} from '../../../programs/marketplace/checkpoints.ts';
import { decodeAttestation, decodeOrder } from '../../../programs/marketplace/client.generated.ts';
import { buy, confirm, govern, must, orderRef } from './actors.ts';
import { STRANGER } from './market.ts';
import {
  answer,
  asChallenger,
  attestationRef,
  blockHash,
  challenge,
  checkpointsOf,
  codeOf,
  commit,
  createProofMarket,
  createVerifierParty,
  draw,
  drawnVerifier,
  enroll,
  hashOf,
  honestClaim,
  leave,
  type ProofMarket,
  passBlocks,
  putBlocks,
  resolve,
  select,
  setSlot,
  slotOf,
} from './proof-actors.ts';

function attestationOf({ chain, work }: ProofMarket) {
  return chain.read(work.attestation, decodeAttestation);
}

describe('an attestation', () => {
  it('claims rising GPU-seconds within what the order could have run', async () => {
    const market = await createProofMarket();
    const { books, work, ref, stage } = market;
    const most = 2n * 1_800n;
    expect(codeOf(market, commit(books, work, most + 1n))).toBe(6114);
    expect(codeOf(market, commit(books, work, 0n))).toBe(6113);
    must(stage, commit(books, work, most));
    const next = await attestationRef(ref, 1);
    expect(codeOf(market, commit(books, next, most))).toBe(6113);
    market.chain.setTime(market.chain.now + 1_000_000n);
    expect(codeOf(market, commit(books, next, 2n * 3_600n + 1n))).toBe(6114);
    must(stage, commit(books, next, 2n * 3_600n));
    expect(market.chain.read(ref.order, decodeOrder)).toMatchObject({
      attestationCount: 2,
      attestedGpuSeconds: 7_200n,
      openAttestationCount: 2,
    });
  });

  it('has at least one checkpoint and at most 2^24', async () => {
    const market = await createProofMarket();
    for (const count of [0, (1 << 24) + 1]) {
      const instruction = commit(market.books, market.work, 1n);
      new DataView(instruction.data.buffer, instruction.data.byteOffset).setUint32(40, count, true);
      expect(codeOf(market, instruction)).toBe(6112);
    }
  });

  it('is for started orders, and for settled ones within their challenge window', async () => {
    const market = await createProofMarket();
    const { stage, chain, books, ref, buyer, inferOffer, work } = market;
    const waiting = await orderRef(inferOffer, buyer, 1n);
    must(stage, buy(stage, waiting));
    expect(codeOf(market, commit(books, await attestationRef(waiting, 0), 1n))).toBe(6111);
    must(stage, confirm(stage, ref), commit(books, work, 1n));
    chain.setTime(chain.now + 86_400n);
    expect(codeOf(market, commit(books, await attestationRef(ref, 1), 2n))).toBe(6111);
  });
});

describe('the draw', () => {
  it('waits for a block after the attestation, and takes the first one whatever comes later', async () => {
    const market = await createProofMarket();
    const { stage, chain, books, work } = market;
    must(stage, commit(books, work, 1_000n));
    const at = slotOf(chain);
    expect(codeOf(market, draw(stage, books, work))).toBe(6116);
    passBlocks(chain, 1n);
    expect(codeOf(market, draw(stage, books, work))).toBe(6116);
    passBlocks(chain, 400n);
    must(stage, draw(stage, books, work, drawnVerifier(market, work).verifier));
    const event = chain.events.at(-1);
    expect(event).toMatchObject({
      name: 'AttestationDrawn',
      data: { blockSlot: at + 1n, blockHash: blockHash(at + 1n) },
    });
    expect(attestationOf(market).seed).toEqual(drawSeed(blockHash(at + 1n), work.attestation));
  });

  it('skips slots without a block', async () => {
    const market = await createProofMarket();
    const { stage, chain, books, work } = market;
    must(stage, commit(books, work, 1_000n));
    const at = slotOf(chain);
    putBlocks(chain, [at + 9n, at + 5n, at + 4n, at, at - 1n]);
    const seat = drawnSeat(drawSeed(blockHash(at + 4n), work.attestation), 3) ?? 0;
    must(stage, draw(stage, books, work, market.verifiers[seat]?.verifier));
    expect(chain.events.at(-1)).toMatchObject({ data: { blockSlot: at + 4n } });
  });

  it('that was missed is armed again and then selects for certain: looking away never helps', async () => {
    const market = await createProofMarket({ challenge_frequency_ppm: 0n });
    const { stage, chain, books, work } = market;
    must(stage, commit(books, work, 1_000n));
    passBlocks(chain, 514n);
    must(stage, draw(stage, books, work));
    expect(chain.events.at(-1)).toMatchObject({ name: 'AttestationRearmed', data: { drawAfterSlot: slotOf(chain) } });
    expect(attestationOf(market)).toMatchObject({ status: 0, isCertain: true, drawAfterSlot: slotOf(chain) });
    expect(codeOf(market, draw(stage, books, work))).toBe(6116);
    passBlocks(chain, 2n);
    must(stage, draw(stage, books, work, drawnVerifier(market, work).verifier));
    expect(attestationOf(market).status).toBe(2);
  });

  it('is known to the last of 512 blocks, and missed after it', async () => {
    const market = await createProofMarket({ challenge_frequency_ppm: 0n });
    const { stage, chain, books, work } = market;
    must(stage, commit(books, work, 1_000n));
    passBlocks(chain, 513n);
    must(stage, draw(stage, books, work));
    expect(attestationOf(market).status).toBe(1);
  });

  it('selects as often as governed', async () => {
    const market = await createProofMarket({ challenge_frequency_ppm: 200_000n });
    const { stage, chain, books, ref } = market;
    let selected = 0;
    for (let index = 0; index < 150; index += 1) {
      const work = await attestationRef(ref, index, checkpointsOf('one', 1));
      must(stage, commit(books, work, BigInt(index + 1)));
      passBlocks(chain, 2n);
      must(stage, draw(stage, books, work, drawnVerifier(market, work).verifier));
      const { status, seed } = chain.read(work.attestation, decodeAttestation);
      expect(status === 2).toBe(isSelected(seed, 200_000n));
      selected += status === 2 ? 1 : 0;
    }
    expect(selected).toBeGreaterThan(15);
    expect(selected).toBeLessThan(50);
  });

  it('that does not select leaves nothing open', async () => {
    const market = await createProofMarket({ challenge_frequency_ppm: 0n });
    const { stage, books, work, ref, chain } = market;
    must(stage, commit(books, work, 1_000n));
    passBlocks(chain, 2n);
    must(stage, draw(stage, books, work));
    expect(chain.read(ref.order, decodeOrder).openAttestationCount).toBe(0);
    expect(codeOf(market, challenge(stage, work, asChallenger(market.verifiers[0] as never), hashOf('x')))).toBe(6117);
  });

  it('reads no other account than the sysvar', async () => {
    const market = await createProofMarket();
    const { stage, chain, books, work } = market;
    must(stage, commit(books, work, 1_000n));
    passBlocks(chain, 2n);
    const instruction = draw(stage, books, work, drawnVerifier(market, work).verifier);
    const sysvar = instruction.accounts.at(-1);
    if (sysvar === undefined) throw new Error('no accounts');
    const forged = { ...sysvar, address: STRANGER };
    chain.put(STRANGER, sysvar.address, chain.data(sysvar.address) as Uint8Array);
    expect(codeOf(market, { ...instruction, accounts: [...instruction.accounts.slice(0, -1), forged] })).toBe(2012);
  });
});

describe('the first turn', () => {
  it('is the drawn seat’s, and another verifier cannot be brought in its place', async () => {
    const market = await createProofMarket();
    const { stage, books, work, verifiers, chain } = market;
    must(stage, commit(books, work, 1_000n));
    passBlocks(chain, 2n);
    const drawn = drawnVerifier(market, work);
    const another = verifiers.find((party) => party !== drawn);
    expect(codeOf(market, draw(stage, books, work, another?.verifier))).toBe(6110);
    expect(codeOf(market, draw(stage, books, work))).toBe(6110);
    must(stage, draw(stage, books, work, drawn.verifier));
    expect(attestationOf(market).verifier).toBe(drawn.verifier);
  });

  it('does not go to who registers or moves after the attestation', async () => {
    const market = await createProofMarket();
    const { stage, books, work, verifiers, chain } = market;
    must(stage, commit(books, work, 1_000n));
    passBlocks(chain, 2n);
    const drawn = drawnVerifier(market, work);
    const seat = verifiers.indexOf(drawn);
    const last = verifiers[2];
    const late = await createVerifierParty(stage, 7);
    must(stage, leave(stage, books, drawn, last?.verifier), enroll(stage, books, late));
    // Seat 2 is now the newcomer's; the drawn seat, unless it was the last, belongs to who sat there.
    const sits = seat === 2 ? late : last;
    must(stage, draw(stage, books, work, sits?.verifier));
    expect(attestationOf(market)).toMatchObject({ verifier: '11111111111111111111111111111111', status: 2 });
    must(stage, challenge(stage, work, asChallenger(late), honestClaim(stage, work)));
  });

  it('is nobody’s without verifiers, and then anyone may challenge at once', async () => {
    const market = await createProofMarket({}, 0);
    const { stage, books, work, chain, outsider } = market;
    must(stage, commit(books, work, 1_000n));
    passBlocks(chain, 2n);
    must(stage, draw(stage, books, work));
    const challenger = { owner: outsider.buyer, account: Object.values(outsider.accounts)[0] as never };
    must(stage, challenge(stage, work, challenger, honestClaim(stage, work)), answer(stage, work));
    must(stage, resolve(stage, books, work, challenger));
    expect(attestationOf(market).status).toBe(4);
  });
});

describe('checkpoints', () => {
  it('every drawn one of every tree is proven on chain as in TypeScript', async () => {
    for (const count of [1, 2, 3, 5, 8, 33]) {
      const market = await createProofMarket();
      const work = await attestationRef(market.ref, 0, checkpointsOf('tree', count));
      const drawn = select(market, work);
      must(market.stage, challenge(market.stage, work, asChallenger(drawn), honestClaim(market.stage, work)));
      for (const index of drawnSegments(attestationOf(market).seed, 4, count)) {
        must(market.stage, answer(market.stage, work, [index]));
      }
    }
  });

  it('a proof stands for one place of one attestation only', () => {
    const [here, there] = [STRANGER, '11111111111111111111111111111111' as typeof STRANGER];
    const anyCount = fc.integer({ min: 2, max: 70 });
    fc.assert(
      fc.property(anyCount, fc.nat(), (count, pick) => {
        const checkpoints = checkpointsOf('same', count);
        const [mine, theirs] = [checkpointTree(here, checkpoints), checkpointTree(there, checkpoints)];
        expect(mine.root).not.toEqual(theirs.root);
        const { proof, checkpoint } = reveal(mine, pick % count);
        expect(proof).toHaveLength(Math.ceil(Math.log2(count)));
        expect(checkpoint).toEqual(checkpoints[pick % count]);
      }),
      { numRuns: 30 },
    );
  });

  it('are asked for again and again when there are few, and never beyond their count', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 1, max: 16 }), (seed, count) => {
        const drawn = drawnSegments(seed, 16, count);
        expect(drawn).toHaveLength(count);
        expect(drawn.every((index) => index >= 0 && index < count)).toBe(true);
      }),
    );
  });
});

describe('streams', () => {
  it('are told by the order whether something is open or has failed', async () => {
    const market = await createProofMarket();
    const { stage, chain, books, ref, work } = market;
    must(stage, govern(stage, { challenge_answer_seconds: 5n }));
    const challenger = asChallenger(select(market));
    must(stage, challenge(stage, work, challenger, hashOf('x')));
    setSlot(chain, slotOf(chain) + 1n);
    chain.setTime(chain.now + 6n);
    must(stage, resolve(stage, books, work, challenger));
    expect(chain.read(ref.order, decodeOrder)).toMatchObject({ openAttestationCount: 0, failedChallengeCount: 1 });
  });
});
