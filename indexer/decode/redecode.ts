/**
 * Payloads of one block that were kept undecoded, looked at again by a registry that may know more. What they become is
 * what they would have become from the start: identity and order are those that were kept with them. Pure.
 *
 * Left as they are: payloads of logs that contradict the instructions (nobody knows who emitted them), log data that is
 * not base64, and what was kept before transport and account keys were.
 * @module
 */
import type { Block } from '../domain/chain.ts';
import { hexOf } from '../domain/hex.ts';
import { decodeAccounts } from './decode-accounts.ts';
import { readEvent } from './decode-events.ts';
import { readInstruction } from './decode-instructions.ts';
import type { DecodedBlock, DecodedEvent, DecodedInstruction, Undecoded, UndecodedReason } from './decoded-block.ts';
import { type Registry, versionAt } from './registry.ts';

export interface Redecoded {
  /** What is to be written: events, instructions and accounts that can be read now, and `changed` as its undecoded. */
  readonly block: DecodedBlock;
  /** Payloads that are in `block` under another table now. */
  readonly resolved: readonly Undecoded[];
}

/**
 * @param block its header and the transactions that `kept` names; `block.accounts` are states that have no name yet, or whose
 *   payload is among `kept`
 * @param kept the payloads of the block that are undecoded
 */
export function redecode(block: Block, kept: readonly Undecoded[], registry: Registry): Redecoded {
  const failed = new Map(block.transactions.map(({ index, error }) => [index, error !== null]));
  const events: DecodedEvent[] = [];
  const instructions: DecodedInstruction[] = [];
  const resolved: Undecoded[] = [];
  const changed: Undecoded[] = [];
  const { accounts: states } = decodeAccounts(block.accounts, registry, block.slot);
  const accounts = states.filter(({ layout }) => layout !== null);
  const named = new Set(accounts.map(({ state }) => hexOf(state.publicKey)));
  for (const each of kept) {
    const read = each.source === 'account' ? readAccount(each, named) : readPayload(each, block.slot, failed, registry);
    if (typeof read !== 'string') {
      resolved.push(each);
      if (read !== null && 'transport' in read) events.push(read);
      else if (read !== null) instructions.push(read);
    } else if (read !== each.reason) changed.push({ ...each, reason: read });
  }
  const written = { block, events, instructions, accounts, undecoded: changed, truncatedTransactions: [] };
  return { block: written, resolved };
}

/** `null` when the state beside it has its name now. */
function readAccount(kept: Undecoded, named: ReadonlySet<string>): null | UndecodedReason {
  return kept.publicKey !== null && named.has(hexOf(kept.publicKey)) ? null : kept.reason;
}

function readPayload(
  kept: Undecoded,
  slot: bigint,
  failed: ReadonlyMap<number, boolean>,
  registry: Registry,
): DecodedEvent | DecodedInstruction | UndecodedReason {
  const { transactionIndex, path, programId, reason, data, ordinal, position, transport } = kept;
  const program = registry.program(programId);
  const hasFailed = failed.get(transactionIndex);
  if (program === null || hasFailed === undefined || isFinal(kept)) return reason;
  const version = versionAt(program, slot);
  const at = { transactionIndex, path, programId: program.id, data };
  if (kept.source === 'instruction') {
    const read = readInstruction(version, data, kept.accounts);
    return typeof read === 'string' ? read : { ...at, failed: hasFailed, ...read };
  }
  if (transport === '') return reason;
  const read = readEvent(version?.events ?? null, data);
  return typeof read === 'string' ? read : { ...at, ordinal, position, transport, ...read };
}

function isFinal({ source, reason, accounts }: Undecoded): boolean {
  if (reason === 'untrusted_logs' || reason === 'not_base64') return true;
  // An instruction may have been refused for a key that its transaction does not have.
  return source === 'instruction' && reason === 'bad_encoding' && accounts.length === 0;
}
