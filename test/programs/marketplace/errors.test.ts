/** Every numbered error of the marketplace is reached by its cause, and the values beside each bound are taken. */
import { describe, expect, it } from 'vitest';
import {
  decodeMarketplace,
  encodeMarketplace,
  MARKETPLACE_PROGRAM_ADDRESS,
} from '../../../programs/marketplace/client.generated.ts';
import { encodeOperatorPool } from '../../../programs/staking/client.generated.ts';
import { describeErrors } from '../error-cases.ts';
import { sendTo } from '../send.ts';
import {
  bond,
  buy,
  confirm,
  createBuyerParty,
  createMarket,
  createOrderedMarket,
  createProviderParty,
  govern,
  initialize,
  list,
  must,
  orderRef,
  refund,
  register,
  start,
} from './actors.ts';
import { EPOCH_CASES } from './epoch-errors.ts';
import { INFER, PAYER, poolState, STRANGER, USDC_MINT } from './market.ts';
import { AFTER_START, buying, CREATION_CASES, DISPUTE_CASES, PREPAID_CASES, SESSION_CASES } from './order-errors.ts';
import { ATTESTATION_CASES, CHALLENGE_CASES, SLASH_CASES, VERIFIER_CASES, WORKLOAD_CASES } from './proof-errors.ts';
import { type Case, cataloguing, listing, onMarket, REGISTRY_CASES, registering } from './registry-errors.ts';

describeErrors({
  folder: 'marketplace',
  cases: {
    ...REGISTRY_CASES,
    ...CREATION_CASES,
    ...PREPAID_CASES,
    ...SESSION_CASES,
    ...DISPUTE_CASES,
    ...WORKLOAD_CASES,
    ...VERIFIER_CASES,
    ...ATTESTATION_CASES,
    ...CHALLENGE_CASES,
    ...SLASH_CASES,
    ...EPOCH_CASES,
  },
});

/** The same errors at their other bounds; the last value that is still good stands beside where there is one. */
const OTHER_BOUNDS: readonly (readonly [number, string, Case])[] = [
  [6001, 'parts of the fee above the whole', onMarket(({ stage }) => govern(stage, { fee_verifier_bps: 10_000n }))],
  [6006, 'a model without a name', cataloguing({ name: '' })],
  [6013, 'tier 0', registering({ tier: 0 })],
  [6019, 'an order of no units', buying({ units: 0 })],
  [6020, 'an offer from 0 seconds', listing({ minSeconds: 0 })],
  [6024, 'more seconds than offered', buying({ seconds: 86_401 })],
  [6039, 'a weight above its bound', cataloguing({ weight: 1_000_001 })],
  [6039, 'a least benchmark above its bound', cataloguing({ minBenchmark: 1_000_001 })],
  [6056, 'a fixed price with a spread', listing({ spreadBps: 1 })],
  [6056, 'an index without an age', listing({ pricing: 1, pricePerGpuHour: 0n })],
  [6056, 'an index with a price', listing({ pricing: 1, indexMaxAgeSeconds: 1 })],
];
const STILL_GOOD: readonly (readonly [string, Case])[] = [
  ['the highest fee', onMarket(({ stage }) => govern(stage, { platform_fee_bps: 5_000n, bond_ratio_bps: 10_000n }))],
  ['the 32nd model', cataloguing({}, 20)],
  ['a name of 32 bytes', cataloguing({ name: 'x'.repeat(32) })],
  ['tier 3', registering({ tier: 3 })],
  ['the last model', listing({ model: 10 })],
  ['one duration', listing({ minSeconds: 60, maxSeconds: 60 })],
  ['all units at the limit of price and time', buying({ units: 8, seconds: 86_400 })],
  ['the shortest time', buying({ seconds: 60 })],
  ['the widest spread', listing({ pricing: 1, pricePerGpuHour: 0n, spreadBps: 10_000, indexMaxAgeSeconds: 1 })],
];

describe('the other bounds', () => {
  it.each(OTHER_BOUNDS)('%i for %s', async (code, _, arrange) => {
    const { vm, instruction } = await arrange();
    expect(sendTo(vm, PAYER, [instruction]).failure).toMatchObject({ code });
  });

  it.each(STILL_GOOD)('%s is taken', async (_, arrange) => {
    const { vm, instruction } = await arrange();
    expect(sendTo(vm, PAYER, [instruction]).failure).toBeNull();
  });
});

