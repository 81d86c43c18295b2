/**
 * A subscribe request made ready to be asked "which of your filters does this match", by the rules of the Yellowstone
 * plugin's filter module: empty lists mean everything, lists of one filter are joined by "and", entries of a list by "or".
 * @module
 */
import {
  CommitmentLevel,
  type SubscribeRequest,
  type SubscribeRequestFilterAccounts,
  type SubscribeRequestFilterBlocks,
  type SubscribeRequestFilterTransactions,
} from '@triton-one/yellowstone-grpc';
import bs58 from 'bs58';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { checkInput, InputError } from '../../../indexer/domain/errors.ts';
import { readTokenAccount } from '../bank/token-balances.ts';
import type { AccountRecord, BlockAccount, BlockTransaction, SealedBlock } from '../ledger/block.ts';
import type { Commitment, SlotNotice } from '../ledger/chain.ts';
import { type Key, keyOf } from '../wire/key.ts';
import type { DataSlices } from './frames.ts';

type Named<T> = readonly { readonly name: string; readonly matches: (item: T) => boolean }[];

export interface BlockFilter {
  readonly name: string;
  readonly transactions: (block: SealedBlock) => readonly BlockTransaction[];
  readonly accounts: (block: SealedBlock) => readonly BlockAccount[];
}

export interface Filters {
  readonly commitment: Commitment;
  readonly accounts: Named<AccountRecord>;
  readonly slots: Named<SlotNotice>;
  readonly transactions: Named<BlockTransaction>;
  readonly transactionsStatus: Named<BlockTransaction>;
  readonly blocks: readonly BlockFilter[];
  readonly blocksMeta: readonly string[];
  readonly slices: DataSlices;
}

/** @throws InputError `LOCALNET__BAD_FILTER` */
export function compileFilters(request: SubscribeRequest): Filters {
  const commitment = readCommitment(request.commitment);
  return {
    commitment,
    accounts: named(request.accounts, accountMatcher),
    slots: named(request.slots, ({ filterByCommitment, interslotUpdates }) => (status: SlotNotice) => {
      if (status === 'completed' || status === 'createdBank' || status === 'dead') return interslotUpdates === true;
      return filterByCommitment !== true || status === commitment;
    }),
    transactions: named(request.transactions, transactionMatcher),
    transactionsStatus: named(request.transactionsStatus, transactionMatcher),
    blocks: Object.entries(request.blocks).map(([name, filter]) => blockFilter(name, filter)),
    blocksMeta: Object.keys(request.blocksMeta),
    slices: request.accountsDataSlice.map(({ offset, length }) => ({ offset: Number(offset), length: Number(length) })),
  };
}

/** Names of the filters that `item` passes. */
export function matching<T>(filters: Named<T>, item: T): string[] {
  return filters.filter(({ matches }) => matches(item)).map(({ name }) => name);
}

function named<F, T>(filters: Readonly<Record<string, F>>, compile: (filter: F) => (item: T) => boolean): Named<T> {
  return Object.entries(filters).map(([name, filter]) => ({ name, matches: compile(filter) }));
}

export function readCommitment(level: CommitmentLevel | undefined): Commitment {
  if (level === undefined || level === CommitmentLevel.PROCESSED) return 'processed';
  if (level === CommitmentLevel.CONFIRMED) return 'confirmed';
  checkInput(
    level === CommitmentLevel.FINALIZED,
    'LOCALNET__BAD_FILTER',
    `failed to create filter: unknown commitment level ${level}`,
  );
  return 'finalized';
}

function transactionMatcher(filter: SubscribeRequestFilterTransactions): (transaction: BlockTransaction) => boolean {
  refuse(filter.cuckooAccountInclude !== undefined, 'cuckoo filters');
  refuse(filter.tokenAccounts !== undefined, 'token account expansion');
  const [include, exclude, required] = [filter.accountInclude, filter.accountExclude, filter.accountRequired].map(
    readKeys,
  ) as [Key[], Key[], Key[]];
  const signature = filter.signature === undefined ? undefined : keyOf(readBase58(filter.signature, 64));
  return ({ keys, error, signature: own }) =>
    filter.vote !== true &&
    (filter.failed === undefined || filter.failed === (error !== null)) &&
    (signature === undefined || signature === own) &&
    (include.length === 0 || include.some((key) => keys.includes(key))) &&
    !exclude.some((key) => keys.includes(key)) &&
    required.every((key) => keys.includes(key));
}

