/**
 * Blocks of a random life of the compiled exchange: every instruction that had events makes a block of its own.
 * @module
 */
import fc from 'fast-check';
import type { DecodedFields, DecodedValue } from '../../../indexer/decode/value.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { decodeIndex, type Index, type ProgramEvent } from '../../../programs/exchange/client.generated.ts';
import { type Floor, INFER } from '../../programs/exchange/floor.ts';
import { beginLife, draw, take } from '../../programs/exchange/life.ts';
import type { ChosenBlock, ChosenEvent } from './market-chain.ts';

export interface LivedBlock extends ChosenBlock {
  readonly told: readonly ProgramEvent[];
  /** What the vaults of the exchange hold on the chain after it, base units. */
  readonly vaults: Readonly<Record<'bankroll' | 'insurance' | 'margin', bigint>>;
  /** Markets of models 0 and 1 in the accounts of their indexes. */
  readonly markets: readonly Index['market'][];
}

export async function livedBlocks(seed: number, steps: number): Promise<LivedBlock[]> {
  const twin = await beginLife(200_000n * INFER);
  const blocks: LivedBlock[] = [];
  let seen = 0;
  const close = async () => {
    const told = twin.floor.events.slice(seen);
    seen = twin.floor.events.length;
    if (told.length === 0) return;
    const chosen = { slot: BigInt(blocks.length + 1), time: twin.floor.now, events: told.map(chosenEvent) };
    blocks.push({ ...chosen, told, vaults: vaultsOf(twin.floor), markets: await marketsOf(twin.floor) });
  };
  await close();
  for (const drawn of fc.sample(draw, { numRuns: steps, seed })) {
    await take(twin, drawn);
    await close();
  }
  return blocks;
}

function vaultsOf({ svm, places }: Floor): LivedBlock['vaults'] {
  const { marginVault, bankrollVault, insuranceVault } = places;
  return {
    margin: svm.tokens(marginVault),
    bankroll: svm.tokens(bankrollVault),
    insurance: svm.tokens(insuranceVault),
  };
}

function marketsOf(floor: Floor): Promise<LivedBlock['markets']> {
  return Promise.all([0, 1].map(async (model) => floor.read(await floor.index(model), decodeIndex).market));
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