describe('refusals that other errors stand for', () => {
  it('a settled order is neither refunded nor confirmed again: its vault is gone', async () => {
    const { stage, chain, ref } = await createOrderedMarket();
    must(stage, start(stage, ref), confirm(stage, ref));
    chain.setTime(AFTER_START + 1_000_000n);
    for (const instruction of [confirm(stage, ref), refund(stage, ref)]) {
      expect(chain.send(instruction)).toMatchObject({ ok: false, code: 3012 });
    }
  });

  it('a second marketplace and a second registration are refused', async () => {
    const { stage, chain, party } = await createMarket();
    for (const instruction of [initialize(stage), register(stage, party)])
      expect(chain.send(instruction).ok).toBe(false);
  });

  it('an order number cannot be skipped or used twice', async () => {
    const { stage, chain, inferOffer, buyer, ref } = await createOrderedMarket();
    const skipped = await orderRef(inferOffer, buyer, 2n);
    for (const wrong of [ref, skipped]) expect(chain.send(buy(stage, wrong))).toMatchObject({ ok: false, code: 2006 });
  });

  it('no order is taken when the minimum of the tier has been raised above the bond', async () => {
    const { stage, chain, inferOffer, buyer } = await createMarket();
    must(stage, list(stage, inferOffer));
    const { settings, models } = chain.read(stage.marketplace, decodeMarketplace);
    const raise = (minimum: bigint) => {
      const raised = { ...settings, tierMinimumBonds: [minimum, 0n, 0n] };
      chain.put(stage.marketplace, MARKETPLACE_PROGRAM_ADDRESS, encodeMarketplace({ settings: raised, models }));
    };
    raise(10_000n * INFER);
    must(stage, buy(stage, await orderRef(inferOffer, buyer, 0n)));
    raise(10_000n * INFER + 1n);
    expect(chain.send(buy(stage, await orderRef(inferOffer, buyer, 1n)))).toMatchObject({ ok: false, code: 6023 });
  });

  it('an account that only looks like an operator pool is not one: the staking program has to own it', async () => {
    const { stage, chain } = await createMarket();
    const party = await createProviderParty(stage, 1);
    chain.put(party.pool, MARKETPLACE_PROGRAM_ADDRESS, encodeOperatorPool(poolState(party.poolAdmin)));
    expect(chain.send(register(stage, party))).toMatchObject({ ok: false, code: 6015 });
    chain.putPool(party.pool, poolState(party.poolAdmin));
    must(stage, register(stage, party));
  });

  it('nobody posts bond for another provider, or another token than INFER', async () => {
    const { stage, chain, party } = await createMarket();
    const other = await createProviderParty(stage, 1);
    const gift = bond({ ...party, owner: other.owner, ownerInfer: other.ownerInfer }, INFER);
    expect(chain.send(gift)).toMatchObject({ ok: false, code: 2001 });
    chain.putTokens(STRANGER, USDC_MINT, party.owner, INFER);
    expect(chain.send(bond({ ...party, ownerInfer: STRANGER }, INFER))).toMatchObject({ ok: false, code: 2014 });
  });

  it('a bond is not spent twice: the orders of several buyers share it', async () => {
    const { stage, chain, inferOffer, buyer } = await createMarket();
    must(stage, list(stage, inferOffer, { pricePerGpuHour: 10_000n * INFER }));
    const change = { units: 1, maxPricePerGpuHour: 1n << 62n };
    for (let orderId = 0n; orderId < 8n; orderId += 1n)
      must(stage, buy(stage, await orderRef(inferOffer, buyer, orderId), change));
    const second = await createBuyerParty(stage, 1);
    expect(chain.send(buy(stage, await orderRef(inferOffer, second, 0n), change)).ok).toBe(false);
  });

  it('unknown instructions and cut arguments are refused with numbers of Anchor', async () => {
    const { stage, chain, inferOffer } = await createMarket();
    const good = list(stage, inferOffer);
    expect(chain.send({ ...good, data: good.data.slice(0, 12) })).toMatchObject({ ok: false, code: 102 });
    expect(chain.send({ ...good, data: new Uint8Array(8) })).toMatchObject({ ok: false, code: 101 });
    expect(chain.send({ ...good, accounts: good.accounts.slice(0, 4) })).toMatchObject({ ok: false, code: 3005 });
  });
});
