/**
 * Programs by the bytes of their id: what is known of one of ours, and how the runtime logs the calls of any.
 * @module
 */
import { type ProgramVersion, type RegisteredProgram, type Registry, versionAt } from '../../decode/registry.ts';
import { toBase58 } from '../../domain/base58.ts';
import { ByteSource, isSame } from '../byte-source.ts';

export interface CalledProgram {
  readonly id: ByteSource;
  /** `null` for a program that is not ours. */
  readonly ours: RegisteredProgram | null;
  /** `Program <id> `, with which every line of the runtime about a call begins. */
  readonly line: ByteSource;
  /** In force at the block's slot; `null` for a program that is not ours, and before its first. */
  version: ProgramVersion | null;
}

const ID_BYTES = 32;
/** Programs are few; the bound keeps hostile data from filling memory. */
const MAX_PROGRAMS = 4_096;

export class CalledPrograms {
  readonly #programs = new Map<number, CalledProgram>();
  #slot = -1n;

  constructor(private readonly registry: Registry) {}

  /** What is in force from here on. */
  startBlock(slot: bigint): void {
    if (slot === this.#slot) return;
    this.#slot = slot;
    for (const program of this.#programs.values()) program.version = this.#versionOf(program.ours);
  }

  /** The program whose id stands at `at`. */
  at(from: ByteSource, at: number): CalledProgram {
    const { view } = from;
    const key = view.getInt32(at, true) ^ Math.imul(view.getInt32(at + 28, true), 31);
    const known = this.#programs.get(key);
    if (known !== undefined && isSame(known.id, 0, from, at, ID_BYTES)) return known;
    if (this.#programs.size >= MAX_PROGRAMS) this.#programs.clear();
    const made = this.#make(from.bytes.slice(at, at + ID_BYTES));
    this.#programs.set(key, made);
    return made;
  }

  #make(id: Uint8Array): CalledProgram {
    const ours = this.registry.program(id);
    const line = new ByteSource(Buffer.from(`Program ${toBase58(id)} `));
    return { id: new ByteSource(new Uint8Array(id)), ours, line, version: this.#versionOf(ours) };
  }

  #versionOf(ours: RegisteredProgram | null): ProgramVersion | null {
    return ours === null ? null : versionAt(ours, this.#slot);
  }
}
