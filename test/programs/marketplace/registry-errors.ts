/**
 * For every numbered error of registry, bond, offers and governed numbers a chain and an instruction that it refuses.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  type ListOfferArgs,
  pauseOrders,
  type RegisterProviderArgs,
  type SetModelArgs,
  type SubmitBenchmarkArgs,
  setModel,
  setParameters,
  setProviderStatus,
} from '../../../programs/marketplace/client.generated.ts';
import type { Refusal } from '../error-cases.ts';
import {
  bond,
  createMarket,
  createProviderParty,
  govern,
  initialize,
  list,
  type Market,
  must,
  register,
  type Values,
} from './actors.ts';
import {
  ADMIN,
  createStage,
  GOVERNANCE,
  INFER,
  INFER_MINT,
  INFER_TREASURY,
  poolState,
  STRANGER,
  type Stage,
  USDC_MINT,
} from './market.ts';
import { askBond, benchmark, close, reprice, takeBond } from './sessions.ts';

export type Case = () => Promise<Refusal>;

/** No instruction of the provider's bond is due before this has passed. */
const DELAY = 604_800n;

export const MODEL: SetModelArgs = { name: 'GB300', vramGb: 288, weight: 9_000, minBenchmark: 7_000, isListed: true };

export function refusal({ chain }: Stage, instruction: ProgramInstruction): Refusal {
  return { vm: chain.svm, instruction };
}

/** On a market with one provider and one buyer. */
export function onMarket(
  act: (market: Market) => ProgramInstruction | Promise<ProgramInstruction>,
  values: Values = {},
): Case {
  return async () => {
    const market = await createMarket(values);
    return refusal(market.stage, await act(market));
  };
}

export function initializing(arrange: (stage: Stage) => void): Case {
  return async () => {
    const stage = await createStage();
    arrange(stage);
    return refusal(stage, initialize(stage));
  };
}

export function registering(
  change: Partial<RegisterProviderArgs>,
  arrange: (stage: Stage, pool: Address) => void = () => {},
): Case {
  return onMarket(async ({ stage }) => {
    const party = await createProviderParty(stage, 1);
    arrange(stage, party.pool);
    return register(stage, party, change);
  });
}

export function listing(change: Partial<ListOfferArgs>, mint = INFER_MINT): Case {
  return onMarket(({ stage, inferOffer }) => list(stage, { ...inferOffer, mint }, change));
}

export function cataloguing(change: Partial<SetModelArgs>, before = 0): Case {
  return onMarket(({ stage }) => {
    for (let index = 0; index < before; index += 1) must(stage, model(stage, { name: `model ${index}` }));
    return model(stage, change);
  });
}

export function model({ marketplace }: Stage, change: Partial<SetModelArgs> = {}): ProgramInstruction {
  return setModel({ authority: GOVERNANCE, marketplace }, { ...MODEL, ...change });
}

function reporting(change: Partial<SubmitBenchmarkArgs>): Case {
  return onMarket(({ stage, party }) => benchmark(stage, party, change));
}

function parameter(id: number, value: bigint): Case {
  const changes = [{ id, value }];
  return onMarket(({ stage }) => setParameters({ authority: GOVERNANCE, marketplace: stage.marketplace }, { changes }));
}

