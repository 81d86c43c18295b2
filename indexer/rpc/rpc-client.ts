/**
 * The few calls of Solana's JSON-RPC that the indexer needs, over fetch, with a deadline and typed errors.
 * @module
 */
import { InputError, messageOf, UpstreamError } from '../domain/errors.ts';
import { type KillStep, killable } from '../domain/kill-points.ts';
import { shownUrl, withoutUrl } from '../domain/shown-url.ts';
import type { Slot } from '../domain/units.ts';
import { type ProgramAccounts, readProgramAccounts } from './program-accounts.ts';
import { retryAfterMs } from './retry-after.ts';
import type { RpcBlock } from './rpc-block.ts';

export type RpcCommitment = 'confirmed' | 'finalized';

export interface ChainRpc {
  /** Base58 hash that names the chain. */
  genesisHash(): Promise<string>;
  /** Newest finalized slot. */
  finalizedSlot(): Promise<Slot>;
  /** Lowest slot whose block the node says it still has. */
  firstAvailableSlot(): Promise<Slot>;
  /** Slots with a block (confirmed unless told otherwise) in `[from, to]`, ascending. */
  blockSlots(from: Slot, to: Slot, commitment?: RpcCommitment): Promise<readonly Slot[]>;
  /**
   * The block of a slot (confirmed unless told otherwise); `null` when the node says that the slot was skipped.
   * @throws UpstreamError `RPC__BLOCK_PRUNED` when the node once had it
   */
  block(slot: Slot, commitment?: RpcCommitment): Promise<RpcBlock | null>;
  /**
   * Finalized transactions that name an account, newest first, at most 1,000: those before `before`, or the newest.
   * @param account base58
   * @param before base58 signature of any transaction that the node has
   */
  signaturesNaming(account: string, before: string | null): Promise<readonly NamedSignature[]>;
  /**
   * All accounts that a program owns, as they were after a finalized block of at least `minContextSlot`. What is read
   * is what is held: the connection waits for the reader.
   * @param program base58
   */
  programAccounts(program: string, minContextSlot: Slot): Promise<ProgramAccounts>;
}

export interface NamedSignature {
  /** Base58. */
  readonly signature: string;
  readonly slot: Slot;
}

type Method = KillStep extends infer Step ? (Step extends `rpc-${infer Name}` ? Name : never) : never;

export type FetchJson = (url: string, init: RequestInit) => Promise<Response>;

const DEADLINE_MS = 20_000;
/** Of an answer that holds every account of a program, reading it included. */
const ACCOUNTS_DEADLINE_MS = 600_000;
/** JSON-RPC codes of a slot without a block: skipped, and skipped or missing in long-term storage. */
const SKIPPED_CODES = new Set([-32_007, -32_009]);
/** The most that a node gives at once. */
export const MAX_SIGNATURES = 1_000;
/** JSON-RPC code of a block that was cleaned up. */
const PRUNED_CODE = -32_001;
/** JSON-RPC code of a block with a transaction of a version above the one that was named. */
const VERSION_CODE = -32_015;
/** What is read of a transaction, every version has. */
const ANY_VERSION = { maxSupportedTransactionVersion: 255 };

class RpcRefusal extends UpstreamError {
  constructor(
    method: string,
    readonly rpcCode: number,
    text: string,
  ) {
    super('RPC__REFUSED', `The RPC refused ${method}: ${text} (${rpcCode})`, { method, rpcCode });
  }
}

/**
 * A client of the node at `url`. Every method throws UpstreamError `RPC__UNREACHABLE` or `RPC__REFUSED`, and
 * InputError `RPC__BAD_ANSWER` for what is no JSON-RPC.
 */
export function chainRpc(url: string, fetchJson: FetchJson = fetch): ChainRpc {
  const call = <T>(method: Method, read: (result: unknown) => T, params: readonly unknown[]) =>
    killable(`rpc-${method}`, () => callMethod(fetchJson, url, method, read, params));
  return {
    genesisHash: () => call('getGenesisHash', textOf, []),
    finalizedSlot: () => call('getSlot', slotOf, [{ commitment: 'finalized' }]),
    firstAvailableSlot: () => call('getFirstAvailableBlock', slotOf, []),
    blockSlots: (from, to, commitment = 'confirmed') =>
      call('getBlocks', listOf(slotOf), [Number(from), Number(to), { commitment }]),
    async block(slot, commitment = 'confirmed') {
      const ask = (options: object) =>
        call('getBlock', blockOrNull, [Number(slot), { ...BLOCK_OPTIONS, commitment, ...options }]);
      try {
        // Asked for only where needed: some hosts of nodes refuse to hear of versions that they do not know.
        return await ask({}).catch((error: unknown) => {
          if (error instanceof RpcRefusal && error.rpcCode === VERSION_CODE) return ask(ANY_VERSION);
          throw error;
        });
      } catch (error) {
        if (!(error instanceof RpcRefusal)) throw error;
        if (SKIPPED_CODES.has(error.rpcCode)) return null;
        if (error.rpcCode !== PRUNED_CODE) throw error;
        throw new UpstreamError('RPC__BLOCK_PRUNED', error.message, { slot }, error);
      }
    },
    signaturesNaming(account, before) {
      const options = { commitment: 'finalized', limit: MAX_SIGNATURES, ...(before === null ? {} : { before }) };
      return call('getSignaturesForAddress', listOf(namedSignature), [account, options]);
    },
    programAccounts: (program, minContextSlot) =>
      killable('rpc-getProgramAccounts', () => accountsOf(fetchJson, url, program, minContextSlot)),
  };
}

