/**
 * `instructions`: calls of any indexed program, top-level or from within others, with named accounts and arguments.
 * @module
 */
import { hexOf } from '../../../indexer/domain/hex.ts';
import {
  countInstructions,
  type InstructionFilter,
  type InstructionKey,
  type InstructionRow,
  instructionsPage,
} from '../../../indexer/store/queries/rows/instructions.ts';
import { builder } from '../../schema/builder.ts';
import {
  checkCounted,
  connectionType,
  type PageStart,
  pageCost,
  pageStart,
  readOrderOf,
  toConnection,
  twoWayPageArgs,
} from '../../schema/connection.ts';
import { numbersOf, pathOf, pathPart } from '../../schema/cursor.ts';
import { givenOf } from '../../schema/given-arguments.ts';
import { blockFields, programNameField } from './block-fields.ts';
import { badFilter } from './event-filter.ts';

interface NamedAccount {
  readonly name: string | null;
  readonly address: Uint8Array;
}

const NamedAccountType = builder.objectRef<NamedAccount>('NamedAccount').implement({
  description: 'An account that an instruction was given.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'In the IDL; null for accounts beyond those of it.' }),
    address: t.field({ type: 'PublicKey', description: 'Its address.', resolve: ({ address }) => address }),
  }),
});

/** Accounts that an instruction has, as its cost counts them. */
const USUAL_ACCOUNTS = 5;

export const InstructionType = builder.objectRef<InstructionRow>('Instruction').implement({
  description: 'A call of an indexed program, identified by slot, transaction and call path.',
  fields: (t) => ({
    ...blockFields(t),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: (row) => row.signature }),
    transactionIndex: t.exposeInt('transactionIndex', { description: 'Place of the transaction in its block.' }),
    path: t.string({
      description: 'Call path: `2.0` is the first call made by the third instruction.',
      resolve: (row) => row.path.join('.'),
    }),
    program: t.field({ type: 'PublicKey', description: 'Program that was called.', resolve: (row) => row.program }),
    programName: programNameField(t),
    name: t.exposeString('name', { description: 'Name in the program’s IDL.' }),
    failed: t.boolean({
      description: 'Whether its transaction failed: it then changed nothing.',
      resolve: (row) => row.failed === 1,
    }),
    accounts: t.field({
      type: [NamedAccountType],
      description: 'Accounts in the order they were given.',
      complexity: { field: 1, multiplier: USUAL_ACCOUNTS },
      resolve: (row) => row.accounts.map((address, index) => ({ address, name: row.accountNames[index] || null })),
    }),
    args: t.exposeString('args', {
      description: 'Arguments as canonical JSON: 64-bit integers as text, keys in base58, other bytes in hexadecimal.',
    }),
    data: t.string({ description: 'Bytes as sent, hexadecimal.', resolve: (row) => hexOf(row.data) }),
  }),
});

const ArgumentFilter = builder.inputType('ArgumentFilter', {
  description: 'A condition on one argument.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name in the IDL.' }),
    values: t.stringList({ required: true, description: 'It is one of these, as `args` has it; at most 20.' }),
  }),
});
const MOST_ARGUMENT_FILTERS = 8;
const MOST_ARGUMENT_VALUES = 20;

const InstructionConnection = connectionType('Instructions', InstructionType, { isCounted: true });

builder.queryField('instructions', (t) =>
  t.field({
    type: InstructionConnection,
    description: 'Instructions of all indexed programs, newest first; what one transaction did, last call first.',
    args: {
      ...twoWayPageArgs(t),
      program: t.arg({ type: 'PublicKey', description: 'Only calls of this program.' }),
      name: t.arg.string({ description: 'Only this instruction of the IDL, such as `create_order`.' }),
      signature: t.arg({ type: 'Signature', description: 'Only this transaction’s.' }),
      account: t.arg({ type: 'PublicKey', description: 'Only those that were given this account.' }),
      failed: t.arg.boolean({ description: 'Only those that failed, or only those that did not.' }),
      fromSlot: t.arg({ type: 'U64', description: 'Not before this slot.' }),
      args: t.arg({
        type: [ArgumentFilter],
        description: `Only those whose arguments meet all of these, at most ${MOST_ARGUMENT_FILTERS}.`,
      }),
    },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 3, context);
      const filter: InstructionFilter = {
        ...givenOf(args, ['program', 'name', 'signature', 'account', 'failed', 'fromSlot']),
        args: argumentFilters(args.args ?? []),
        toSlot: start.snapshot,
      };
      const found = await instructionsPage(context.store, filter, start.size + 1, keyAt(start), readOrderOf(start));
      return toConnection(start, found, keyOfInstruction, context, async () => {
        if (filter.account !== undefined || (filter.args ?? []).length > 0) checkCounted(filter, start.snapshot);
        return countInstructions(context.store, filter, await context.finalChunks.state());
      });
    },
  }),
);

function keyOfInstruction(row: InstructionRow): string[] {
  return [String(row.slot), String(row.transactionIndex), pathPart(row.path)];
}

function keyAt({ key }: PageStart): InstructionKey | null {
  if (key === null) return null;
  const [slot, transactionIndex] = numbersOf(key.slice(0, 2));
  return { slot: slot ?? 0n, transactionIndex: Number(transactionIndex), path: pathOf(key[2]) };
}

/** @throws GraphQLError `API__BAD_FILTER` for more than are taken: fewer would find what was not asked for */
function argumentFilters(given: NonNullable<InstructionFilter['args']>): NonNullable<InstructionFilter['args']> {
  const isTaken =
    given.length <= MOST_ARGUMENT_FILTERS && given.every(({ values }) => values.length <= MOST_ARGUMENT_VALUES);
  if (isTaken) return given;
  throw badFilter(`args takes ${MOST_ARGUMENT_FILTERS} conditions with ${MOST_ARGUMENT_VALUES} values each at most`);
}
