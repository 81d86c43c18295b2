/**
 * The bytes of an unsigned transaction, for chains that check no signatures.
 *
 * The official encoder turns every address from base58, and sorts them by locale, for each transaction: a quarter of the
 * time of tests that send tens of thousands. Here an address is decoded once.
 *
 * In: fee payer, instructions, a blockhash. Out: a version 0 transaction without lookup tables, signatures all zero.
 * Source: Solana's message format.
 * @module
 */
import { AccountRole, type Address, getAddressCodec } from '@solana/kit';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';

const VERSION_0 = 0x80;
const SIGNATURE_BYTES = 64;
const ROLES = [
  AccountRole.WRITABLE_SIGNER,
  AccountRole.READONLY_SIGNER,
  AccountRole.WRITABLE,
  AccountRole.READONLY,
] as const;

const codec = getAddressCodec();
const known = new Map<string, Uint8Array>();

/** The 32 bytes of an address or blockhash, not to be written to. */
export function addressBytes(address: string): Uint8Array {
  const found = known.get(address);
  if (found !== undefined) return found;
  const bytes = new Uint8Array(codec.encode(address as Address));
  known.set(address, bytes);
  return bytes;
}

export function transactionBytes(
  feePayer: Address,
  instructions: readonly ProgramInstruction[],
  blockhash: string,
): Uint8Array {
  const roles = rolesOf(feePayer, instructions);
  const keys = ROLES.flatMap((role) => [...roles].filter(([, each]) => each === role).map(([address]) => address));
  const places = new Map(keys.map((address, place) => [address, place]));
  const countOf = (role: AccountRole) => [...roles.values()].filter((each) => each === role).length;
  const signerCount = countOf(AccountRole.WRITABLE_SIGNER) + countOf(AccountRole.READONLY_SIGNER);
  const placeOf = (address: Address) => places.get(address) as number;
  const calls = instructions.map(({ programAddress, accounts, data }) => [
    [placeOf(programAddress)],
    shortLength(accounts.length),
    accounts.map(({ address }) => placeOf(address)),
    shortLength(data.length),
    data,
  ]);
  return joined([
    shortLength(signerCount),
    new Uint8Array(SIGNATURE_BYTES * signerCount),
    [VERSION_0, signerCount, countOf(AccountRole.READONLY_SIGNER), countOf(AccountRole.READONLY)],
    shortLength(keys.length),
    ...keys.map(addressBytes),
    addressBytes(blockhash),
    shortLength(instructions.length),
    ...calls.flat(),
    [0],
  ]);
}

/** The most that any mention of an address asks for; the fee payer first of all. */
function rolesOf(feePayer: Address, instructions: readonly ProgramInstruction[]): Map<Address, AccountRole> {
  const roles = new Map<Address, AccountRole>([[feePayer, AccountRole.WRITABLE_SIGNER]]);
  const raise = (address: Address, role: AccountRole) =>
    roles.set(address, ((roles.get(address) ?? AccountRole.READONLY) | role) as AccountRole);
  for (const { programAddress, accounts } of instructions) {
    raise(programAddress, AccountRole.READONLY);
    for (const { address, role } of accounts) raise(address, role);
  }
  return roles;
}

/** Seven bits a byte, the lowest first. */
function shortLength(length: number): number[] {
  return length < 0x80 ? [length] : [(length & 0x7f) | 0x80, ...shortLength(length >> 7)];
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
