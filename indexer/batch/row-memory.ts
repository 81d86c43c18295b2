/**
 * Memory for rows that wait to be written, used again once they are in. A buffer for every table of every block would be
 * garbage by the tens of megabytes a second, and each 64 MiB of it make Node look through the whole heap (Node 20).
 *
 * What is never given back is collected as anything else: giving back is for speed alone.
 * @module
 */
import { Buffer } from 'node:buffer';

interface Slab {
  readonly bytes: Buffer;
  used: number;
  /** Blocks with rows in it. */
  users: number;
}

const RELEASE = Symbol('release');
const SLAB_BYTES = 4 * 1024 * 1024;
/** More than a commit and what waits for the next one need are not kept. */
const MAX_FREE_SLABS = 20;

export class RowMemory {
  readonly #free: Slab[] = [];
  #open: Slab | null = null;
  /** Slabs with rows of the block at hand. */
  #taken = new Set<Slab>();

  /** A copy that stays as it is until its block is released. */
  keep(bytes: Uint8Array): Buffer {
    if (bytes.length > SLAB_BYTES) return Buffer.from(bytes);
    const slab = this.#slabFor(bytes.length);
    const start = slab.used;
    slab.used += bytes.length;
    slab.bytes.set(bytes, start);
    if (!this.#taken.has(slab)) {
      this.#taken.add(slab);
      slab.users += 1;
    }
    return slab.bytes.subarray(start, slab.used);
  }

  /** What was kept since the last call belongs to this block: `releaseRows` gives it back. */
  assign(block: object): void {
    const slabs = this.#taken;
    this.#taken = new Set();
    const release = () => {
      for (const slab of slabs) this.#leave(slab);
      slabs.clear();
    };
    // Not in a WeakMap, of which the collector of young objects frees nothing.
    Object.defineProperty(block, RELEASE, { value: release });
  }

  #slabFor(sizeBytes: number): Slab {
    const open = this.#open;
    if (open !== null && open.used + sizeBytes <= SLAB_BYTES) return open;
    const slab = this.#free.pop() ?? { bytes: Buffer.allocUnsafeSlow(SLAB_BYTES), used: 0, users: 0 };
    this.#open = slab;
    return slab;
  }

  #leave(slab: Slab): void {
    slab.users -= 1;
    if (slab.users > 0) return;
    slab.used = 0;
    if (slab !== this.#open && this.#free.length < MAX_FREE_SLABS) this.#free.push(slab);
  }
}

/** The rows of a block are written, and not looked at again. */
export function releaseRows(block: object): void {
  (block as { readonly [RELEASE]?: () => void })[RELEASE]?.();
}