function blockFilter(name: string, filter: SubscribeRequestFilterBlocks): BlockFilter {
  refuse(filter.cuckooAccountInclude !== undefined, 'cuckoo filters');
  const include = readKeys(filter.accountInclude);
  const names = (keys: readonly Key[]) => include.length === 0 || include.some((key) => keys.includes(key));
  return {
    name,
    transactions: (block) =>
      filter.includeTransactions === false ? [] : block.transactions.filter(({ keys }) => names(keys)),
    accounts: (block) =>
      filter.includeAccounts === true ? block.accounts.filter(({ record }) => names([record.key])) : [],
  };
}

function accountMatcher(filter: SubscribeRequestFilterAccounts): (account: AccountRecord) => boolean {
  refuse(filter.cuckooAccountsFilter !== undefined, 'cuckoo filters');
  const accounts = new Set(readKeys(filter.account));
  const owners = new Set(readKeys(filter.owner));
  const tests = filter.filters.map(accountTest);
  return (account) =>
    (accounts.size === 0 || accounts.has(account.key)) &&
    (owners.size === 0 || owners.has(account.owner)) &&
    (filter.nonemptyTxnSignature === undefined || filter.nonemptyTxnSignature === (account.signature !== undefined)) &&
    tests.every((test) => test(account));
}

type AccountFilter = SubscribeRequestFilterAccounts['filters'][number];

function accountTest(filter: AccountFilter): (account: AccountRecord) => boolean {
  const { memcmp, datasize, tokenAccountState, lamports } = filter;
  if (datasize !== undefined) return (account) => account.data.length === Number(datasize);
  if (tokenAccountState !== undefined)
    return (account) => tokenAccountState === (readTokenAccount(account) !== undefined);
  if (memcmp !== undefined) {
    const wanted = memcmpBytes(memcmp);
    const offset = Number(memcmp.offset);
    return ({ data }) =>
      data.length >= offset + wanted.length &&
      Buffer.compare(data.subarray(offset, offset + wanted.length), wanted) === 0;
  }
  if (lamports !== undefined) return ({ lamports: own }) => compareLamports(own, lamports);
  throw new InputError('LOCALNET__BAD_FILTER', 'failed to create filter: filter should be defined');
}

function compareLamports(own: bigint, wanted: NonNullable<AccountFilter['lamports']>): boolean {
  if (wanted.eq !== undefined) return own === BigInt(wanted.eq);
  if (wanted.ne !== undefined) return own !== BigInt(wanted.ne);
  if (wanted.lt !== undefined) return own < BigInt(wanted.lt);
  return wanted.gt === undefined || own > BigInt(wanted.gt);
}

function memcmpBytes(memcmp: NonNullable<AccountFilter['memcmp']>): Uint8Array {
  if (memcmp.bytes !== undefined) return memcmp.bytes;
  if (memcmp.base64 !== undefined) return Buffer.from(memcmp.base64, 'base64');
  const bytes = bs58.decodeUnsafe(memcmp.base58 ?? '');
  checkInput(bytes !== undefined, 'LOCALNET__BAD_FILTER', 'failed to create filter: invalid base58 in memcmp');
  return bytes;
}

function readKeys(texts: readonly string[]): Key[] {
  return texts.map((text) => keyOf(readBase58(text, 32)));
}

function readBase58(text: string, length: number): Uint8Array {
  try {
    return fromBase58(text, length);
  } catch (error) {
    throw new InputError(
      'LOCALNET__BAD_FILTER',
      `failed to create filter: invalid public key or signature ${text}`,
      { text },
      error,
    );
  }
}

function refuse(isAsked: boolean, what: string): void {
  checkInput(!isAsked, 'LOCALNET__BAD_FILTER', `failed to create filter: ${what} are not available on this server`);
}
