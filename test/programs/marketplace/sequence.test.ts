/**
 * Random life of a market: no token appears or vanishes, every vault holds what its order owes, and the events alone
 * rebuild every account. Wrong moments are drawn on purpose; a refused instruction must change nothing.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  decodeBuyer,
  decodeMarketplace,
  decodeOffer,
  decodeOrder,
  decodeProvider,
} from '../../../programs/marketplace/client.generated.ts';
import {
  accountOf,
  type BuyerParty,
  bond,
  buy,
  confirm,
  createBuyerParty,
  createProviderParty,
  initialize,
  list,
  must,
  type OfferRef,
  type OrderRef,
  offerRef,
  orderRef,
  type ProviderParty,
  refund,
  register,
  start,
} from './actors.ts';
import {
  ARBITER,
  createStage,
  INFER,
  INFER_MINT,
  INFER_TREASURY,
  poolState,
  START_TIME,
  type Stage,
  USDC_MINT,
  USDC_TREASURY,
} from './market.ts';
import { at, liveReleases, Projection, withoutUnknown } from './projection.ts';

const STEPS = 400;
const PARTIES = 4;
const BUYERS = 5;
const DEADLINES = { challengeWindowSeconds: 1_000, startDeadlineSeconds: 300, confirmWindowSeconds: 600 };
const SPLIT = { feeTreasuryBps: 6_001, feeBurnBps: 1_999, feeVerifierBps: 2_000, platformFeeBps: 333 };

const step = fc.record({
  kind: fc.constantFrom(
    'bond',
    'list',
    'buy',
    'buy',
    'buy',
    'start',
    'start',
    'confirm',
    'confirm',
    'refund',
    'refund',
    'wait',
    'pool',
  ),
  pick: fc.nat({ max: 1_000 }),
  amount: fc.nat({ max: 1_000_000 }),
  seconds: fc.integer({ min: 1, max: 400 }),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Life = {
  readonly stage: Stage;
  readonly parties: readonly ProviderParty[];
  readonly buyers: readonly BuyerParty[];
  readonly offers: OfferRef[];
  readonly orders: OrderRef[];
  readonly counts: { accepted: number; refused: number };
};

async function begin(): Promise<Life> {
  const stage = await createStage();
  const parties: ProviderParty[] = [];
  const buyers: BuyerParty[] = [];
  must(stage, initialize(stage, { ...DEADLINES, ...SPLIT }));
  for (let index = 0; index < PARTIES; index += 1) {
    const party = await createProviderParty(stage, index);
    must(stage, register(stage, party), bond(party, 2_000n * INFER));
    parties.push(party);
  }
  for (let index = 0; index < BUYERS; index += 1) buyers.push(await createBuyerParty(stage, index));
  return { stage, parties, buyers, offers: [], orders: [], counts: { accepted: 0, refused: 0 } };
}

function picked<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % items.length];
}

/** Sends one drawn instruction. Returns whether the chain took it; a refusal has to be a numbered one. */
function attempt(life: Life, instruction: ProgramInstruction): boolean {
  const outcome = life.stage.chain.send(instruction);
  if (!outcome.ok && outcome.code === null) throw new Error(outcome.reason);
  life.counts[outcome.ok ? 'accepted' : 'refused'] += 1;
  return outcome.ok;
}

async function listOne(life: Life, { pick, amount, flag }: Step): Promise<void> {
  const party = picked(life.parties, pick) as ProviderParty;
  const offerId = life.stage.chain.read(party.provider, decodeProvider).offerCount;
  const offer = await offerRef(party, offerId, flag ? USDC_MINT : INFER_MINT);
  const terms = {
    units: (pick % 9) + 1,
    model: pick % 12,
    pricePerGpuHour: BigInt(amount) * (flag ? 1_000n : 1_000_000n),
  };
  if (attempt(life, list(life.stage, offer, terms))) life.offers.push(offer);
}

async function buyOne(life: Life, { pick, amount, seconds }: Step): Promise<void> {
  const offer = picked(life.offers, amount);
  const buyer = picked(life.buyers, pick) as BuyerParty;
  if (offer === undefined) return;
  const known = life.stage.chain.data(buyer.record);
  const ref = await orderRef(offer, buyer, known === null ? 0n : decodeBuyer(known).orderCount);
  const terms = { units: (pick % 4) + 1, seconds: seconds + 50, maxPricePerGpuHour: 900_000_000_000n };
  if (attempt(life, buy(life.stage, ref, terms))) life.orders.push(ref);
}

function confirmOne(life: Life, ref: OrderRef, { flag }: Step): void {
  const { stage } = life;
  const authority = flag ? ARBITER : ref.buyer.buyer;
  if (attempt(life, confirm(stage, ref, authority)) || ref.mint === INFER_MINT) return;
  attempt(life, confirm(stage, ref, authority, accountOf(ref.party.payoutAccounts, ref.mint)));
}

async function take(life: Life, drawn: Step): Promise<void> {
  const { stage, parties, orders } = life;
  const { chain } = stage;
  const party = picked(parties, drawn.pick) as ProviderParty;
  // Recent orders are where something can still happen.
  const ref = orders[orders.length - 1 - (drawn.pick % Math.max(1, Math.min(orders.length, 6)))];
  if (drawn.kind === 'wait') chain.setTime(chain.now + BigInt(drawn.seconds));
  else if (drawn.kind === 'bond') attempt(life, bond(party, BigInt(drawn.amount)));
  else if (drawn.kind === 'pool')
    chain.putPool(party.pool, poolState(party.poolAdmin, drawn.flag ? { totalShares: 0n } : {}));
  else if (drawn.kind === 'list') await listOne(life, drawn);
  else if (drawn.kind === 'buy') await buyOne(life, drawn);
  else if (ref === undefined) return;
  else if (drawn.kind === 'start') attempt(life, start(stage, ref));
  else if (drawn.kind === 'confirm') confirmOne(life, ref, drawn);
  else attempt(life, refund(stage, ref));
}

