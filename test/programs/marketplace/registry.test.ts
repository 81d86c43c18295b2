/** Authorities, governed numbers, catalogue, standing, bond withdrawal, benchmarks and offers on their way to success. */
import { describe, expect, it } from 'vitest';
import { defaultOf } from '../../../governance/parameters.ts';
import {
  decodeBenchmark,
  decodeMarketplace,
  decodeOffer,
  decodeProvider,
  pauseOrders,
  setAuthorities,
  setModel,
  setProviderStatus,
} from '../../../programs/marketplace/client.generated.ts';
import { findBenchmark } from '../../../programs/marketplace/pda.ts';
import {
  buy,
  codeOf,
  confirm,
  createMarket,
  createOrderedMarket,
  govern,
  list,
  must,
  orderRef,
  rate,
  start,
} from './actors.ts';
import { ADMIN, GOVERNANCE, HALT_AUTHORITY, INFER, INFER_MINT, STRANGER } from './market.ts';
import { MODEL, model } from './registry-errors.ts';
import {
  askBond,
  beat,
  benchmark,
  close,
  createRunningMarket,
  DEVICE_HASH,
  extend,
  reprice,
  takeBond,
} from './sessions.ts';
import { parameterChanges } from './settings.ts';

const DELAY = defaultOf('bond_withdrawal_delay_seconds');

describe('governed numbers', () => {
  it('are set all or none', async () => {
    const { stage, chain } = await createMarket();
    const before = chain.data(stage.marketplace);
    expect(codeOf(stage, govern(stage, { bond_ratio_bps: 900n, platform_fee_bps: 5_001n }))).toBe(6039);
    expect(codeOf(stage, govern(stage, { bond_ratio_bps: 900n, fee_burn_bps: 1n }))).toBe(6001);
    expect(chain.data(stage.marketplace)).toEqual(before);
    must(stage, govern(stage, { bond_ratio_bps: 900n, model_weight_h200: 0n, min_benchmark_a6000: 7n }));
    const { settings, models } = chain.read(stage.marketplace, decodeMarketplace);
    expect([settings.bondRatioBps, models[1]?.weight, models[10]?.minBenchmark]).toEqual([900, 0, 7]);
    const changes = parameterChanges({ bond_ratio_bps: 900n, model_weight_h200: 0n, min_benchmark_a6000: 7n });
    expect(chain.events.at(-1)).toMatchObject({ name: 'ParametersSet', data: { changes } });
  });

  it('of running orders stay as they were: fee and split are fixed at creation', async () => {
    const { stage, chain, ref } = await createRunningMarket();
    must(stage, govern(stage, { platform_fee_bps: 5_000n }), confirm(stage, ref));
    expect(chain.events.at(-1)).toMatchObject({ name: 'OrderSettled', data: { fee: (4n * INFER * 2n) / 100n } });
  });

  it('of founding models are rows of the table: set_model lists and delists them and leaves their weight', async () => {
    const { stage, chain } = await createMarket();
    must(stage, model(stage, { name: 'H100', vramGb: 96, weight: 1, minBenchmark: 1, isListed: false }));
    const { models } = chain.read(stage.marketplace, decodeMarketplace);
    expect(models[0]).toEqual({ name: 'H100', vramGb: 96, weight: 3_170, minBenchmark: 2_536, isListed: false });
  });

  it('models keep their numbers; a new one comes last and is changed by name', async () => {
    const { stage, chain } = await createMarket();
    must(stage, model(stage), model(stage, { weight: 9_500, isListed: false }));
    const { models } = chain.read(stage.marketplace, decodeMarketplace);
    expect(models).toHaveLength(12);
    expect(models[11]).toEqual({ ...MODEL, weight: 9_500, isListed: false });
    expect(codeOf(stage, setModel({ authority: ADMIN, marketplace: stage.marketplace }, MODEL))).toBe(2012);
  });
});

