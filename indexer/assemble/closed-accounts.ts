/**
 * States of accounts that a block closed. Nothing that our programs own is closed without a transaction that names them,
 * and what a later one opened again lives. Vaults and wallets that were emptied come along: gone is gone.
 * @module
 */
import { compareBytes } from '../domain/base58.ts';
import type { AccountState, BalanceTurn } from '../domain/chain.ts';
import { PUBLIC_KEY_BYTES } from '../domain/units.ts';

const SYSTEM_PROGRAM = new Uint8Array(PUBLIC_KEY_BYTES);
const NO_DATA = new Uint8Array(0);

/** What the record says of an account that is gone; it belongs to nobody then. */
export function closedState(publicKey: Uint8Array): AccountState {
  return { publicKey, owner: SYSTEM_PROGRAM, lamports: 0n, data: NO_DATA, writeVersion: 0n, signature: null };
}

/**
 * @param states of one block, ascending by key
 * @param turns of its transactions, in block order
 * @returns ascending by key; a state of an account that was closed after it gives way
 */
export function withClosed(states: readonly AccountState[], turns: readonly BalanceTurn[]): readonly AccountState[] {
  if (turns.length === 0) return states;
  const last = new Map(turns.map((turn) => [keyText(turn.publicKey), turn]));
  const closed = [...last.values()].filter(({ isEmptied }) => isEmptied).map(({ publicKey }) => closedState(publicKey));
  const told = new Set(states.filter(({ lamports }) => lamports === 0n).map(({ publicKey }) => keyText(publicKey)));
  const untold = closed.filter(({ publicKey }) => !told.has(keyText(publicKey)));
  const gone = new Set(untold.map(({ publicKey }) => keyText(publicKey)));
  const living = states.filter(({ publicKey }) => !gone.has(keyText(publicKey)));
  return [...living, ...untold].sort((left, right) => compareBytes(left.publicKey, right.publicKey));
}

/** Bytes as a key of a map. */
export function keyText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
