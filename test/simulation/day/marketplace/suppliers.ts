/**
 * Providers of a simulated day beside their orders: benchmarks, signs of life, offers by the index, changed and closed
 * offers, bond taken back; and what the marketplace's admin does about them.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address, Instruction } from '@solana/kit';
import {
  closeOffer,
  decodeProvider,
  heartbeat,
  listOffer,
  type Provider,
  pauseOrders,
  postBond,
  requestBondWithdrawal,
  setAuthorities,
  setProviderStatus,
  submitBenchmark,
  updateOffer,
  withdrawBond,
} from '../../../../programs/marketplace/client.generated.ts';
import { GPU_CATALOGUE } from '../../../programs/marketplace/settings.ts';
import { findBenchmark, findBondVault, findOffer, findProvider } from '../../addresses.ts';
import { type Network, readAccounts, tokenAccountOf } from '../../network.ts';
import type { OfferPlan, ProviderPlan } from '../../population.ts';
import type { Random } from '../../random.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { inTurn } from '../turns.ts';
import { INDEX_OFFER, MAX_SECONDS, MIN_SECONDS, pricedTerms } from './offers.ts';

/** Rates of a tick. */
const BEATS = 0.3;
const PRICES_ANEW = 0.06;
const CHANGES_SPREAD = 0.01;
const CLOSES_OFFER = 0.001;
const TAKES_BOND = 0.005;
const DEGRADED_AT = 0.3;
const INDEX_AGE_SECONDS = 86_400;
const DEGRADED = 2;

interface Supplier {
  readonly plan: ProviderPlan;
  readonly provider: Address;
  readonly offers: readonly Address[];
}

/** @param degraded number of the provider that the admin degrades */
export function createSuppliers(degraded: number) {
  return async (world: World): Promise<Actors> => {
    const { network } = world;
    const program = network.marketplaceProgram;
    const suppliers = await Promise.all(
      world.providers.map(async (plan): Promise<Supplier> => {
        const provider = await findProvider(plan.wallet.address, program);
        const offers = await Promise.all(plan.offers.map((_, number) => findOffer(provider, BigInt(number), program)));
        return { plan, provider, offers };
      }),
    );
    const random = world.randomOf('suppliers');
    return {
      name: 'suppliers',
      async act(moment: Moment) {
        if (moment.tick === 0) return (await inTurn(suppliers, (each) => opening(network, each, random))).flat();
        const accounts = await readAccounts(
          network,
          suppliers.map(({ provider }) => provider),
        );
        const plans: TransactionPlan[] = [];
        for (const [index, supplier] of suppliers.entries()) {
          const account = decodeProvider(accounts[index] ?? new Uint8Array());
          plans.push(...routine(world, supplier, moment, random));
          plans.push(...(await bondSteps(network, supplier, account, moment, random)));
        }
        return [...plans, ...administration(world, suppliers[degraded]?.provider, moment)];
      },
    };
  };
}

function planOf(network: Network, { plan }: Supplier, instruction: Instruction): TransactionPlan {
  return { instructions: [instruction], signers: [network.admin, plan.wallet] };
}

/** Benchmarks of what is offered, and a third offer at the index. */
async function opening(network: Network, supplier: Supplier, random: Random): Promise<TransactionPlan[]> {
  const { plan, provider } = supplier;
  const machines = plan.offers.slice(0, INDEX_OFFER);
  const benchmarks = await inTurn(machines, (offer) => benchmark(network, supplier, offer, random));
  const [{ model, units }] = plan.offers as [OfferPlan];
  const listing = listOffer(
    {
      payer: network.admin.address,
      owner: plan.wallet.address,
      marketplace: network.marketplace,
      provider,
      offer: supplier.offers[INDEX_OFFER] ?? provider,
      mint: network.inferMint.address,
    },
    { ...indexTerms(units, random), model, region: plan.region },
    network.marketplaceProgram,
  );
  return [...benchmarks, planOf(network, supplier, listing)];
}

function indexTerms(units: number, random: Random) {
  return {
    units,
    minSeconds: MIN_SECONDS,
    maxSeconds: MAX_SECONDS,
    pricePerGpuHour: 0n,
    pricing: 1,
    spreadBps: random.integer(0, 20) * 50,
    indexMaxAgeSeconds: INDEX_AGE_SECONDS,
  };
}

