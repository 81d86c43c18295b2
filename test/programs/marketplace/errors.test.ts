/** Every numbered error of the marketplace is reached by its cause. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Idl } from '../../../programs/build/idl.ts';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  decodeMarketplace,
  decodeOrder,
  encodeMarketplace,
  type InitializeMarketplaceArgs,
  MARKETPLACE_PROGRAM_ADDRESS,
} from '../../../programs/marketplace/client.generated.ts';
import { MARKETPLACE_DEFAULTS } from '../../../programs/marketplace/settings.ts';
import { encodeOperatorPool } from '../../../programs/staking/client.generated.ts';
import {
  bond,
  buy,
  confirm,
  createBuyerParty,
  createMarket,
  createOrderedMarket,
  createProviderParty,
  initialize,
  list,
  type Market,
  must,
  orderRef,
  refund,
  register,
  start,
} from './actors.ts';
import {
  type Chain,
  createStage,
  INFER,
  INFER_MINT,
  INFER_TREASURY,
  poolState,
  START_TIME,
  STRANGER,
  type Stage,
  USDC_MINT,
} from './market.ts';

type Case = () => Promise<{ readonly chain: Chain; readonly instruction: ProgramInstruction }>;

const IDL_FILE = new URL('../../../programs/marketplace/idl.json', import.meta.url);
const { errors } = JSON.parse(readFileSync(IDL_FILE, 'utf8')) as Idl;
const AFTER_START = START_TIME + BigInt(MARKETPLACE_DEFAULTS.startDeadlineSeconds) + 1n;

function initializing(change: Partial<InitializeMarketplaceArgs>, arrange: (stage: Stage) => void = () => {}): Case {
  return async () => {
    const stage = await createStage();
    arrange(stage);
    return { chain: stage.chain, instruction: initialize(stage, change) };
  };
}

function registering(
  change: Parameters<typeof register>[2],
  arrange: (stage: Stage, pool: Address, admin: Address) => void = () => {},
): Case {
  return async () => {
    const { stage, chain } = await createMarket();
    const party = await createProviderParty(stage, 1);
    arrange(stage, party.pool, party.poolAdmin);
    return { chain, instruction: register(stage, party, change) };
  };
}

type Address = Stage['marketplace'];

function listing(change: Parameters<typeof list>[2], mint = INFER_MINT, minimumBond = 1_000n * INFER): Case {
  return async () => {
    const tierMinimumBonds = [minimumBond, minimumBond, minimumBond];
    const { stage, chain, inferOffer } = await createMarket({ tierMinimumBonds });
    return { chain, instruction: list(stage, { ...inferOffer, mint }, change) };
  };
}

function buying(
  change: Parameters<typeof buy>[2],
  offer: Parameters<typeof list>[2] = {},
  who: (market: Market) => Promise<Market['buyer']> = async ({ buyer }) => buyer,
): Case {
  return async () => {
    const market = await createMarket();
    must(market.stage, list(market.stage, market.inferOffer, offer));
    const ref = await orderRef(market.inferOffer, await who(market), 0n);
    return { chain: market.chain, instruction: buy(market.stage, ref, change) };
  };
}

type Ordered = Awaited<ReturnType<typeof createOrderedMarket>>;

function ordered(act: (market: Ordered) => ProgramInstruction, mint = INFER_MINT): Case {
  return async () => {
    const market = await createOrderedMarket(mint);
    return { chain: market.chain, instruction: act(market) };
  };
}

/** The provider of the test has posted 10,000 INFER. */
const bondBelowMinimum: Case = listing({}, INFER_MINT, 10_001n * INFER);

