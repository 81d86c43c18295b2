/**
 * Whether several endpoints tell of one chain: the same slot has to have the same blockhash. Whoever tells a block first
 * is believed until another contradicts; then a node is asked by RPC, and the endpoint that it does not bear out is cut
 * off, to begin anew from the checkpoint. Where the node knows nothing, the first one stays.
 *
 * An endpoint may replace its own block, which is a fork. One that still tells the replaced block is late, not wrong.
 * @module
 */
import type { Fact } from '../assemble/assembler.ts';
import { compareBytes, toBase58 } from '../domain/base58.ts';
import type { BlockHeader } from '../domain/chain.ts';
import { UpstreamError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';

export interface Disagreement {
  readonly slot: Slot;
  /** Who contradicts, and what it says. */
  readonly address: string;
  readonly blockhash: string;
  /** Who said otherwise before, and what. */
  readonly others: readonly string[];
  readonly othersBlockhash: string;
}

export interface AgreementOptions {
  /** Hash of the block that a node has at a slot; `null` for none. May fail. */
  readonly blockhashAt: (slot: Slot) => Promise<Uint8Array | null>;
  /** Told once per endpoint and slot. */
  readonly onDisagreement: (disagreement: Disagreement) => void;
}

interface Told {
  blockhash: Uint8Array;
  /** Addresses of those who say so. */
  sayers: Set<string>;
  /** Hashes that their own sayers have replaced. */
  readonly replaced: Uint8Array[];
  /** The node has spoken for `blockhash`. */
  isProven: boolean;
  isHandedOn: boolean;
  readonly contradictors: Set<string>;
}

/** More than any server replays (about 150). */
const WINDOW_SLOTS = 1_024n;

export class Agreement {
  readonly #told = new Map<Slot, Told>();
  /** Found wrong, and not told so yet. */
  readonly #wrong = new Map<string, Slot>();
  #newestSlot = 0n;
  /** Who wait for a block. */
  readonly #waiting = new Set<() => void>();

  constructor(private readonly options: AgreementOptions) {}

  /**
   * True when a fact of an endpoint may be handed on; false for one that is late.
   * @throws UpstreamError `STREAM__DISAGREES`: the endpoint is wrong, or was found to be
   */
  async admits(address: string, fact: Fact): Promise<boolean> {
    const wrongSlot = this.#wrong.get(address);
    this.#wrong.delete(address);
    if (wrongSlot !== undefined) throw disagrees(address, wrongSlot);
    if (fact.kind === 'finalized') return true;
    if (fact.kind === 'dead') return this.#admitsDeath(address, fact.slot);
    const { slot, blockhash } = fact.block;
    this.#forgetOld(slot);
    const told = this.#told.get(slot);
    if (told === undefined) this.#told.set(slot, firstTold(address, blockhash));
    else if (isSame(told.blockhash, blockhash)) told.sayers.add(address);
    else if (told.sayers.has(address)) replace(told, address, blockhash);
    else if (told.replaced.some((each) => isSame(each, blockhash))) return false;
    else await this.#settle(told, { address, slot, blockhash });
    return true;
  }

  /** A block that was admitted is where those that follow it can be handed on behind it. */
  noteHandedOn({ slot, blockhash }: BlockHeader): void {
    const told = this.#told.get(slot);
    if (told === undefined || !isSame(told.blockhash, blockhash)) return;
    told.isHandedOn = true;
    for (const wake of this.#waiting) wake();
  }

  /**
   * Resolves once the parent of a block was handed on, whoever told it, or at once where nothing before the block was
   * told; at the latest when the signal is aborted that `patience` gives, asked only where there is something to wait for.
   */
  async parentOf({ slot, parentSlot, parentBlockhash }: BlockHeader, patience: () => AbortSignal): Promise<void> {
    const isThere = () => {
      const told = this.#told.get(parentSlot);
      return told?.isHandedOn === true && isSame(told.blockhash, parentBlockhash);
    };
    if (isThere() || ![...this.#told.keys()].some((each) => each < slot)) return;
    const until = patience();
    while (!isThere() && !until.aborted) await this.#next(until);
  }

  #next(until: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        until.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      until.addEventListener('abort', wake);
    });
  }

  /** A block that others still stand by is not dead for one endpoint's word. */
  #admitsDeath(address: string, slot: Slot): boolean {
    const told = this.#told.get(slot);
    told?.sayers.delete(address);
    if (told !== undefined && told.sayers.size > 0) return false;
    this.#told.delete(slot);
    return true;
  }

  async #settle(told: Told, claim: { address: string; slot: Slot; blockhash: Uint8Array }): Promise<void> {
    const { address, slot, blockhash } = claim;
    if (!told.contradictors.has(address)) {
      told.contradictors.add(address);
      const [own, other] = [toBase58(blockhash), toBase58(told.blockhash)];
      this.options.onDisagreement({
        ...{ slot, address, blockhash: own, others: [...told.sayers], othersBlockhash: other },
      });
    }
    const truth = told.isProven ? told.blockhash : await this.options.blockhashAt(slot).catch(() => null);
    if (truth !== null && isSame(truth, told.blockhash)) told.isProven = true;
    if (truth === null || !isSame(truth, blockhash)) throw disagrees(address, slot);
    this.#overrule(slot, told.sayers);
    this.#told.set(slot, { ...firstTold(address, blockhash), isProven: true });
  }

  /** What only these said, from a slot on, is not held against anybody. */
  #overrule(fromSlot: Slot, losers: ReadonlySet<string>): void {
    for (const loser of losers) this.#wrong.set(loser, fromSlot);
    for (const [slot, { sayers }] of this.#told) {
      if (slot >= fromSlot && [...sayers].every((each) => losers.has(each))) this.#told.delete(slot);
    }
  }

  #forgetOld(slot: Slot): void {
    if (slot <= this.#newestSlot) return;
    this.#newestSlot = slot;
    // Insertion order is near slot order: looking at the first entries is enough, one new slot at a time.
    for (const each of this.#told.keys()) {
      if (each + WINDOW_SLOTS >= slot) break;
      this.#told.delete(each);
    }
  }
}

function firstTold(address: string, blockhash: Uint8Array): Told {
  return {
    ...{ blockhash, sayers: new Set([address]), replaced: [], contradictors: new Set() },
    ...{ isProven: false, isHandedOn: false },
  };
}

function replace(told: Told, address: string, blockhash: Uint8Array): void {
  told.replaced.push(told.blockhash);
  told.blockhash = blockhash;
  told.sayers = new Set([address]);
  told.isProven = false;
  told.isHandedOn = false;
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return compareBytes(left, right) === 0;
}

function disagrees(address: string, slot: Slot): UpstreamError {
  const message = `The endpoint ${address} has another block at slot ${slot} than the chain that is followed`;
  return new UpstreamError('STREAM__DISAGREES', message, { address, slot });
}
