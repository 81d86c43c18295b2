/**
 * `jsonParsed` of SPL token accounts and mints, the forms wallets read. Anything else falls back to base64, as on a
 * validator without a parser for it.
 * @module
 */
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
import { bytesOf } from '../wire/key.ts';

export function toParsedToken(localnet: Localnet, record: AccountRecord): unknown {
  if (record.owner !== TOKEN_PROGRAM && record.owner !== TOKEN_2022_PROGRAM) return undefined;
  const program = record.owner === TOKEN_PROGRAM ? 'spl-token' : 'spl-token-2022';
  const parsed = parsedAccount(localnet, record) ?? parsedMint(record);
  return parsed === undefined ? undefined : { program, parsed, space: record.data.length };
}

function parsedAccount(localnet: Localnet, record: AccountRecord): unknown {
  const token = readTokenAccount(record);
  if (token === undefined) return undefined;
  const data = Buffer.from(record.data);
  const mint = localnet.readAccount(token.mint, 'processed');
  const decimals = (mint && readMint(mint)?.decimals) ?? 0;
  const delegate = data.readUInt32LE(72) === 1 ? toBase58(data.subarray(76, 108)) : undefined;
  const reserve = data.readUInt32LE(109) === 1 ? data.readBigUInt64LE(113) : undefined;
  return {
    type: 'account',
    info: {
      mint: toBase58(bytesOf(token.mint)),
      owner: toBase58(bytesOf(token.owner)),
      tokenAmount: uiTokenAmount(token.amount, decimals),
      state: data[108] === 2 ? 'frozen' : 'initialized',
      isNative: reserve !== undefined,
      rentExemptReserve: reserve === undefined ? undefined : uiTokenAmount(reserve, decimals),
      delegate,
      delegatedAmount: delegate === undefined ? undefined : uiTokenAmount(data.readBigUInt64LE(121), decimals),
      closeAuthority: data.readUInt32LE(129) === 1 ? toBase58(data.subarray(133, 165)) : undefined,
    },
  };
}

function parsedMint(record: AccountRecord): unknown {
  const mint = readMint(record);
  if (mint === undefined) return undefined;
  const data = Buffer.from(record.data);
  return {
    type: 'mint',
    info: {
      mintAuthority: data.readUInt32LE(0) === 1 ? toBase58(data.subarray(4, 36)) : null,
      supply: mint.supply.toString(),
      decimals: mint.decimals,
      isInitialized: true,
      freezeAuthority: data.readUInt32LE(46) === 1 ? toBase58(data.subarray(50, 82)) : null,
    },
  };
}
