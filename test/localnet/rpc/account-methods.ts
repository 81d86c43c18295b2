/**
 * Accounts over RPC: one, many, by program, balances and tokens.
 * @module
 */
import bs58 from 'bs58';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import {
  readMint,
  readTokenAccount,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
  uiTokenAmount,
} from '../bank/token-balances.ts';
import type { AccountRecord } from '../ledger/block.ts';
import type { Localnet } from '../localnet.ts';
import { bytesOf, type Key } from '../wire/key.ts';
import { type Config, configAt, contextOf, integerAt, keyFrom, type Methods, textAt } from './parameters.ts';
import { toParsedToken } from './parsed-token.ts';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';

const RENT_EXEMPT_EPOCH = 18446744073709551615n;
/** base58 is quadratic, so a validator refuses it above this size. */
const MAX_BASE58_BYTES = 128;
const MAX_MULTIPLE_ACCOUNTS = 100;

export const accountMethods: Methods = {
  getAccountInfo(localnet, params) {
    const config = configAt(params, 1);
    const { commitment, context } = contextOf(localnet, config);
    const record = localnet.readAccount(keyFrom(textAt(params, 0)), commitment);
    return { context, value: record === null ? null : encodeAccount(localnet, record, config) };
  },

  getMultipleAccounts(localnet, params) {
    const config = configAt(params, 1);
    const { commitment, context } = contextOf(localnet, config);
    const addresses = params[0];
    if (!Array.isArray(addresses)) throw invalidParams('Invalid params: invalid type: expected a sequence.');
    if (addresses.length > MAX_MULTIPLE_ACCOUNTS)
      throw invalidParams(`Too many inputs provided; max ${MAX_MULTIPLE_ACCOUNTS}`);
    const records = addresses.map((address) => localnet.readAccount(keyFrom(address), commitment));
    return {
      context,
      value: records.map((record) => (record === null ? null : encodeAccount(localnet, record, config))),
    };
  },

  getProgramAccounts(localnet, params) {
    const config = configAt(params, 1);
    const { context } = contextOf(localnet, config);
    const filters = readFilters(config.filters);
    const accounts = localnet.chain.accounts
      .ownedBy(keyFrom(textAt(params, 0)), context.slot)
      .filter((record) => filters.every((passes) => passes(record.data)))
      .map((record) => ({ pubkey: toBase58(bytesOf(record.key)), account: encodeAccount(localnet, record, config) }));
    return config.withContext === true ? { context, value: accounts } : accounts;
  },

  getBalance(localnet, params) {
    const { commitment, context } = contextOf(localnet, configAt(params, 1));
    return { context, value: localnet.readAccount(keyFrom(textAt(params, 0)), commitment)?.lamports ?? 0n };
  },

  getMinimumBalanceForRentExemption(localnet, params) {
    return localnet.bank.vm.minimumBalance(integerAt(params, 0));
  },

  getTokenAccountBalance(localnet, params) {
    const { commitment, context } = contextOf(localnet, configAt(params, 1));
    const record = localnet.readAccount(keyFrom(textAt(params, 0)), commitment);
    if (record === null) throw invalidParams('Invalid param: could not find account');
    const token = readTokenAccount(record);
    if (token === undefined) throw invalidParams('Invalid param: not a Token account');
    const mint = localnet.readAccount(token.mint, commitment);
    return { context, value: uiTokenAmount(token.amount, (mint && readMint(mint)?.decimals) ?? 0) };
  },

  getTokenSupply(localnet, params) {
    const { commitment, context } = contextOf(localnet, configAt(params, 1));
    const record = localnet.readAccount(keyFrom(textAt(params, 0)), commitment);
    if (record === null) throw invalidParams('Invalid param: could not find mint');
    const mint = readMint(record);
    if (mint === undefined) throw invalidParams('Invalid param: not a Token mint');
    return { context, value: uiTokenAmount(mint.supply, mint.decimals) };
  },

  getTokenAccountsByOwner(localnet, params) {
    const config = configAt(params, 2);
    const { context } = contextOf(localnet, config);
    const owner = keyFrom(textAt(params, 0));
    const filter = configAt(params, 1);
    const mint = filter.mint === undefined ? undefined : keyFrom(filter.mint);
    const value = tokenPrograms(filter).flatMap((program) =>
      localnet.chain.accounts.ownedBy(program, context.slot).flatMap((record) => {
        const token = readTokenAccount(record);
        if (token?.owner !== owner || (mint !== undefined && token.mint !== mint)) return [];
        return [{ pubkey: toBase58(bytesOf(record.key)), account: encodeAccount(localnet, record, config) }];
      }),
    );
    return { context, value };
  },
};

