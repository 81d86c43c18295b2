/**
 * Sends transactions until they are on the chain. A transaction that a stopped chain forgot is built again with a new
 * blockhash; one that the program refused is reported with its logs.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rpc, Signature, SolanaRpcApi } from '@solana/kit';
import { type Lifetime, signPlan, type TransactionPlan } from './sign-plan.ts';

/** Whatever brings transactions onto a chain: over RPC, or straight into a local chain of the same process. */
export interface TransactionSender {
  /** All outcomes, in the order given. Refusals are outcomes; only a chain that stays away is an exception. */
  sendAll(plans: readonly TransactionPlan[]): Promise<Outcome[]>;
  /** All must succeed. @throws Error with the program's answer */
  sendOrThrow(plans: readonly TransactionPlan[]): Promise<void>;
  /** Call until it answers: the chain may be starting again. */
  patiently<T>(call: () => Promise<T>): Promise<T>;
}

export type Outcome =
  | { readonly status: 'confirmed'; readonly signature: Signature }
  | { readonly status: 'failed'; readonly signature: Signature; readonly error: unknown }
  /** Not seen while its blockhash lived. */
  | { readonly status: 'lost'; readonly signature: Signature };

const STATUS_BATCH = 256;
const BATCHES_AT_ONCE = 4;
const POLL_MS = 250;
const POLLS_BEFORE_RESEND = 12;
const RETRY_MS = 500;
const TRIES = 40;

export class Sender implements TransactionSender {
  readonly #rpc: Rpc<SolanaRpcApi>;
  #lifetime: { value: Lifetime; readAtMs: number } | null = null;

  constructor(rpc: Rpc<SolanaRpcApi>) {
    this.#rpc = rpc;
  }

  async sendAll(plans: readonly TransactionPlan[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let start = 0; start < plans.length; start += STATUS_BATCH * BATCHES_AT_ONCE) {
      const starts = Array.from({ length: BATCHES_AT_ONCE }, (_, index) => start + index * STATUS_BATCH);
      const batches = starts.map((first) => plans.slice(first, first + STATUS_BATCH)).filter((each) => each.length > 0);
      outcomes.push(...(await Promise.all(batches.map((batch) => this.#sendBatch(batch)))).flat());
    }
    return outcomes;
  }

  async sendOrThrow(plans: readonly TransactionPlan[]): Promise<void> {
    let open = plans;
    for (let round = 0; open.length > 0; round += 1) {
      const outcomes = await this.sendAll(open);
      const failed = outcomes.find((each) => each.status === 'failed');
      if (failed)
        throw new Error(
          `transaction ${failed.signature} was refused: ${textOf(failed.status === 'failed' ? failed.error : '')}`,
        );
      open = open.filter((_, index) => outcomes[index]?.status === 'lost');
      if (round > TRIES) throw new Error(`${open.length} transactions were never confirmed`);
    }
  }

  async patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        if (attempt >= TRIES || !isConnectionFailure(error)) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  async #sendBatch(plans: readonly TransactionPlan[]): Promise<Outcome[]> {
    const lifetime = await this.#freshLifetime();
    const signed = plans.map((plan) => signPlan(plan, lifetime));
    const signatures = signed.map((each) => each.signature);
    const submit = (open: readonly Signature[]) =>
      Promise.all(
        signed
          .filter((each) => open.includes(each.signature))
          .map((each) => this.patiently(() => this.#submit(each.wire)).catch(() => undefined)),
      );
    await submit(signatures);
    return this.#waitFor(signatures, lifetime, submit);
  }

  /** Without preflight: a transaction that fails belongs into a block, as on the network. */
  async #submit(wire: string): Promise<void> {
    await this.#rpc.sendTransaction(wire as never, { encoding: 'base64', skipPreflight: true, maxRetries: 0n }).send();
  }

  /** Sends again what is not seen for a while: a leader may have dropped it. */
  async #waitFor(
    signatures: readonly Signature[],
    lifetime: Lifetime,
    submit: (open: readonly Signature[]) => Promise<unknown>,
  ): Promise<Outcome[]> {
    const outcomes = new Map<Signature, Outcome>();
    for (let polls = 1; outcomes.size < signatures.length; polls += 1) {
      await sleep(POLL_MS);
      if (polls % POLLS_BEFORE_RESEND === 0) await submit(signatures.filter((each) => !outcomes.has(each)));
      // The height first: a status read after the blockhash died is final.
      const height = await this.patiently(() => this.#rpc.getBlockHeight({ commitment: 'confirmed' }).send());
      const open = signatures.filter((each) => !outcomes.has(each));
      const { value } = await this.patiently(() =>
        this.#rpc.getSignatureStatuses(open, { searchTransactionHistory: true }).send(),
      );
      open.forEach((signature, index) => {
        const status = value[index];
        if (status && status.confirmationStatus !== 'processed') {
          outcomes.set(
            signature,
            status.err === null
              ? { status: 'confirmed', signature }
              : { status: 'failed', signature, error: status.err },
          );
        } else if (!status && height > lifetime.lastValidBlockHeight) {
          outcomes.set(signature, { status: 'lost', signature });
        }
      });
    }
    return signatures.map((each) => outcomes.get(each) ?? { status: 'lost', signature: each });
  }

  async #freshLifetime(): Promise<Lifetime> {
    const maxAgeMs = 2_000;
    if (this.#lifetime && Date.now() - this.#lifetime.readAtMs < maxAgeMs) return this.#lifetime.value;
    const { value } = await this.patiently(() => this.#rpc.getLatestBlockhash({ commitment: 'confirmed' }).send());
    this.#lifetime = { value, readAtMs: Date.now() };
    return value;
  }
}

function isConnectionFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'TypeError' || /fetch failed|HTTP error \(5\d\d\)|ECONN|terminated/.test(error.message))
  );
}

function textOf(error: unknown): string {
  return JSON.stringify(error, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}
