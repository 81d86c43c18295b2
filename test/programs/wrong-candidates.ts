/**
 * Every account that is tried in the place of the right one: see `wrong-accounts.ts` for what each kind means.
 * @module
 */
import { type Address, getAddressCodec } from '@solana/kit';
import { getMintEncoder, TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import type { LiteSVM } from 'litesvm';
import type { IdlAccountItem } from '../../programs/build/idl.ts';
import type { Scenario, WrongKind } from './scenario.ts';
import { type Call, seedAddresses } from './seeds.ts';
import { addressOf } from './svm.ts';

const SYSTEM_PROGRAM = '11111111111111111111111111111111' as Address;
const FOREIGN_PROGRAM = addressOf('a program that nobody knows');
const STRANGER = addressOf('a stranger with lamports');
const OTHER_MINT = addressOf('a mint that nobody knows');
const TOKEN_BYTES = 165;
const HOLDER_AT = 32;
const codec = getAddressCodec();

type Account = ReturnType<LiteSVM['getAccount']> & { readonly exists: true };
type Put = Parameters<LiteSVM['setAccount']>[0];

export interface Candidate {
  readonly kind: WrongKind;
  readonly address: Address;
  /** State that has to stand on the chain while the candidate is tried. */
  readonly put?: Put;
}

/** All candidates for the place `index` of the call; each address once, under the first kind that gives it. */
export function candidatesFor(call: Call, scenario: Scenario, index: number): Candidate[] {
  const item = call.definition.accounts[index];
  const right = call.instruction.accounts[index]?.address;
  if (item === undefined || right === undefined) throw new Error(`no account ${index}`);
  const { programAddress } = call.instruction;
  // An optional account that is absent is the program itself.
  const absent = item.optional === true ? programAddress : null;
  if (right === absent) return [];
  const all: Candidate[] = [
    ...STRANGERS,
    ...duplicates(call, index),
    ...variants(call, item, right),
    ...otherAddresses(call, scenario).map((address) => ({ kind: 'other' as const, address })),
  ];
  const seen = new Set<string>();
  // No transaction can name a program that it calls as writable.
  const impossible = item.writable === true ? programAddress : absent;
  return all.filter(({ address, put }) => {
    const key = put === undefined ? address : `${address} changed`;
    const isNew = !seen.has(key) && (address !== right || put !== undefined) && address !== impossible;
    seen.add(key);
    return isNew;
  });
}

/** Accounts of the program and of the token program on the chain, the named others, and programs. */
function otherAddresses({ vm, instruction }: Call, { others = [] }: Scenario): Address[] {
  const owned = [instruction.programAddress, TOKEN_PROGRAM_ADDRESS].flatMap((owner) =>
    vm.getProgramAccounts(owner).map(({ address }) => address),
  );
  return [...owned.sort(), ...others, instruction.programAddress, TOKEN_PROGRAM_ADDRESS, SYSTEM_PROGRAM];
}

/** What the candidates are made with: a wallet and a mint that nobody knows. */
export function putStrangers(vm: LiteSVM): void {
  const mint = { mintAuthority: null, supply: 10n ** 18n, decimals: 9, isInitialized: true, freezeAuthority: null };
  putWallet(vm, STRANGER);
  vm.setAccount(accountOf(OTHER_MINT, new Uint8Array(getMintEncoder().encode(mint)), TOKEN_PROGRAM_ADDRESS));
}

export function putWallet(vm: LiteSVM, address: Address): void {
  vm.setAccount(accountOf(address, new Uint8Array(), SYSTEM_PROGRAM));
}

const STRANGERS: readonly Candidate[] = [
  { kind: 'stranger', address: STRANGER },
  { kind: 'empty', address: addressOf('an address without an account') },
];

function duplicates({ instruction }: Call, index: number): Candidate[] {
  return instruction.accounts
    .filter((_, at) => at !== index)
    .map(({ address }) => ({ kind: 'duplicate' as const, address }));
}

/** The right account under another address, with another owner, and other token accounts made from it. */
function variants(call: Call, item: IdlAccountItem, right: Address): Candidate[] {
  const account = call.vm.getAccount(right);
  const [, ...lower] = firstTwo(seedAddresses(call, item));
  if (!account.exists || account.executable || item.address !== undefined) {
    return lower.map((address) => ({ kind: 'bump' as const, address }));
  }
  const data = new Uint8Array(account.data);
  if (data.length === 0) return lower.map((address) => ({ kind: 'bump' as const, address }));
  const copy = (address: Address, bytes = data, owner = account.programAddress) => accountOf(address, bytes, owner);
  const elsewhere = (label: string) => addressOf(`${label} of ${right}`);
  return [
    made('copy', copy(elsewhere('copy'))),
    made('foreign', copy(elsewhere('foreign copy'), data, FOREIGN_PROGRAM)),
    { kind: 'foreign' as const, address: right, put: { ...account, programAddress: FOREIGN_PROGRAM } },
    ...lower.map((address) => made('bump', copy(address))),
    ...tokenVariants(account as Account, data, right),
  ];
}

function tokenVariants(account: Account, data: Uint8Array, right: Address): Candidate[] {
  if (account.programAddress !== TOKEN_PROGRAM_ADDRESS || data.length !== TOKEN_BYTES) return [];
  const change = (at: number, address: Address) => {
    const changed = data.slice();
    changed.set(codec.encode(address), at);
    return changed;
  };
  const put = (label: string, bytes: Uint8Array) =>
    accountOf(addressOf(`${label} of ${right}`), bytes, TOKEN_PROGRAM_ADDRESS);
  return [
    made('mint', put('other mint', change(0, OTHER_MINT))),
    made('holder', put('other holder', change(HOLDER_AT, STRANGER))),
  ];
}

function made(kind: WrongKind, put: Put): Candidate {
  return { kind, address: put.address, put };
}

function accountOf(address: Address, data: Uint8Array, programAddress: Address): Put {
  const lamports = 1_000_000_000_000n as Put['lamports'];
  return { address, data, programAddress, lamports, executable: false, space: BigInt(data.length) };
}

function firstTwo<T>(items: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === 2) break;
  }
  return taken;
}