const CASES: Readonly<Record<string, Case>> = {
  InvalidFee: initializing({ platformFeeBps: 10_001 }),
  InvalidFeeSplit: initializing({ feeBurnBps: 1 }),
  InvalidBondRatio: initializing({ bondRatioBps: 10_001 }),
  InvalidBondRate: initializing({ bondInferPerUsdc: 0n }),
  InvalidDeadline: initializing({ confirmWindowSeconds: 0 }),
  InvalidCatalogueSize: initializing({ models: [] }),
  InvalidModelName: initializing({ models: [{ name: 'x'.repeat(33), vramGb: 1, weight: 1 }] }),
  InvalidModel: initializing({ models: [{ name: 'H100', vramGb: 80, weight: 0 }] }),
  InvalidInferMint: initializing({}, ({ chain }) => chain.putMint(INFER_MINT, 6, 1n)),
  InvalidUsdcMint: initializing({}, ({ chain }) => chain.putMint(USDC_MINT, 9, 1n)),
  StakingProgramNotExecutable: async () => {
    const stage = await createStage();
    const instruction = initialize(stage);
    const accounts = instruction.accounts.map((meta, index) => (index === 5 ? { ...meta, address: STRANGER } : meta));
    return { chain: stage.chain, instruction: { ...instruction, accounts } };
  },
  InvalidStakingUsdcVault: initializing({}, ({ chain, stakingUsdcVault }) =>
    chain.putTokens(stakingUsdcVault, INFER_MINT, STRANGER, 0n),
  ),
  InvalidTreasury: initializing({}, ({ chain }) => chain.putTokens(INFER_TREASURY, USDC_MINT, STRANGER, 0n)),
  InvalidTier: registering({ tier: 4 }),
  InvalidJurisdiction: registering({ jurisdiction: Uint8Array.of(68, 101) }),
  InvalidOperatorPool: registering({}, ({ chain }, pool) => chain.fund(pool)),
  InvalidPoolAdmin: registering({}, ({ chain }, pool) => chain.putPool(pool, poolState(STRANGER))),
  ZeroAmount: async () => {
    const { chain, party } = await createMarket();
    return { chain, instruction: bond(party, 0n) };
  },
  UnknownModel: listing({ model: MARKETPLACE_DEFAULTS.models.length }),
  ZeroUnits: listing({ units: 0 }),
  InvalidDurationRange: listing({ minSeconds: 61, maxSeconds: 60 }),
  ZeroPrice: listing({ pricePerGpuHour: 0n }),
  UnsupportedMint: async () => {
    const { stage, chain, inferOffer } = await createMarket();
    chain.putMint(STRANGER, 9, 1n);
    return { chain, instruction: list(stage, { ...inferOffer, mint: STRANGER }) };
  },
  BondBelowTierMinimum: bondBelowMinimum,
  DurationOutOfRange: buying({ seconds: 59 }),
  UnitsUnavailable: buying({ units: 9 }),
  PriceAboveLimit: buying({ maxPricePerGpuHour: 2n * INFER - 1n }),
  InsufficientBond: buying({ maxPricePerGpuHour: 1n << 60n }, { pricePerGpuHour: 50_001n * INFER }),
  OrderNotWaiting: ordered(({ stage, ref }) => {
    must(stage, start(stage, ref));
    return start(stage, ref);
  }),
  StartDeadlinePassed: ordered(({ stage, chain, ref }) => {
    chain.setTime(AFTER_START);
    return start(stage, ref);
  }),
  OrderNotStarted: ordered(({ stage, ref }) => confirm(stage, ref)),
  NotBuyerOrArbiter: ordered(({ stage, ref, party }) => {
    must(stage, start(stage, ref));
    return confirm(stage, ref, party.owner);
  }),
  InvalidProviderTokenAccount: ordered(({ stage, ref, party }) => {
    must(stage, start(stage, ref));
    return confirm(stage, ref, ref.buyer.buyer, party.payoutAccounts[USDC_MINT]);
  }, USDC_MINT),
  OrderEnded: ordered(({ stage, chain, ref }) => {
    must(stage, start(stage, ref), confirm(stage, ref));
    // Somebody opens the closed vault's address again, which only a program could: the order still is not paid twice.
    chain.putTokens(ref.vault, INFER_MINT, ref.order, 4n * INFER);
    return confirm(stage, ref);
  }),
  StartDeadlineNotPassed: ordered(({ stage, chain, ref }) => {
    chain.setTime(AFTER_START - 1n);
    return refund(stage, ref);
  }),
  DeliveryDeadlineNotPassed: ordered(({ stage, chain, ref }) => {
    must(stage, start(stage, ref));
    chain.setTime(chain.read(ref.order, decodeOrder).deliveryDeadline);
    return refund(stage, ref);
  }),
  InvalidBuyerTokenAccount: buying({}, {}, async ({ stage, buyer }) => {
    const other = await createBuyerParty(stage, 1);
    return { ...buyer, accounts: other.accounts };
  }),
  ArithmeticOverflow: buying(
    { maxPricePerGpuHour: (1n << 64n) - 1n, seconds: 86_400 },
    { pricePerGpuHour: (1n << 64n) - 1n },
  ),
};