export const REGISTRY_CASES: Readonly<Record<string, Case>> = {
  InvalidFeeSplit: onMarket(({ stage }) => govern(stage, { fee_burn_bps: 1n })),
  InvalidCatalogueSize: cataloguing({}, 21),
  InvalidModelName: cataloguing({ name: 'x'.repeat(33) }),
  InvalidModel: cataloguing({ vramGb: 0 }),
  InvalidInferMint: initializing(({ chain }) => chain.putMint(INFER_MINT, 6, 1n)),
  InvalidUsdcMint: initializing(({ chain }) => chain.putMint(USDC_MINT, 9, 1n)),
  StakingProgramNotExecutable: async () => {
    const stage = await createStage();
    const instruction = initialize(stage);
    const accounts = instruction.accounts.map((meta, index) => (index === 5 ? { ...meta, address: STRANGER } : meta));
    return refusal(stage, { ...instruction, accounts });
  },
  InvalidStakingUsdcVault: initializing(({ chain, stakingUsdcVault }) =>
    chain.putTokens(stakingUsdcVault, INFER_MINT, STRANGER, 0n),
  ),
  InvalidTreasury: initializing(({ chain }) => chain.putTokens(INFER_TREASURY, USDC_MINT, STRANGER, 0n)),
  InvalidTier: registering({ tier: 4 }),
  InvalidJurisdiction: registering({ jurisdiction: Uint8Array.of(68, 101) }),
  InvalidOperatorPool: registering({}, ({ chain }, pool) => chain.fund(pool)),
  InvalidPoolAdmin: registering({}, ({ chain }, pool) => chain.putPool(pool, poolState(STRANGER))),
  ZeroAmount: onMarket(({ party }) => bond(party, 0n)),
  UnknownModel: listing({ model: 11 }),
  ZeroUnits: listing({ units: 0 }),
  InvalidDurationRange: listing({ minSeconds: 61, maxSeconds: 60 }),
  ZeroPrice: listing({ pricePerGpuHour: 0n }),
  UnsupportedMint: onMarket(({ stage, chain, inferOffer }) => {
    chain.putMint(STRANGER, 9, 1n);
    return list(stage, { ...inferOffer, mint: STRANGER });
  }),
  // The provider of the test has posted 10,000 INFER.
  BondBelowTierMinimum: onMarket(({ stage, inferOffer }) => list(stage, inferOffer), {
    min_stake_tier_1: 10_001n * INFER,
  }),
  UnknownParameter: parameter(2, 1_000n),
  ParameterOutOfBounds: parameter(9, 5_001n),
  NotAdminOrHaltAuthority: onMarket(({ stage: { marketplace } }) =>
    pauseOrders({ authority: GOVERNANCE, marketplace }, { isPaused: true }),
  ),
  InvalidStatus: onMarket(({ stage: { marketplace }, party: { provider } }) =>
    setProviderStatus({ authority: GOVERNANCE, marketplace, provider }, { status: 5 }),
  ),
  StatusNotAllowed: onMarket(({ stage: { marketplace }, party: { provider } }) =>
    setProviderStatus({ authority: ADMIN, marketplace, provider }, { status: 1 }),
  ),
  ModelNotListed: onMarket(({ stage, inferOffer }) => {
    must(stage, model(stage, { name: 'H100', vramGb: 80, isListed: false }));
    return list(stage, inferOffer);
  }),
  WithdrawalNotRequested: onMarket(({ stage, party }) => takeBond(stage, party, 1n)),
  WithdrawalNotReady: onMarket(({ stage, chain, party }) => {
    must(stage, askBond(stage, party, 1n));
    chain.setTime(chain.now + DELAY - 1n);
    return takeBond(stage, party, 1n);
  }),
  BondStillRequired: onMarket(({ stage, chain, party }) => {
    must(stage, askBond(stage, party, 9_000n * INFER + 1n));
    chain.setTime(chain.now + DELAY);
    return takeBond(stage, party, 9_000n * INFER + 1n);
  }),
  BenchmarkUnchanged: onMarket(async ({ stage, party }) => {
    must(stage, await benchmark(stage, party));
    stage.chain.svm.expireBlockhash();
    return benchmark(stage, party);
  }),
  BenchmarkBelowMinimum: reporting({ score: 2_535 }),
  BenchmarkMemoryTooSmall: reporting({ vramGb: 79 }),
  InvalidPricing: listing({ pricing: 2 }),
  InvalidSpread: listing({ pricing: 1, pricePerGpuHour: 0n, spreadBps: 10_001, indexMaxAgeSeconds: 60 }),
  OfferIsClosed: onMarket(({ stage, inferOffer }) => {
    must(stage, list(stage, inferOffer), close(inferOffer));
    return reprice(inferOffer);
  }),
};