function tokenPrograms(filter: Config): Key[] {
  if (filter.programId === undefined && filter.mint === undefined)
    throw invalidParams('Invalid params: expected `mint` or `programId`.');
  if (filter.programId === undefined) return [TOKEN_PROGRAM, TOKEN_2022_PROGRAM];
  const program = keyFrom(filter.programId);
  if (program !== TOKEN_PROGRAM && program !== TOKEN_2022_PROGRAM)
    throw invalidParams('Invalid param: unrecognized Token program id');
  return [program];
}

/** An account as the RPC gives it, in the encoding of `config` (base58 in the old array-less form when none is named). */
export function encodeAccount(localnet: Localnet, record: AccountRecord, config: Config): unknown {
  const parsed = config.encoding === 'jsonParsed' ? toParsedToken(localnet, record) : undefined;
  return {
    data: parsed ?? encodeData(slice(record.data, config.dataSlice), config.encoding),
    executable: record.executable,
    lamports: record.lamports,
    owner: toBase58(bytesOf(record.owner)),
    rentEpoch: RENT_EXEMPT_EPOCH,
    space: record.data.length,
  };
}

function encodeData(data: Uint8Array, encoding: unknown): unknown {
  if (encoding === 'base64' || encoding === 'jsonParsed') return [Buffer.from(data).toString('base64'), 'base64'];
  if (encoding !== undefined && encoding !== null && encoding !== 'base58' && encoding !== 'binary') {
    throw invalidParams(
      `Invalid params: unknown variant \`${String(encoding)}\`, expected one of \`binary\`, \`base64\`, \`base58\`, \`jsonParsed\`.`,
    );
  }
  if (data.length > MAX_BASE58_BYTES) {
    throw new RpcError(
      rpcCode.invalidRequest,
      'Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.',
    );
  }
  return encoding === 'base58' ? [bs58.encode(data), 'base58'] : bs58.encode(data);
}

function slice(data: Uint8Array, range: unknown): Uint8Array {
  if (range === undefined || range === null) return data;
  const { offset, length } = range as { offset?: unknown; length?: unknown };
  if (typeof offset !== 'number' || typeof length !== 'number')
    throw invalidParams('Invalid params: expected offset and length in `dataSlice`.');
  return data.subarray(offset, offset + length);
}

type DataFilter = (data: Uint8Array) => boolean;

function readFilters(given: unknown): DataFilter[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.length > 4) throw invalidParams('Too many filters provided; max 4');
  return given.map((filter: { dataSize?: number; memcmp?: { offset: number; bytes: string; encoding?: string } }) => {
    const { dataSize, memcmp } = filter;
    if (typeof dataSize === 'number') return (data) => data.length === dataSize;
    if (memcmp === undefined) throw invalidParams('Invalid params: expected `dataSize` or `memcmp`.');
    const bytes =
      memcmp.encoding === 'base64' ? Buffer.from(memcmp.bytes, 'base64') : Buffer.from(bs58.decode(memcmp.bytes));
    return (data) => Buffer.compare(data.subarray(memcmp.offset, memcmp.offset + bytes.length), bytes) === 0;
  });
}