describe('numbered errors', () => {
  it('each has a case', () => {
    expect(Object.keys(CASES).sort()).toEqual(errors.map(({ name }) => name).sort());
  });

  it.each(errors.map(({ code, name, msg }) => ({ code, name, msg })))('$code $name', async ({ code, name, msg }) => {
    const { chain, instruction } = await (CASES[name] as Case)();
    const outcome = chain.send(instruction);
    expect(outcome).toMatchObject({ ok: false, code });
    const line = outcome.logs.find((log) => log.includes(`Error Number: ${code}`));
    expect(line).toContain(`Error Code: ${name}. `);
    expect(line).toContain(`Error Message: ${msg}.`);
  });
});

/** The same errors at their other bounds; the last value that is still good stands beside where there is one. */
const MODEL = { name: 'H100', vramGb: 80, weight: 1 };
const OTHER_BOUNDS: readonly (readonly [number, string, Case])[] = [
  [6004, 'no start deadline', initializing({ startDeadlineSeconds: 0 })],
  [6005, '33 models', initializing({ models: Array.from({ length: 33 }, () => ({ ...MODEL, name: 'x' })) })],
  [6006, 'a model without a name', initializing({ models: [{ ...MODEL, name: '' }] })],
  [6007, 'a model without memory', initializing({ models: [{ ...MODEL, vramGb: 0 }] })],
  [6013, 'tier 0', registering({ tier: 0 })],
  [6019, 'an order of no units', buying({ units: 0 })],
  [6020, 'an offer from 0 seconds', listing({ minSeconds: 0 })],
  [6024, 'more seconds than offered', buying({ seconds: 86_401 })],
];
const STILL_GOOD: readonly (readonly [string, Case])[] = [
  ['a fee of everything', initializing({ platformFeeBps: 10_000, bondRatioBps: 10_000 })],
  ['32 models', initializing({ models: Array.from({ length: 32 }, () => ({ ...MODEL, name: 'x' })) })],
  ['a name of 32 bytes', initializing({ models: [{ ...MODEL, name: 'x'.repeat(32) }] })],
  ['tier 3', registering({ tier: 3 })],
  ['the last model', listing({ model: MARKETPLACE_DEFAULTS.models.length - 1 })],
  ['one duration', listing({ minSeconds: 60, maxSeconds: 60 })],
  ['all units at the limit of price and time', buying({ units: 8, seconds: 86_400 })],
  ['the shortest time', buying({ seconds: 60 })],
];

describe('the other bounds', () => {
  it.each(OTHER_BOUNDS)('%i for %s', async (code, _, arrange) => {
    const { chain, instruction } = await arrange();
    expect(chain.send(instruction)).toMatchObject({ ok: false, code });
  });

  it.each(STILL_GOOD)('%s is taken', async (_, arrange) => {
    const { chain, instruction } = await arrange();
    expect(chain.send(instruction)).toMatchObject({ ok: true });
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
    const settings = chain.read(stage.marketplace, decodeMarketplace);
    const raise = (minimum: bigint) => {
      const raised = { ...settings, tierMinimumBonds: [minimum, 0n, 0n] };
      chain.put(stage.marketplace, MARKETPLACE_PROGRAM_ADDRESS, encodeMarketplace(raised));
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
