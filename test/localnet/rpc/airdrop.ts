/**
 * `requestAirdrop`: a signed transfer from the faucet, a transaction like any other.
 * @module
 */
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { ChainKey } from '../bank/genesis.ts';
import { bytesOf, type Key } from '../wire/key.ts';

const SYSTEM_TRANSFER = 2;
const SET_UNIT_LIMIT = 2;
const BASE_UNIT_LIMIT = 1_000;
const computeBudgetProgram = fromBase58('ComputeBudget111111111111111111111111111111');

/**
 * @param nonce makes equal airdrops of one block different transactions; it goes into the compute unit limit
 */
export function airdropTransaction(
  faucet: ChainKey,
  to: Key,
  lamports: bigint,
  blockhash: string,
  nonce: number,
): Buffer {
  const transfer = Buffer.alloc(12);
  transfer.writeUInt32LE(SYSTEM_TRANSFER, 0);
  transfer.writeBigUInt64LE(lamports, 4);
  const limit = Buffer.alloc(5);
  limit.writeUInt8(SET_UNIT_LIMIT, 0);
  limit.writeUInt32LE(BASE_UNIT_LIMIT + nonce, 1);
  const message = Buffer.concat([
    Buffer.of(1, 0, 2, 4),
    ...[faucet.publicKey, bytesOf(to), computeBudgetProgram, new Uint8Array(32)],
    fromBase58(blockhash),
    Buffer.of(2),
    Buffer.concat([Buffer.of(2, 0, limit.length), limit]),
    Buffer.concat([Buffer.of(3, 2, 0, 1, transfer.length), transfer]),
  ]);
  return Buffer.concat([Buffer.of(1), faucet.sign(message), message]);
}
