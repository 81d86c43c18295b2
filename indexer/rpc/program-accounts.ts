/**
 * The answer of `getProgramAccounts`, read while it comes: it can be larger than memory should hold, and than a string
 * may be.
 *
 * Input: the bytes of a JSON-RPC answer, encoding `base64`, with context. Every text in it is ASCII. A node writes the
 * context before the values (`Response` of rpc-client-types).
 * @module
 */
import { fromBase58 } from '../domain/base58.ts';
import type { AccountState } from '../domain/chain.ts';
import { InputError, messageOf, UpstreamError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';

export interface ProgramAccounts {
  /** The states are those after the block of this slot. */
  readonly slot: Slot;
  /** To be read once. RPC does not tell write versions: they are 0. @throws UpstreamError, InputError as the call */
  readonly states: AsyncIterable<AccountState>;
}

/** A JSON-RPC error in place of the accounts. */
export interface RefusedAnswer {
  readonly error: { readonly code: number; readonly message: string };
}

const LONGEST_HEAD = 65_536;

/**
 * Read up to the first account, then account by account.
 * @throws InputError `RPC__BAD_ANSWER`; UpstreamError `RPC__ANSWER_CUT` for an answer that ends early
 */
export async function readProgramAccounts(body: AsyncIterable<Uint8Array>): Promise<ProgramAccounts | RefusedAnswer> {
  const chunks = body[Symbol.asyncIterator]();
  let head = '';
  for (;;) {
    const values = /"value"\s*:\s*\[/.exec(head);
    if (values !== null) {
      const start = values.index + values[0].length;
      return { slot: slotOf(head.slice(0, start)), states: statesOf(head.slice(start), chunks) };
    }
    const next = await chunks.next();
    if (next.done === true) return refusalOf(head);
    head += Buffer.from(next.value).toString('latin1');
    if (head.length > LONGEST_HEAD && !head.includes('"value"')) return badAnswer('no accounts in it');
  }
}

function slotOf(head: string): Slot {
  try {
    const { slot } = (JSON.parse(`${head}]}}`) as { result: { context: { slot: number } } }).result.context;
    return BigInt(slot);
  } catch (error) {
    return badAnswer(messageOf(error), error);
  }
}

function refusalOf(text: string): RefusedAnswer {
  try {
    const { error } = JSON.parse(text) as Partial<RefusedAnswer>;
    if (typeof error?.code === 'number' && typeof error.message === 'string') return { error };
  } catch (error) {
    return badAnswer(messageOf(error), error);
  }
  return badAnswer('neither accounts nor an error in it');
}

async function* statesOf(start: string, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<AccountState> {
  const splitter = new ElementSplitter();
  try {
    for (let text = start; ; ) {
      for (const element of splitter.push(text)) yield stateOf(element);
      if (splitter.isAtEnd) return;
      const next = await chunks.next();
      if (next.done === true) break;
      text = Buffer.from(next.value).toString('latin1');
    }
  } finally {
    // Whoever stops reading frees the connection.
    await chunks.return?.();
  }
  throw new UpstreamError('RPC__ANSWER_CUT', 'The RPC ended its answer of getProgramAccounts early');
}

/** Cuts the inside of a JSON array of objects into its elements, however the text is cut into chunks. */
class ElementSplitter {
  isAtEnd = false;
  #rest = '';
  #position = 0;
  #depth = 0;
  #elementStart = 0;
  #isInText = false;

  push(text: string): string[] {
    this.#rest += text;
    const elements: string[] = [];
    for (; this.#position < this.#rest.length && !this.isAtEnd; this.#position += 1) {
      const element = this.#step(this.#rest[this.#position] as string);
      if (element !== null) elements.push(element);
    }
    this.#forgetRead();
    return elements;
  }

  /** Takes the character at the position; an element when it ends one. */
  #step(character: string): string | null {
    if (this.#isInText) {
      if (character === '\\') this.#position += 1;
      else if (character === '"') this.#isInText = false;
      return null;
    }
    if (character === '"') this.#isInText = true;
    else if (character === '{' || character === '[') {
      if (this.#depth === 0) this.#elementStart = this.#position;
      this.#depth += 1;
    } else if (character === '}' || character === ']') {
      this.#depth -= 1;
      if (this.#depth < 0) this.isAtEnd = true;
      if (this.#depth === 0) return this.#rest.slice(this.#elementStart, this.#position + 1);
    }
    return null;
  }

  #forgetRead(): void {
    const kept = this.#depth > 0 ? this.#elementStart : this.#position;
    this.#rest = this.#rest.slice(kept);
    this.#position -= kept;
    this.#elementStart -= kept;
  }
}

function stateOf(element: string): AccountState {
  try {
    const { pubkey, account } = JSON.parse(element) as {
      pubkey: string;
      account: { owner: string; data: readonly [string, string] };
    };
    const [text, encoding] = account.data;
    // A number of JSON loses what is above 2^53.
    const lamports = /"lamports"\s*:\s*(\d+)/.exec(element)?.[1];
    if (encoding !== 'base64' || lamports === undefined) return badAnswer('an account without data or lamports');
    return {
      publicKey: fromBase58(pubkey),
      owner: fromBase58(account.owner),
      lamports: BigInt(lamports),
      data: Buffer.from(text, 'base64'),
      writeVersion: 0n,
      signature: null,
    };
  } catch (error) {
    return badAnswer(messageOf(error), error);
  }
}

function badAnswer(reason: string, cause?: unknown): never {
  const message = `The RPC's answer of getProgramAccounts cannot be read: ${reason}`;
  throw new InputError('RPC__BAD_ANSWER', message, {}, cause);
}
