/**
 * The random life of a market: every instruction of registry, offers, orders, sessions and disputes, drawn at right and
 * wrong moments. A refusal must have a number and change nothing.
 * @module
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { marketplaceFold } from '../../../jobs/reconcile/folds/marketplace.ts';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  decodeBuyer,
  decodeOrder,
  decodeProvider,
  MARKETPLACE_PROGRAM_ADDRESS,
  pauseOrders,
} from '../../../programs/marketplace/client.generated.ts';
import { findDisputeVault } from '../../../programs/marketplace/pda.ts';
import { FoldedChain } from '../folded-chain.ts';
import {
  accountOf,
  bond,
  buy,
  confirm,
  createBuyerParty,
  createProviderParty,
  govern,
  initialize,
  list,
  must,
  offerRef,
  orderRef,
  type ProviderParty,
  rate,
  refund,
  register,
  start,
} from './actors.ts';
import { INDEX_SCALE, openExchange } from './exchange-stage.ts';
import { elsewhere, invariant, type LiveOrder, type World } from './invariant.ts';
import { ADMIN, ARBITER, createStage, INFER, INFER_MINT, poolState, USDC_MINT } from './market.ts';
import { model } from './registry-errors.ts';
import {
  askBond,
  beat,
  benchmark,
  close,
  cover,
  dispute,
  expire,
  extend,
  leave,
  reclaim,
  reprice,
  rule,
  settle,
  takeBond,
} from './sessions.ts';

const PARTIES = 4;
const BUYERS = 5;
/** So that checks of all that is open stay quick. */
const MOST_OPEN = 40;
const SHORT = {
  challenge_window_seconds: 150n,
  start_deadline_seconds: 300n,
  confirm_window_seconds: 600n,
  dispute_resolution_seconds: 900n,
  stream_attest_timeout_seconds: 600n,
  bond_withdrawal_delay_seconds: 500n,
  high_stakes_min_value: 9_000_000_000_000_000n,
};
const SPLIT = { fee_treasury_bps: 6_001n, fee_burn_bps: 1_999n, fee_verifier_bps: 2_000n, platform_fee_bps: 333n };

export const step = fc.record({
  kind: fc.constantFrom(
    ...(['bond', 'askBond', 'takeBond', 'list', 'list', 'reprice', 'close', 'benchmark', 'beat', 'status'] as const),
    ...(['govern', 'pause', 'model', 'pool', 'wait', 'wait', 'wait', 'wait', 'extend', 'leave', 'expire'] as const),
    ...(['buy', 'buy', 'buy', 'buy', 'buy', 'start', 'start', 'start', 'start', 'confirm', 'confirm'] as const),
    ...(['refund', 'refund', 'attest', 'attest', 'attest', 'settle', 'settle', 'dispute', 'rule', 'reclaim'] as const),
  ),
  pick: fc.nat({ max: 100_000 }),
  amount: fc.nat({ max: 1_000_000 }),
  seconds: fc.integer({ min: 1, max: 300 }),
  flag: fc.boolean(),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function picked<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % items.length];
}

export class Life {
  readonly counts = { accepted: 0, refused: 0 };
  readonly seen = new Set<string>();
  readonly world: World;
  readonly #before: { readonly infer: bigint; readonly usdc: bigint };

  private constructor(world: World) {
    this.world = world;
    this.#before = { infer: elsewhere(world, INFER_MINT), usdc: elsewhere(world, USDC_MINT) };
  }

  static async begin(): Promise<Life> {
    const stage = await createStage();
    const folded = new FoldedChain(stage.chain.svm, MARKETPLACE_PROGRAM_ADDRESS, marketplaceFold);
    must(stage, initialize(stage), govern(stage, { ...SHORT, ...SPLIT }));
    await openExchange(stage, 2n * INFER * INDEX_SCALE);
    const parties: ProviderParty[] = [];
    for (let index = 0; index < PARTIES; index += 1) {
      const party = await createProviderParty(stage, index);
      must(stage, register(stage, party), bond(party, 2_000n * INFER));
      parties.push(party);
    }
    const buyers = await Promise.all(Array.from({ length: BUYERS }, (_, index) => createBuyerParty(stage, index)));
    return new Life({
      stage,
      parties,
      buyers,
      offers: [],
      live: new Map(),
      ended: [],
      folded,
    });
  }

