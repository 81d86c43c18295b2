/**
 * Program addresses from the seeds in an IDL, for an instruction that is about to be sent.
 * @module
 */
import { createHash } from 'node:crypto';
import { type Address, getAddressCodec, isOffCurveAddress } from '@solana/kit';
import type { LiteSVM } from 'litesvm';
import type { Idl, IdlAccountItem, IdlInstruction, IdlSeed } from '../../programs/build/idl.ts';
import { fixedBytes, typeNamed } from '../../programs/build/idl-size.ts';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';

const codec = getAddressCodec();
const TAG_BYTES = 8;

/** What the seeds of an instruction are read from. */
export interface Call {
  readonly idl: Idl;
  readonly definition: IdlInstruction;
  readonly instruction: ProgramInstruction;
  readonly vm: LiteSVM;
}

/** The valid addresses of the account's seeds, highest bump first; null when a seed cannot be read before the call. */
export function* seedAddresses(call: Call, account: IdlAccountItem): Generator<Address> {
  const seeds = account.pda?.seeds.map((seed) => seedBytes(call, seed));
  const program = account.pda?.program === undefined ? null : seedBytes(call, account.pda.program);
  if (seeds === undefined || seeds.includes(null) || (account.pda?.program !== undefined && program === null)) return;
  const owner = program ?? new Uint8Array(codec.encode(call.instruction.programAddress));
  for (let bump = 255; bump >= 0; bump -= 1) {
    const hash = createHash('sha256');
    for (const seed of seeds) hash.update(seed as Uint8Array);
    hash.update(Uint8Array.of(bump)).update(owner).update('ProgramDerivedAddress');
    const address = codec.decode(hash.digest());
    if (isOffCurveAddress(address)) yield address;
  }
}

function seedBytes(call: Call, seed: IdlSeed): Uint8Array | null {
  if (seed.kind === 'const') return Uint8Array.from(seed.value);
  const [head = '', field] = seed.path.split('.');
  if (seed.kind === 'arg') return argBytes(call, field ?? head);
  const address = addressNamed(call, head);
  if (address === undefined) return null;
  return field === undefined ? new Uint8Array(codec.encode(address)) : accountField(call, address, field);
}

function addressNamed({ definition, instruction }: Call, name: string): Address | undefined {
  return instruction.accounts[definition.accounts.findIndex((account) => account.name === name)]?.address;
}

function argBytes({ idl, definition, instruction }: Call, field: string): Uint8Array | null {
  const type = definition.args[0]?.type;
  if (typeof type !== 'object' || !('defined' in type)) return null;
  return fieldBytes(idl, type.defined.name, field, instruction.data);
}

function accountField({ idl, vm }: Call, address: Address, field: string): Uint8Array | null {
  const account = vm.getAccount(address);
  if (!account.exists) return null;
  const data = new Uint8Array(account.data);
  const name = accountName(idl, data);
  return name === null ? null : fieldBytes(idl, name, field, data);
}

/** Name of the account type whose discriminator the data begin with. */
export function accountName(idl: Idl, data: Uint8Array): string | null {
  const tag = String([...data.subarray(0, TAG_BYTES)]);
  return idl.accounts.find(({ discriminator }) => String(discriminator) === tag)?.name ?? null;
}

/** Bytes of a field behind the tag, when every field before it has a fixed size. */
function fieldBytes(idl: Idl, struct: string, field: string, data: Uint8Array): Uint8Array | null {
  let start = TAG_BYTES;
  for (const { name, type } of typeNamed(idl, struct).type.fields) {
    const bytes = fixedBytes(idl, type);
    if (bytes === null) return null;
    if (name === field) return data.slice(start, start + bytes);
    start += bytes;
  }
  return null;
}
