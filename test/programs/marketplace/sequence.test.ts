/**
 * Random life of a market: what always holds holds after every instruction, and the events alone rebuild every account.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BuyerParty, buy, confirm, list, must, offerRef, orderRef, type ProviderParty, start } from './actors.ts';
import { checkRebuilt } from './invariant.ts';
import { Life, step } from './life.ts';
import { INFER, INFER_MINT } from './market.ts';

const STEPS = 1_500;
/** What has to happen in every life, beside the ordinary. */
const TURNS = ['UsageSettled', 'SessionClosed', 'DisputeResolved', 'DepositReclaimed', 'LeaseEnded', 'BondWithdrawn'];

describe('a market over thousands of random instructions', () => {
  it('conserves both mints and can be rebuilt from its events', { timeout: 300_000 }, async () => {
    const life = await Life.begin();
    for (const drawn of fc.sample(step, { numRuns: STEPS, seed: 1 })) await life.take(drawn);
    checkRebuilt(life.world);
    expect(life.counts.refused).toBeGreaterThan(STEPS / 10);
    expect(life.counts.accepted).toBeGreaterThan(STEPS / 4);
    expect([...life.seen]).toEqual(expect.arrayContaining(TURNS));
  });

  it('bond of an ended order is free again when its time has come, without anybody asking', async () => {
    const life = await Life.begin();
    const { stage, parties, buyers } = life.world;
    const [party, buyer] = [parties[0] as ProviderParty, buyers[0] as BuyerParty];
    const offer = await offerRef(party, 0n, INFER_MINT);
    const [first, second] = [await orderRef(offer, buyer, 0n), await orderRef(offer, buyer, 1n)];
    // Each order locks 1,500 of the 2,000 INFER.
    const terms = { units: 1, maxPricePerGpuHour: 15_000n * INFER };
    must(
      stage,
      list(stage, offer, { pricePerGpuHour: 15_000n * INFER }),
      buy(stage, first, terms),
      start(stage, first),
      confirm(stage, first),
    );
    const settled = stage.chain.events.at(-1);
    if (settled?.name !== 'OrderSettled') throw new Error('not settled');
    const { bondReleaseAt, challengeEndsAt } = settled.data;
    expect(bondReleaseAt).toBeGreaterThanOrEqual(challengeEndsAt);
    expect(bondReleaseAt - challengeEndsAt).toBeLessThan(10n);
    stage.chain.setTime(bondReleaseAt - 1n);
    expect(stage.chain.send(buy(stage, second, terms))).toMatchObject({ ok: false, code: 6027 });
    stage.chain.setTime(bondReleaseAt);
    must(stage, buy(stage, second, terms));
  });

  it('sixteen places hold the locks of any number of ended orders', async () => {
    const life = await Life.begin();
    const { stage, parties, buyers } = life.world;
    const [party, buyer] = [parties[0] as ProviderParty, buyers[0] as BuyerParty];
    const offer = await offerRef(party, 0n, INFER_MINT);
    must(stage, list(stage, offer));
    for (let orderId = 0n; orderId < 120n; orderId += 1n) {
      const ref = await orderRef(offer, buyer, orderId);
      stage.chain.setTime(stage.chain.now + 13n);
      must(stage, buy(stage, ref), start(stage, ref), confirm(stage, ref));
    }
    checkRebuilt(life.world);
  });
});