  async take(drawn: Step): Promise<void> {
    await this.#act(drawn);
    expect(this.world.folded.differences(), drawn.kind).toEqual([]);
    invariant(this.world, this.#before);
  }

  /** Sends one drawn instruction. Returns whether the chain took it; a refusal has to be a numbered one. */
  #attempt(instruction: ProgramInstruction): boolean {
    const outcome = this.world.stage.chain.send(instruction);
    if (!outcome.ok && outcome.code === null) throw new Error(outcome.reason);
    this.counts[outcome.ok ? 'accepted' : 'refused'] += 1;
    if (outcome.ok) for (const { name } of outcome.events) this.seen.add(name);
    return outcome.ok;
  }

  async #act(drawn: Step): Promise<void> {
    const { stage, live } = this.world;
    if (drawn.kind === 'wait') stage.chain.setTime(stage.chain.now + BigInt(drawn.seconds));
    else if (drawn.kind === 'list') await this.#list(drawn);
    else if (drawn.kind === 'buy') await this.#buy(drawn);
    else if (this.#onMarket(drawn)) return;
    else if (drawn.kind === 'benchmark') await this.#benchmark(drawn);
    else {
      const fitting = [...live.values()].filter((ref) => this.#fits(drawn.kind, ref));
      // Now and then any order, for the refusals.
      const ref = picked(drawn.amount % 6 === 0 ? [...live.values()] : fitting, drawn.pick);
      if (ref !== undefined) await this.#onOrder(drawn, ref);
    }
  }

  /** Whether a step of this kind has a chance with the order. */
  #fits(kind: Step['kind'], ref: LiveOrder): boolean {
    const { status, isStreaming } = this.world.stage.chain.read(ref.order, decodeOrder);
    if (kind === 'start') return status === 0;
    if (kind === 'rule' || kind === 'reclaim') return status === 4;
    if (kind === 'attest' || kind === 'settle' || kind === 'leave') return isStreaming && status !== 0;
    if (kind === 'confirm') return !isStreaming && status === 1;
    return kind === 'refund' || status === 1;
  }