/** Sum of a mint over every token account that could hold some of it. */
function held({ stage, parties, buyers, orders }: Life, mint: typeof INFER_MINT): bigint {
  const isUsdc = mint === USDC_MINT;
  const shared = isUsdc
    ? [USDC_TREASURY, stage.usdcVerifierVault, stage.stakingUsdcVault]
    : [
        INFER_TREASURY,
        stage.inferVerifierVault,
        ...parties.flatMap(({ ownerInfer, bondVault }) => [ownerInfer, bondVault]),
      ];
  const own = [...parties.map(({ payoutAccounts }) => payoutAccounts), ...buyers.map(({ accounts }) => accounts)];
  const vaults = orders.filter((ref) => ref.mint === mint).map(({ vault }) => vault);
  const all = [...shared, ...own.map((accounts) => accountOf(accounts, mint)), ...vaults];
  return all.reduce((sum, account) => sum + stage.chain.balance(account), 0n);
}

/** Tokens that exist and are not accounted for: constant, since only burning changes the supply. */
function elsewhere(life: Life, mint: typeof INFER_MINT): bigint {
  return life.stage.chain.supply(mint) - held(life, mint);
}

function checkVaults({ stage: { chain }, parties, orders }: Life): void {
  for (const { order, vault } of orders) {
    const { status, amount } = chain.read(order, decodeOrder);
    expect({ order, balance: chain.balance(vault), exists: chain.data(vault) !== null }).toEqual({
      order,
      balance: status < 2 ? amount : 0n,
      exists: status < 2,
    });
  }
  for (const { provider, bondVault } of parties) {
    const { bondTotal, bondOpen, bondReleases } = chain.read(provider, decodeProvider);
    const waiting = bondReleases.reduce((sum, { amount }) => sum + amount, 0n);
    expect(chain.balance(bondVault)).toBe(bondTotal);
    expect(bondOpen + waiting <= bondTotal).toBe(true);
  }
}

function checkRebuilt({ stage, parties, buyers, offers, orders }: Life): void {
  const { chain, marketplace } = stage;
  const rebuilt = new Projection();
  for (const event of chain.events) rebuilt.apply(event);
  expect(withoutUnknown(chain.read(marketplace, decodeMarketplace))).toEqual(rebuilt.settings);
  for (const { provider } of parties) {
    const { version, bump, bondVaultBump, bondReleases, ...state } = chain.read(provider, decodeProvider);
    const { bondReleases: expected, ...fields } = at(rebuilt.providers, provider);
    expect(state).toEqual(fields);
    expect(liveReleases(bondReleases, chain.now)).toEqual(liveReleases(expected, chain.now));
  }
  for (const { offer } of offers) {
    const { version, bump, ...state } = chain.read(offer, decodeOffer);
    expect(state).toEqual(at(rebuilt.offers, offer));
  }
  for (const { order } of orders) {
    const { version, bump, vaultBump, ...state } = chain.read(order, decodeOrder);
    expect(state).toEqual(at(rebuilt.orders, order));
  }
  for (const { buyer, record } of buyers) {
    if (chain.data(record) === null) continue;
    expect(chain.read(record, decodeBuyer).orderCount).toBe(at(rebuilt.orderCounts, buyer));
  }
}

describe('a market over hundreds of random instructions', () => {
  it.each([1, 2, 3])('conserves both mints and can be rebuilt from its events (sequence %i)', async (seed) => {
    const life = await begin();
    const before = { infer: elsewhere(life, INFER_MINT), usdc: elsewhere(life, USDC_MINT) };
    for (const drawn of fc.sample(step, { numRuns: STEPS, seed })) {
      await take(life, drawn);
      expect({ infer: elsewhere(life, INFER_MINT), usdc: elsewhere(life, USDC_MINT) }).toEqual(before);
    }
    checkVaults(life);
    checkRebuilt(life);
    const ended = life.orders.map(({ order }) => life.stage.chain.read(order, decodeOrder).status);
    expect(new Set(ended)).toEqual(new Set([0, 1, 2, 3]));
    expect(life.counts.refused).toBeGreaterThan(20);
    expect(life.counts.accepted).toBeGreaterThan(100);
    expect(life.stage.chain.now).toBeGreaterThan(START_TIME);
  });

  it('bond of an ended order is free again when its time has come, without anybody asking', async () => {
    const life = await begin();
    const { stage, parties, buyers } = life;
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
    expect(bondReleaseAt - challengeEndsAt).toBeLessThan(67n);
    stage.chain.setTime(bondReleaseAt - 1n);
    expect(stage.chain.send(buy(stage, second, terms))).toMatchObject({ ok: false, code: 6027 });
    stage.chain.setTime(bondReleaseAt);
    must(stage, buy(stage, second, terms));
  });

  it('sixteen places hold the locks of any number of ended orders', async () => {
    const life = await begin();
    const { stage, parties, buyers } = life;
    const [party, buyer] = [parties[0] as ProviderParty, buyers[0] as BuyerParty];
    const offer = await offerRef(party, 0n, INFER_MINT);
    must(stage, list(stage, offer));
    for (let orderId = 0n; orderId < 120n; orderId += 1n) {
      const ref = await orderRef(offer, buyer, orderId);
      stage.chain.setTime(stage.chain.now + 13n);
      must(stage, buy(stage, ref), start(stage, ref), confirm(stage, ref));
    }
    life.offers.push(offer);
    checkRebuilt(life);
  });
});
