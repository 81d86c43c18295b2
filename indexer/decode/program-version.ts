/**
 * One version of one program, compiled: what its IDL says of events, instructions and accounts, found by discriminator.
 * @module
 */
import { InputError } from '../domain/errors.ts';
import { compileDecoder, type Decoder } from './compile-decoder.ts';
import type { Idl } from './idl.ts';
import { eventTableName } from './names.ts';
import { type LayoutResolver, layoutResolver } from './resolve-layout.ts';

/** Something behind a discriminator. `decoder` is `null` where the IDL's serialization is not decoded here. */
export interface Tagged {
  readonly name: string;
  readonly discriminator: Uint8Array;
  readonly decoder: Decoder | null;
}

export interface TaggedEvent extends Tagged {
  /** Typed table; the registry may have moved it to `…_2` where an older layout does not fit. */
  readonly table: string;
}

export interface TaggedInstruction extends Tagged {
  readonly accountNames: readonly string[];
}

export interface CompiledIdl {
  readonly events: readonly TaggedEvent[];
  readonly instructions: readonly TaggedInstruction[];
  readonly accounts: readonly Tagged[];
}

/**
 * Compile everything an IDL names.
 * @param prefix of the tables, `staking`
 * @throws InputError the codes of `layoutResolver`, but for unsupported layouts, which stay as `decoder: null`
 */
export function compileIdl(idl: Idl, prefix: string): CompiledIdl {
  const resolver = layoutResolver(idl);
  return {
    events: idl.events.map(({ name, typeName, discriminator }) => ({
      name,
      discriminator,
      table: eventTableName(prefix, name),
      decoder: decoderOf(resolver, (each) => each.named(typeName)),
    })),
    instructions: idl.instructions.map(({ name, discriminator, accounts, args }) => ({
      name,
      discriminator,
      accountNames: accounts.map((account) => account.name),
      decoder: decoderOf(resolver, (each) => each.fields(name, args)),
    })),
    accounts: idl.accounts.map(({ name, typeName, discriminator }) => ({
      name,
      discriminator,
      decoder: decoderOf(resolver, (each) => each.named(typeName)),
    })),
  };
}

function decoderOf(resolver: LayoutResolver, layout: (resolver: LayoutResolver) => Decoder['layout']): Decoder | null {
  try {
    return compileDecoder(layout(resolver));
  } catch (error) {
    if (error instanceof InputError && error.code === 'IDL__UNSUPPORTED_LAYOUT') return null;
    throw error;
  }
}

/** Finds what stands behind the discriminator at an offset. */
export class DiscriminatorIndex<T extends Tagged> {
  /** By first byte. */
  private readonly buckets: (T[] | undefined)[] = new Array(256);

  constructor(tagged: readonly T[]) {
    for (const each of tagged) {
      const first = each.discriminator[0] ?? 0;
      const bucket = this.buckets[first] ?? [];
      this.buckets[first] = bucket;
      bucket.push(each);
    }
  }

  find(data: Uint8Array, offset: number): T | null {
    const bucket = this.buckets[data[offset] ?? -1];
    if (bucket === undefined) return null;
    for (const each of bucket) {
      if (startsWith(data, offset, each.discriminator)) return each;
    }
    return null;
  }
}

export function startsWith(data: Uint8Array, offset: number, prefix: Uint8Array): boolean {
  if (data.length - offset < prefix.length) return false;
  for (let index = 0; index < prefix.length; index += 1) {
    if (data[offset + index] !== prefix[index]) return false;
  }
  return true;
}
