/**
 * `_meta`: how fresh and how final every other answer of the same request is.
 * @module
 */
import type { UnixSeconds } from '../../../indexer/domain/units.ts';
import { type Incident, unreconciledIn } from '../../../indexer/store/queries/ledger/reconciliation.ts';
import { type VaultSurplus, vaultSurpluses } from '../../../indexer/store/queries/ledger/token-balances.ts';
import { GAP_WINDOW_SLOTS, type HeadStatus, headStatus } from '../../reads/head-status.ts';
import { builder } from '../../schema/builder.ts';

const MOST_INCIDENTS = 100;
const MAX_SLOT = 2n ** 64n - 1n;

export const IncidentType = builder.objectRef<Incident>('ReconciliationIncident').implement({
  description:
    'An account on chain that is not what events and instructions say, field by field; or a vault (kind `Vault`) that holds less than its calls say.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'Block whose accounts were compared.', resolve: ({ slot }) => slot }),
    account: t.field({
      type: 'PublicKey',
      description: 'The account; the program where a call could not be followed.',
      resolve: ({ publicKey }) => publicKey,
    }),
    program: t.field({ type: 'PublicKey', description: 'Owner.', resolve: ({ program }) => program }),
    kind: t.exposeString('kind', { description: 'Account type of the IDL, or the call that could not be followed.' }),
    field: t.exposeString('field', {
      description:
        'Field that differs; empty where one side has no such account. Of a vault: `balance` after the calls of a transaction, `balance before` them.',
    }),
    expected: t.exposeString('expected', { description: 'What events and instructions say, as text.' }),
    seen: t.exposeString('seen', { description: 'What the chain has, as text.' }),
  }),
});

const SurplusType = builder.objectRef<VaultSurplus>('VaultSurplus').implement({
  description: 'What came to a vault of the programs beside what their calls say: anybody may send tokens there.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'First block that shows it.', resolve: ({ slot }) => slot }),
    vault: t.field({ type: 'PublicKey', description: 'Token account.', resolve: ({ vault }) => vault }),
    amount: t.field({ type: 'U64', description: "Base units of the vault's token.", resolve: ({ amount }) => amount }),
  }),
});

export const MetaType = builder.objectRef<HeadStatus>('Meta').implement({
  description: 'Freshness and finality of the ledger when the request was answered.',
  fields: (t) => ({
    slot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Last committed slot; null on an empty ledger.',
      resolve: ({ status }) => status?.headSlot ?? null,
    }),
    blockhash: t.field({
      type: 'Hash',
      nullable: true,
      description: 'Hash of the block at `slot`.',
      resolve: ({ status }) => status?.headBlockhash ?? null,
    }),
    blockTime: t.field({
      type: 'I64',
      nullable: true,
      description: 'Time of that block, Unix seconds; null where the chain gave none.',
      resolve: ({ status }) => timeOrNull(status?.headBlockTime ?? -1n),
    }),
    finalizedSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Last finalized slot that is committed here.',
      resolve: ({ status }) => status?.finalizedSlot ?? null,
    }),
    lagSlots: t.field({
      type: 'U64',
      description: 'Committed slots that are not finalized yet.',
      resolve: ({ status }) => (status ? status.headSlot - (status.finalizedSlot ?? 0n) : 0n),
    }),
    gaps: t.exposeInt('gapCount', {
      description: `Places in the newest ${GAP_WINDOW_SLOTS} slots where a block does not follow the one before; 0 is proof of none.`,
    }),
    reconciledThroughSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Up to here every account is what events and instructions say; null before the first comparison.',
      resolve: ({ reconciliation }) => reconciliation.reconciledThroughSlot,
    }),
    incidentCount: t.field({
      type: 'U64',
      description: 'Fields of accounts that differ, and calls that could not be followed.',
      resolve: ({ reconciliation }) => reconciliation.openIncidentCount,
    }),
    incidents: t.field({
      type: [IncidentType],
      description: 'The first differences that still stand, in chain order.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MOST_INCIDENTS}.` }) },
      complexity: (args) => ({ field: 1, multiplier: Math.max(1, Math.min(args.first, MOST_INCIDENTS)) }),
      resolve: (_, { first }, { store }) =>
        unreconciledIn(store, { fromSlot: 0n, toSlot: MAX_SLOT }, Math.max(1, Math.min(first, MOST_INCIDENTS))),
    }),
    vaultSurpluses: t.field({
      type: [SurplusType],
      description: 'What vaults have beyond what calls say, latest first. No incident, and holds up nothing.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MOST_INCIDENTS}.` }) },
      complexity: (args) => ({ field: 1, multiplier: Math.max(1, Math.min(args.first, MOST_INCIDENTS)) }),
      resolve: (_, { first }, { store }) => vaultSurpluses(store, Math.max(1, Math.min(first, MOST_INCIDENTS))),
    }),
  }),
});

export function timeOrNull(time: UnixSeconds): UnixSeconds | null {
  return time < 0n ? null : time;
}

builder.queryField('_meta', (t) =>
  t.field({
    type: MetaType,
    description: 'Freshness and finality of every answer of this request.',
    resolve: (_, __, { store }) => headStatus(store),
  }),
);
