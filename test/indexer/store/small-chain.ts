/**
 * Small chains of decoded blocks for tests of the store: every block's content follows from its name, so that the same
 * block can be made twice, and a branch can be left and come back to.
 * @module
 */
import { createHash } from 'node:crypto';
import type {
  DecodedBlock,
  DecodedEvent,
  DecodedInstruction,
  Undecoded,
} from '../../../indexer/decode/decoded-block.ts';
import { columnsOf } from '../../../indexer/decode/event-tables.ts';
import type { StructLayout } from '../../../indexer/decode/layout.ts';
import type { Transaction } from '../../../indexer/domain/chain.ts';

/** Bytes that follow from a name. */
export function bytesOf(name: string, length = 32): Uint8Array {
  const blocks = Math.ceil(length / 32);
  const parts = Array.from({ length: blocks }, (_, index) => createHash('sha256').update(`${name}/${index}`).digest());
  return new Uint8Array(Buffer.concat(parts).subarray(0, length));
}

function numberOf(name: string, below: number): number {
  return Buffer.from(bytesOf(name)).readUInt32LE(0) % below;
}

const depositLayout: StructLayout = {
  kind: 'struct',
  name: 'DepositEvent',
  fields: [
    { name: 'owner', layout: { kind: 'pubkey' } },
    { name: 'amount', layout: { kind: 'integer', type: 'u64' } },
    { name: 'total', layout: { kind: 'integer', type: 'u128' } },
    { name: 'note', layout: { kind: 'option', inner: { kind: 'string' } } },
    { name: 'roots', layout: { kind: 'vec', item: { kind: 'bytes', size: 32 } } },
    { name: 'slot', layout: { kind: 'integer', type: 'u64' } },
  ],
};

const closeLayout: StructLayout = {
  kind: 'struct',
  name: 'CloseEvent',
  fields: [{ name: 'closed', layout: { kind: 'bool' } }],
};

const programId = bytesOf('program');
const systemProgram = new Uint8Array(32);

/** Event tables of the program that fills these chains. */
export const smallTables = {
  deposit: { table: 'bank_deposit', programId, eventName: 'DepositEvent', columns: columnsOf(depositLayout) },
  close: { table: 'bank_close', programId, eventName: 'CloseEvent', columns: columnsOf(closeLayout) },
};
export const smallEventTables = Object.values(smallTables);

/**
 * One block. `branch` names its content and its hash; the parent is another block of these, or none for the first.
 * About one block in four is empty.
 */
export function blockOf(slot: bigint, branch: string, parent: DecodedBlock | null): DecodedBlock {
  const name = `${branch}/${slot}/${parent === null ? '' : Buffer.from(parent.block.blockhash).toString('hex')}`;
  const transactionCount = numberOf(`${name}/size`, 4);
  const transactions = Array.from({ length: transactionCount }, (_, index) =>
    transactionOf(`${name}/t${index}`, 3 * index),
  );
  const good = transactions.filter((each) => each.error === null);
  const events = good.flatMap((each) => eventsOf(name, each.index));
  return {
    block: {
      slot,
      bank: 0,
      blockhash: bytesOf(`${name}/hash`),
      parentSlot: parent?.block.slot ?? (slot > 0n ? slot - 1n : 0n),
      parentBlockhash: parent?.block.blockhash ?? bytesOf('before'),
      blockTime: 1_700_000_000n + slot,
      blockHeight: slot,
      transactions,
      accounts: [],
      hasAccounts: true,
    },
    events,
    instructions: transactions.map((each) => instructionOf(name, each)),
    accounts: good.map((each) => accountOf(name, each.index)),
    undecoded: good.filter((each) => each.index % 2 === 1).map((each) => undecodedOf(name, each.index)),
    truncatedTransactions: [],
  };
}

/** A chain of consecutive blocks on one branch, on top of `parent`. */
export function chainOf(
  firstSlot: bigint,
  blockCount: number,
  branch: string,
  parent: DecodedBlock | null,
): DecodedBlock[] {
  const chain: DecodedBlock[] = [];
  for (let index = 0; index < blockCount; index++) {
    chain.push(blockOf(firstSlot + BigInt(index), branch, chain.at(-1) ?? parent));
  }
  return chain;
}

function transactionOf(name: string, index: number): Transaction {
  return {
    index,
    signature: bytesOf(`${name}/signature`, 64),
    error: numberOf(`${name}/failed`, 5) === 0 ? Uint8Array.of(8, 0, 0, 0) : null,
    accountKeys: [bytesOf(`${name}/payer`), programId],
    instructions: [],
    innerInstructions: [],
    logMessages: [],
    feeLamports: 5000n,
    computeUnits: index % 2 === 0 ? 1234n : null,
    balanceTurns: [],
    tokenChanges: [],
  };
}

function eventsOf(name: string, transactionIndex: number): DecodedEvent[] {
  const common = { transactionIndex, path: [0, 1], programId, transport: 'log' as const };
  const key = `${name}/e${transactionIndex}`;
  return [
    {
      ...common,
      ordinal: 0,
      position: 0,
      name: 'DepositEvent',
      table: 'bank_deposit',
      data: bytesOf(`${key}/data`, 100),
      layout: depositLayout,
      fields: {
        owner: bytesOf(`${key}/owner`),
        amount: (1n << 64n) - 1n - BigInt(transactionIndex),
        total: (1n << 127n) + 5n,
        note: transactionIndex === 0 ? null : `note "${transactionIndex}" \u{1f600}\n\t\\`,
        roots: [bytesOf(`${key}/root0`), bytesOf(`${key}/root1`)],
        slot: 7n,
      },
    },
    {
      ...common,
      ordinal: 1,
      position: 1,
      name: 'CloseEvent',
      table: 'bank_close',
      data: bytesOf(`${key}/close`, 9),
      layout: closeLayout,
      fields: { closed: true },
    },
  ];
}

function instructionOf(name: string, transaction: Transaction): DecodedInstruction {
  return {
    transactionIndex: transaction.index,
    path: [0],
    programId,
    name: 'deposit',
    failed: transaction.error !== null,
    accounts: [
      { name: 'owner', publicKey: bytesOf(`${name}/owner`) },
      { name: null, publicKey: systemProgram },
    ],
    data: bytesOf(`${name}/i${transaction.index}`, 24),
    args: { closed: false },
    layout: closeLayout,
    trailingByteCount: 0,
  };
}

function accountOf(name: string, index: number): DecodedBlock['accounts'][number] {
  const isClosed = numberOf(`${name}/closed${index}`, 4) === 0;
  return {
    state: {
      // Few keys, so that states follow one another.
      publicKey: bytesOf(`account/${index}`),
      owner: isClosed ? systemProgram : programId,
      lamports: isClosed ? 0n : 10n,
      data: isClosed ? new Uint8Array(0) : bytesOf(`${name}/account${index}`, 40),
      writeVersion: BigInt(index),
      signature: null,
    },
    name: isClosed ? '' : 'Vault',
    fields: isClosed ? {} : { closed: false },
    layout: isClosed ? null : closeLayout,
  };
}

function undecodedOf(name: string, transactionIndex: number): Undecoded {
  return {
    source: 'event',
    transactionIndex,
    path: [1],
    programId,
    ordinal: 0,
    reason: 'unknown_discriminator',
    data: bytesOf(`${name}/u${transactionIndex}`, 12),
    position: 2,
    transport: 'log',
    accounts: [],
    publicKey: null,
  };
}
