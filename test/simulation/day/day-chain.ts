/**
 * A local chain in this process whose time is ours: a day passes in as many slots as the simulation wants, and
 * transactions go straight into the open bank. Everything else is the chain that `plumbline up` starts.
 * @module
 */
import {
  type Address,
  type Blockhash,
  createSolanaRpcFromTransport,
  type Lamports,
  type Rpc,
  type RpcTransport,
  type SolanaRpcApi,
} from '@solana/kit';
import { ManualClock } from '../../localnet/clock.ts';
import type { Localnet } from '../../localnet/localnet.ts';
import { dispatch } from '../../localnet/rpc/dispatch.ts';
import { type RunningLocalnet, startLocalnet } from '../../localnet/start.ts';
import { parseTransaction } from '../../localnet/wire/transaction.ts';
import type { AirdropRpc } from '../genesis.ts';
import type { Outcome, TransactionSender } from '../sender.ts';
import { signPlan, type TransactionPlan } from '../sign-plan.ts';

export interface DayChainOptions {
  readonly programs: readonly { readonly id: string; readonly path: string }[];
  readonly usdcMintAuthority: string;
  readonly seed: number;
  /** Where the ledger is kept; a temporary folder when absent. */
  readonly dataDir?: string | undefined;
  /** How much of its past it begins with. */
  readonly beginsSecondsAgo?: number;
}

/** Slots that bring what was sent to `confirmed`, where it is read. */
const SLOTS_TO_CONFIRM = 2;
const BLOCKHASH_LIFE_BLOCKS = 150n;

export class DayChain implements TransactionSender {
  readonly rpc: Rpc<SolanaRpcApi>;
  readonly running: RunningLocalnet;
  readonly #clock: ManualClock;

  private constructor(running: RunningLocalnet, clock: ManualClock) {
    this.running = running;
    this.#clock = clock;
    this.rpc = createSolanaRpcFromTransport(straightTo(running.localnet)) as Rpc<SolanaRpcApi>;
  }

  static async start(options: DayChainOptions): Promise<DayChain> {
    const { dataDir, ...rest } = options;
    const running = await startLocalnet({ ...rest, ...(dataDir === undefined ? {} : { dataDir }) });
    const { clock } = running.localnet;
    if (!(clock instanceof ManualClock)) throw new TypeError('the chain of a simulated day is driven by hand');
    return new DayChain(running, clock);
  }

  /** Unix time of the chain. */
  nowSeconds(): bigint {
    return BigInt(Math.floor(this.#clock.nowMs() / 1_000));
  }

  /** From the chain's faucet. */
  async fund(owner: Address, amount: Lamports): Promise<void> {
    await (this.rpc as never as AirdropRpc).requestAirdrop(owner, amount).send();
    this.running.advance(SLOTS_TO_CONFIRM);
  }

  /** Lets time pass and ends the slot, so that the next transactions run at the new time. */
  passSeconds(seconds: number): void {
    this.#clock.moveTo(this.#clock.nowMs() + seconds * 1_000);
    this.running.advance();
  }

  async sendAll(plans: readonly TransactionPlan[]): Promise<Outcome[]> {
    const outcomes = plans.map((plan) => this.#send(plan));
    this.running.advance(SLOTS_TO_CONFIRM);
    return outcomes;
  }

  async sendOrThrow(plans: readonly TransactionPlan[]): Promise<void> {
    const outcomes = await this.sendAll(plans);
    const bad = outcomes.find(({ status }) => status !== 'confirmed');
    if (bad) throw new Error(`transaction ${bad.signature} ${bad.status}: ${JSON.stringify(errorOf(bad))}`);
  }

  /** The chain is here: it answers at once or not at all. */
  patiently<T>(call: () => Promise<T>): Promise<T> {
    return call();
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }

  #send(plan: TransactionPlan): Outcome {
    const { chain } = this.running.localnet;
    const blockhash = chain.entryAt('processed').blockhash as Blockhash;
    const { wire, signature } = signPlan(plan, { blockhash, lastValidBlockHeight: BLOCKHASH_LIFE_BLOCKS });
    const outcome = this.running.localnet.submit(parseTransaction(Buffer.from(wire, 'base64')), true);
    if ('dropped' in outcome) return { status: 'lost', signature };
    return outcome.landed === null
      ? { status: 'confirmed', signature }
      : { status: 'failed', signature, error: outcome.landed };
  }
}

/** The chain's JSON-RPC without the sockets. No amount that is asked for comes near 2^53. */
function straightTo(localnet: Localnet): RpcTransport {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
  return async ({ payload }) => JSON.parse(dispatch(localnet, JSON.stringify(payload, plain)));
}

function errorOf(outcome: Outcome): unknown {
  return outcome.status === 'failed' ? outcome.error : 'not taken';
}