  /** What needs no order. Returns whether the step was of that kind. */
  #onMarket({ kind, pick, amount, flag }: Step): boolean {
    const { stage, parties, offers } = this.world;
    const party = picked(parties, pick) as ProviderParty;
    const offer = picked(offers, amount);
    const instruction = {
      bond: () => bond(party, BigInt(amount) * 100_000n),
      askBond: () => askBond(stage, party, BigInt(amount) * 200_000n),
      takeBond: () => takeBond(stage, party, BigInt(amount) * 150_000n),
      beat: () => beat(party, pick % 9, pick % 5),
      // Mostly in good standing, or nobody would sell for long.
      status: () => rate(stage, party, pick % 7 < 4 ? 1 : pick % 7 === 4 ? 0 : pick % 7 === 5 ? 2 : 3),
      govern: () => govern(stage, { platform_fee_bps: BigInt(amount % 6_000), bond_ratio_bps: BigInt(pick % 3_000) }),
      pause: () => pauseOrders({ authority: ADMIN, marketplace: stage.marketplace }, { isPaused: pick % 8 === 0 }),
      model: () => model(stage, { name: `model ${pick % 4}`, vramGb: (pick % 300) + 1, isListed: flag }),
      close: () => (offer !== undefined && pick % 6 === 0 ? close(offer) : null),
      reprice: () =>
        offer === undefined
          ? null
          : reprice(offer, { units: (pick % 12) + 1, pricePerGpuHour: BigInt(amount) * 1_000n }),
    }[kind as string];
    if (kind === 'pool') stage.chain.putPool(party.pool, poolState(party.poolAdmin, flag ? { totalShares: 0n } : {}));
    else if (instruction === undefined) return false;
    else {
      const made = instruction();
      if (made !== null) this.#attempt(made);
    }
    return true;
  }

  async #onOrder({ kind, pick, amount, seconds, flag }: Step, ref: LiveOrder): Promise<void> {
    const { stage } = this.world;
    const { chain } = stage;
    const { startedAt, attestedSeconds, disputeOpener } = chain.read(ref.order, decodeOrder);
    const opener = flag ? ref.buyer.buyer : ref.party.owner;
    if (kind === 'start') this.#attempt(start(stage, ref));
    else if (kind === 'confirm') this.#paying(ref, (target) => confirm(stage, ref, flag ? ARBITER : undefined, target));
    else if (kind === 'settle') this.#paying(ref, (target) => settle(stage, ref, target));
    else if (kind === 'refund') this.#attempt(refund(stage, ref));
    else if (kind === 'extend') this.#attempt(extend(stage, ref, seconds));
    else if (kind === 'leave') this.#attempt(leave(ref, opener));
    else if (kind === 'expire') this.#attempt(expire(stage, ref));
    else if (kind === 'dispute') this.#attempt(await dispute(stage, ref, opener));
    else if (kind === 'reclaim') this.#attempt(await reclaim(ref, disputeOpener));
    else if (kind === 'attest') {
      const used = startedAt === 0n ? 0 : Number(chain.now - startedAt);
      this.#attempt(cover(stage, ref, flag ? Math.max(used, attestedSeconds + 1) : attestedSeconds + (pick % 200)));
    } else await this.#rule(ref, disputeOpener, amount % 4 === 0 ? (pick % 2) * 10_000 : amount % 10_001);
  }

  /** A USDC share goes to the payout wallet when the pool cannot take it. */
  #paying(ref: LiveOrder, act: (target?: LiveOrder['order']) => ProgramInstruction): void {
    if (this.#attempt(act()) || ref.mint === INFER_MINT) return;
    this.#attempt(act(accountOf(ref.party.payoutAccounts, ref.mint)));
  }

  async #rule(ref: LiveOrder, opener: LiveOrder['order'], providerBps: number): Promise<void> {
    const { stage } = this.world;
    const isBuyer = opener === ref.buyer.buyer;
    const isReturned = isBuyer ? providerBps < 10_000 : providerBps > 0;
    const loser = isBuyer ? accountOf(ref.party.payoutAccounts, INFER_MINT) : accountOf(ref.buyer.accounts, INFER_MINT);
    const deposit = isReturned ? undefined : loser;
    const targets = [undefined, ...(ref.mint === USDC_MINT ? [accountOf(ref.party.payoutAccounts, ref.mint)] : [])];
    for (const target of targets) {
      if (this.#attempt(await rule(stage, ref, providerBps, opener, deposit, target))) return;
    }
  }

  async #list({ pick, amount, flag }: Step): Promise<void> {
    const { stage, parties, offers } = this.world;
    const party = picked(parties, pick) as ProviderParty;
    const { offerCount } = stage.chain.read(party.provider, decodeProvider);
    const number = pick % 12;
    const offer = await offerRef(party, offerCount, flag ? USDC_MINT : INFER_MINT, number);
    const price = BigInt(amount) * (flag ? 1_000n : 1_000_000n);
    const byIndex = { pricing: 1, pricePerGpuHour: 0n, spreadBps: amount % 500, indexMaxAgeSeconds: 100_000 };
    const pricing = pick % 5 === 0 ? { ...byIndex, model: 0 } : { pricePerGpuHour: price, model: number };
    const ref = pick % 5 === 0 ? await offerRef(party, offerCount, offer.mint, 0) : offer;
    if (this.#attempt(list(stage, ref, { units: (pick % 9) + 1, minSeconds: 50, ...pricing })))
      (offers as (typeof ref)[]).push(ref);
  }

  async #buy({ pick, amount, seconds, flag }: Step): Promise<void> {
    const { stage, offers, buyers, live } = this.world;
    // Older offers fill up and close.
    const offer = offers[offers.length - 1 - (amount % Math.max(1, Math.min(offers.length, 12)))];
    const buyer = picked(buyers, pick);
    if (offer === undefined || buyer === undefined || live.size >= MOST_OPEN) return;
    const known = stage.chain.data(buyer.record);
    const ref = await orderRef(offer, buyer, known === null ? 0n : decodeBuyer(known).orderCount);
    const limit = pick % 40 === 0 ? 1n : 900_000_000_000_000n;
    const terms = { units: (pick % 4) + 1, seconds: seconds + 50, maxPricePerGpuHour: limit, isStreaming: flag };
    if (!this.#attempt(buy(stage, ref, terms, ref.index))) return;
    live.set(ref.order, { ...ref, disputeVault: await findDisputeVault(ref.order) });
  }

  async #benchmark({ pick, amount }: Step): Promise<void> {
    const { stage, parties } = this.world;
    const party = picked(parties, pick) as ProviderParty;
    const deviceHash = new Uint8Array(32).fill(pick % 3);
    const change = { deviceHash, score: 2_000 + (amount % 3_000), units: pick % 9 };
    this.#attempt(await benchmark(stage, party, change));
  }
}
