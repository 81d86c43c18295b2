/**
 * Blocks of a random life of the compiled exchange: every instruction that had events makes a block of its own.
 * @module
 */
import fc from 'fast-check';
import type { DecodedFields, DecodedValue } from '../../../indexer/decode/value.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { ProgramEvent } from '../../../programs/exchange/client.generated.ts';
import { INFER } from '../../programs/exchange/floor.ts';
import { beginLife, draw, take } from '../../programs/exchange/life.ts';
import type { ChosenBlock, ChosenEvent } from './market-chain.ts';

export interface LivedBlock extends ChosenBlock {
  readonly told: readonly ProgramEvent[];
}

export async function livedBlocks(seed: number, steps: number): Promise<LivedBlock[]> {
  const twin = await beginLife(200_000n * INFER);
  const blocks: LivedBlock[] = [];
  let seen = 0;
  const close = () => {
    const told = twin.floor.events.slice(seen);
    seen = twin.floor.events.length;
    if (told.length === 0) return;
    blocks.push({ slot: BigInt(blocks.length + 1), time: twin.floor.now, events: told.map(chosenEvent), told });
  };
  close();
  for (const drawn of fc.sample(draw, { numRuns: steps, seed })) {
    await take(twin, drawn);
    close();
  }
  return blocks;
}

function chosenEvent({ name, data }: ProgramEvent): ChosenEvent {
  return { table: `exchange${snakeCase(name)}`, fields: fieldsOf(data) as DecodedFields };
}

/** Back to the names of the IDL and to the bytes of keys, as the decoder gives them. */
function fieldsOf(value: unknown): DecodedValue {
  if (typeof value === 'string') return fromBase58(value);
  if (Array.isArray(value)) return value.map(fieldsOf);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value as DecodedValue;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [snakeCase(name), fieldsOf(each)]));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
