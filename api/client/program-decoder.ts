/**
 * Events and instructions of the four programs from their bytes, by the same layouts as the ledger's: names, fields as
 * canonical JSON has them, and names of accounts. To send instructions there are the programs' own clients
 * (`programs/NAME/client.generated.ts`), which take and give typed values.
 * @module
 */
import { canonicalJson } from '../../indexer/decode/canonical-json.ts';
import { readInstruction } from '../../indexer/decode/decode-instructions.ts';
import { type Registry, versionAt } from '../../indexer/decode/registry.ts';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import { readSettings } from '../../indexer/domain/settings.ts';
import { type Slot, U64_MAX } from '../../indexer/domain/units.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';

export interface DecodedEventText {
  readonly name: string;
  /** As `fields` of an event of the API: integers of 64 bits as text, keys in base58. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface DecodedInstructionText {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly accounts: readonly { readonly name: string | null; readonly address: string }[];
}

export interface ProgramDecoder {
  /** `null` for bytes that are no event of the program. @param program address, base58 */
  event(program: string, data: Uint8Array, slot?: Slot): DecodedEventText | null;
  /** `null` for bytes that are no instruction of the program. @param accounts addresses in order, base58 */
  instruction(
    program: string,
    data: Uint8Array,
    accounts: readonly string[],
    slot?: Slot,
  ): DecodedInstructionText | null;
}

/** By the IDLs that Plumbline comes with, or by a registry of one's own. @throws InputError with the codes of `loadProgramRegistry` */
export async function createProgramDecoder(registry?: Registry): Promise<ProgramDecoder> {
  const known = registry ?? (await loadProgramRegistry(readSettings({})));
  const versionOf = (program: string, slot: Slot) => {
    const found = known.program(fromBase58(program));
    return found === null ? null : versionAt(found, slot);
  };
  return {
    event(program, data, slot = U64_MAX) {
      const tagged = versionOf(program, slot)?.events.find(data, 0);
      if (!tagged?.decoder) return null;
      const fields = tagged.decoder.decodeExact(data, tagged.discriminator.length);
      if (typeof fields === 'string') return null;
      return { name: tagged.name, fields: JSON.parse(canonicalJson(tagged.decoder.layout, fields)) };
    },
    instruction(program, data, accounts, slot = U64_MAX) {
      const keys = accounts.map((each) => fromBase58(each));
      const read = readInstruction(versionOf(program, slot), data, keys);
      if (typeof read === 'string') return null;
      const named = read.accounts.map(({ name, publicKey }) => ({ name, address: toBase58(publicKey) }));
      return { name: read.name, args: JSON.parse(canonicalJson(read.layout, read.args)), accounts: named };
    },
  };
}