describe('roles', () => {
  it('the admin hands roles over, and governance to nobody', async () => {
    const { stage, chain } = await createMarket();
    const { marketplace } = stage;
    const none = { arbiter: null, haltAuthority: null, rewardAuthority: null, meter: null };
    must(stage, setAuthorities({ admin: ADMIN, marketplace }, { ...none, admin: STRANGER }));
    expect(codeOf(stage, setAuthorities({ admin: ADMIN, marketplace }, { ...none, admin: ADMIN }))).toBe(2012);
    const { settings } = chain.read(marketplace, decodeMarketplace);
    expect([settings.admin, settings.governanceAuthority]).toEqual([STRANGER, GOVERNANCE]);
  });

  it('a pause stops new orders and nothing else', async () => {
    const { stage, ref, buyer } = await createRunningMarket();
    const { marketplace } = stage;
    must(stage, pauseOrders({ authority: HALT_AUTHORITY, marketplace }, { isPaused: true }));
    expect(codeOf(stage, buy(stage, await orderRef(ref, buyer, 1n)))).toBe(6041);
    must(stage, extend(stage, ref, 60), confirm(stage, ref));
    must(stage, pauseOrders({ authority: ADMIN, marketplace }, { isPaused: false }));
    must(stage, buy(stage, await orderRef(ref, buyer, 1n)));
  });

  it('the admin bans and degrades at once, and only governance takes it back', async () => {
    const { stage, party, ref, buyer } = await createRunningMarket();
    const { marketplace } = stage;
    const set = (authority: typeof ADMIN, status: number) =>
      setProviderStatus({ authority, marketplace, provider: party.provider }, { status });
    must(stage, set(ADMIN, 4));
    expect(codeOf(stage, buy(stage, await orderRef(ref, buyer, 1n)))).toBe(6045);
    expect(codeOf(stage, extend(stage, ref, 60))).toBe(6045);
    for (const status of [0, 1, 3]) expect(codeOf(stage, set(ADMIN, status))).toBe(6043);
    must(stage, confirm(stage, ref), set(GOVERNANCE, 0), buy(stage, await orderRef(ref, buyer, 1n)));
  });

  it('a degraded provider takes orders up to the high-stakes value', async () => {
    const market = await createOrderedMarket(INFER_MINT, { high_stakes_min_value: 4n * INFER });
    const { stage, party, ref, buyer } = market;
    must(stage, rate(stage, party, 2), buy(stage, await orderRef(ref, buyer, 1n)), start(stage, ref));
    expect(codeOf(stage, extend(stage, ref, 60))).toBe(6047);
  });
});

describe('bond', () => {
  it('is withdrawn after the delay, in parts if wanted, and never below what is required', async () => {
    const { stage, chain, party } = await createMarket();
    must(stage, askBond(stage, party, 9_001n * INFER));
    chain.setTime(chain.now + DELAY);
    const before = chain.balance(party.ownerInfer);
    must(stage, takeBond(stage, party, 4_000n * INFER), takeBond(stage, party, 5_000n * INFER));
    expect(chain.balance(party.ownerInfer) - before).toBe(9_000n * INFER);
    expect(codeOf(stage, takeBond(stage, party, 1n))).toBe(6052);
    expect(chain.read(party.provider, decodeProvider)).toMatchObject({
      bondTotal: 1_000n * INFER,
      withdrawalAmount: INFER,
    });
  });

  it('that orders lock stays, asked back or not', async () => {
    const { stage, chain, party, inferOffer, buyer } = await createMarket();
    must(stage, askBond(stage, party, 10_000n * INFER));
    // The order locks 5,000 INFER.
    must(stage, list(stage, inferOffer, { pricePerGpuHour: 25_000n * INFER }));
    must(stage, buy(stage, await orderRef(inferOffer, buyer, 0n), { maxPricePerGpuHour: 1n << 60n }));
    chain.setTime(chain.now + DELAY);
    expect(codeOf(stage, takeBond(stage, party, 5_000n * INFER + 1n))).toBe(6052);
    must(stage, takeBond(stage, party, 5_000n * INFER));
  });

  it('a new question replaces the old one and its delay', async () => {
    const { stage, chain, party } = await createMarket();
    must(stage, askBond(stage, party, INFER));
    chain.setTime(chain.now + DELAY - 1n);
    must(stage, askBond(stage, party, 2n * INFER));
    chain.setTime(chain.now + 1n);
    expect(codeOf(stage, takeBond(stage, party, INFER))).toBe(6051);
  });
});

describe('benchmarks, signs of life and offers', () => {
  it('a device has one report, which another one replaces', async () => {
    const { stage, chain, party } = await createMarket();
    must(stage, await benchmark(stage, party));
    chain.setTime(chain.now + 1n);
    must(stage, await benchmark(stage, party, { score: 2_900 }));
    const report = chain.read(await findBenchmark(party.provider, DEVICE_HASH), decodeBenchmark);
    expect(report).toMatchObject({ score: 2_900, provider: party.provider, submittedAt: chain.now });
  });

  it('a heartbeat says what is free and busy', async () => {
    const { stage, chain, party } = await createMarket();
    must(stage, beat(party, 5, 3));
    expect(chain.read(party.provider, decodeProvider)).toMatchObject({
      heartbeatAt: chain.now,
      unitsFree: 5,
      unitsBusy: 3,
    });
  });

  it('new terms hold for new orders, and busy units stay busy', async () => {
    const { stage, chain, ref } = await createRunningMarket();
    must(stage, reprice(ref, { units: 3, maxSeconds: 7_200 }));
    expect(chain.read(ref.offer, decodeOffer)).toMatchObject({ units: 3, unitsFree: 1, maxSeconds: 7_200 });
    expect(codeOf(stage, extend(stage, ref, 3_601))).toBe(6024);
    must(stage, confirm(stage, ref));
    expect(chain.read(ref.offer, decodeOffer).unitsFree).toBe(3);
  });

  it('a closed offer sells nothing more, and its orders go on', async () => {
    const { stage, ref, buyer } = await createRunningMarket();
    must(stage, close(ref));
    expect(codeOf(stage, buy(stage, await orderRef(ref, buyer, 1n)))).toBe(6058);
    expect(codeOf(stage, extend(stage, ref, 60))).toBe(6058);
    must(stage, confirm(stage, ref));
  });
});