async function benchmark(
  network: Network,
  supplier: Supplier,
  { model, units }: OfferPlan,
  random: Random,
): Promise<TransactionPlan> {
  const { plan, provider } = supplier;
  const deviceHash = createHash('sha256').update(`${plan.name}/${model}`).digest();
  const { vramGb = 1, weight = 1 } = GPU_CATALOGUE[model] ?? {};
  const instruction = submitBenchmark(
    {
      payer: network.admin.address,
      owner: plan.wallet.address,
      marketplace: network.marketplace,
      provider,
      benchmark: await findBenchmark(provider, deviceHash, network.marketplaceProgram),
    },
    {
      deviceHash,
      model,
      units,
      vramGb,
      score: Math.floor((weight * random.integer(85, 105)) / 100),
      reportHash: random.bytes(32),
    },
    network.marketplaceProgram,
  );
  return planOf(network, supplier, instruction);
}

/** Signs of life, and offers that follow demand. */
function routine(world: World, supplier: Supplier, { tick }: Moment, random: Random): TransactionPlan[] {
  const { network, models, tickCount } = world;
  const { plan, provider, offers } = supplier;
  const program = network.marketplaceProgram;
  const owner = plan.wallet.address;
  const steps: Instruction[] = [];
  if (random.chance(BEATS)) {
    const unitsBusy = random.integer(0, 3);
    steps.push(heartbeat({ owner, provider }, { unitsFree: 8 - unitsBusy, unitsBusy }, program));
  }
  for (const [number, offer] of plan.offers.entries()) {
    const accounts = { owner, provider, offer: offers[number] ?? provider };
    const isIndexed = number === INDEX_OFFER;
    if (random.chance(isIndexed ? CHANGES_SPREAD : PRICES_ANEW)) {
      const isRushed = offer.model === models.cornered;
      const terms = isIndexed ? indexTerms(offer.units, random) : pricedTerms(offer, isRushed, tick / tickCount);
      steps.push(updateOffer(accounts, terms, program));
    }
    if (isIndexed && random.chance(CLOSES_OFFER)) steps.push(closeOffer(accounts, program));
  }
  return steps.map((instruction) => planOf(network, supplier, instruction));
}

/** Asks for a tenth of the bond, takes what was asked for and is due, and makes good what a slash has taken. */
async function bondSteps(
  network: Network,
  supplier: Supplier,
  { bondTotal, withdrawalAmount, withdrawalReadyAt }: Provider,
  { nowSeconds }: Moment,
  random: Random,
): Promise<TransactionPlan[]> {
  const { plan, provider } = supplier;
  const program = network.marketplaceProgram;
  const { marketplace } = network;
  const owner = plan.wallet.address;
  const asks = random.chance(TAKES_BOND);
  const isShort = bondTotal * 10n < plan.bond * 6n;
  const isSpare = bondTotal - withdrawalAmount >= plan.bond / 2n;
  const isReady = isSpare && withdrawalAmount > 0n && nowSeconds >= withdrawalReadyAt;
  if (!asks && !isShort && !isReady) return [];
  const money = {
    bondVault: await findBondVault(provider, program),
    ownerTokenAccount: await tokenAccountOf(owner, network.inferMint.address),
  };
  const steps: Instruction[] = [];
  if (isReady) {
    const args = { amount: withdrawalAmount };
    steps.push(withdrawBond({ owner, marketplace, provider, ...money }, args, program));
  } else if (isShort) steps.push(postBond({ owner, provider, ...money }, { amount: plan.bond / 5n }, program));
  else if (asks)
    steps.push(requestBondWithdrawal({ owner, marketplace, provider }, { amount: plan.bond / 10n }, program));
  return steps.map((instruction) => planOf(network, supplier, instruction));
}

/** One provider is degraded, orders are paused for a tick, an authority is named anew. */
function administration(world: World, degraded: Address | undefined, { tick }: Moment): TransactionPlan[] {
  const { network, tickCount } = world;
  const { admin, marketplace, marketplaceProgram: program } = network;
  const at = (part: number, later = 0) => tick === Math.floor(tickCount * part) + later;
  const steps: Instruction[] = [];
  const shared = { authority: admin.address, marketplace };
  if (at(DEGRADED_AT) && degraded !== undefined)
    steps.push(setProviderStatus({ ...shared, provider: degraded }, { status: DEGRADED }, program));
  if (at(0.8) || at(0.8, 1)) steps.push(pauseOrders(shared, { isPaused: at(0.8) }, program));
  if (at(0.85)) {
    const unchanged = { admin: null, haltAuthority: null, rewardAuthority: null, meter: null };
    const accounts = { admin: admin.address, marketplace };
    steps.push(setAuthorities(accounts, { ...unchanged, arbiter: network.arbiter.address }, program));
  }
  return steps.map((instruction) => ({ instructions: [instruction], signers: [admin] }));
}