const BLOCK_OPTIONS = {
  encoding: 'json',
  transactionDetails: 'full',
  maxSupportedTransactionVersion: 0,
  rewards: false,
};

async function accountsOf(
  fetchJson: FetchJson,
  url: string,
  program: string,
  minContextSlot: Slot,
): Promise<ProgramAccounts> {
  const method = 'getProgramAccounts';
  // Finalized: such states belong to one block for ever, whatever becomes of the tip.
  const options = { commitment: 'finalized', encoding: 'base64', withContext: true };
  const params = [program, { ...options, minContextSlot: Number(minContextSlot) }];
  const { body } = await send(fetchJson, url, method, params, ACCOUNTS_DEADLINE_MS);
  const answer = await readProgramAccounts(readable(body, url, method));
  if ('error' in answer) throw new RpcRefusal(method, answer.error.code, answer.error.message);
  return answer;
}

async function* readable(body: Response['body'], url: string, method: string): AsyncGenerator<Uint8Array> {
  try {
    if (body !== null) yield* body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw unreachable(url, method, error);
  }
}

async function callMethod<T>(
  fetchJson: FetchJson,
  url: string,
  method: string,
  read: (result: unknown) => T,
  params: readonly unknown[],
): Promise<T> {
  const answer = await post(fetchJson, url, method, params);
  const error = answer?.error ?? null;
  if (error !== null) throw new RpcRefusal(method, error.code, error.message);
  try {
    return read(answer?.result);
  } catch (cause) {
    const message = `SOLANA_RPC_URL=${shownUrl(url)} does not answer as a Solana JSON-RPC`;
    throw new InputError('RPC__BAD_ANSWER', message, { url: shownUrl(url), method }, cause);
  }
}

/** What is read of an answer, or a throw. */
function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value;
}

function slotOf(value: unknown): Slot {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new TypeError('not a slot');
  return BigInt(Number(value));
}

function listOf<T>(read: (value: unknown) => T): (value: unknown) => readonly T[] {
  return (value) => {
    if (!Array.isArray(value)) throw new TypeError('not a list');
    return value.map((each) => read(each));
  };
}

function namedSignature(value: unknown): NamedSignature {
  const { signature, slot } = value as Readonly<Record<string, unknown>>;
  return { signature: textOf(signature), slot: slotOf(slot) };
}

/** The hash alone: `blockFromRpc` judges the rest. */
function blockOrNull(value: unknown): RpcBlock | null {
  if (value === null) return null;
  const block = value as RpcBlock;
  textOf(block.blockhash);
  return block;
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string } | null;
}

async function post(
  fetchJson: FetchJson,
  url: string,
  method: string,
  params: readonly unknown[],
): Promise<Answer | null> {
  const response = await send(fetchJson, url, method, params, DEADLINE_MS);
  try {
    return (await response.json()) as Answer | null;
  } catch (error) {
    throw unreachable(url, method, error);
  }
}

async function send(
  fetchJson: FetchJson,
  url: string,
  method: string,
  params: readonly unknown[],
  deadlineMs: number,
): Promise<Response> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(deadlineMs),
  };
  const response = await fetchJson(url, init).catch((error: unknown) => {
    throw unreachable(url, method, error);
  });
  if (response.ok) return response;
  await response.body?.cancel().catch(() => undefined);
  const waitMs = retryAfterMs(response.headers.get('retry-after'), Date.now());
  throw unreachable(url, method, new Error(`HTTP ${response.status}`), waitMs);
}

function unreachable(url: string, method: string, error: unknown, waitMs = 0): UpstreamError {
  const [shown, reason] = [shownUrl(url), withoutUrl(reasonOf(error), url)];
  const message = `The RPC ${shown} cannot be reached (${reason}): start it or set SOLANA_RPC_URL`;
  return new UpstreamError('RPC__UNREACHABLE', message, { url: shown, method }, error, waitMs);
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
}
