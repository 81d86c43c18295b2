/**
 * Of `network`: who may upgrade the programs, which keys have a role in them, and since when.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import {
  type ProgramAuthorityRow,
  programAuthorities,
} from '../../../indexer/store/queries/chain/program-authorities.ts';
import { type AdminKeys, adminKeyChanges, keysInForce } from '../../reads/admin-keys.ts';
import { builder } from '../../schema/builder.ts';
import { programNameOf } from '../chain/block-fields.ts';
import { NetworkType } from './network.ts';

const ProgramAuthorityType = builder.objectRef<ProgramAuthorityRow>('ProgramAuthority').implement({
  description: 'Who may replace the code of a program, from the slot of a reading on.',
  fields: (t) => ({
    program: t.field({ type: 'PublicKey', description: 'Address of the program.', resolve: (row) => row.program }),
    programName: t.string({
      nullable: true,
      description: '`staking`, `marketplace`, `exchange` or `governance`.',
      resolve: (row, _, { programs }) => programNameOf(row.program, programs),
    }),
    isUpgradeable: t.boolean({
      description: 'Whether anybody may replace its code.',
      resolve: (row) => row.isUpgradeable === 1,
    }),
    upgradeAuthority: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Who may; null when nobody may any more.',
      resolve: (row) => (row.isUpgradeable === 1 ? row.upgradeAuthority : null),
    }),
    loader: t.field({ type: 'PublicKey', description: 'Loader that owns the program.', resolve: (row) => row.loader }),
    deployedSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Slot in which the code in force was deployed; null where the loader does not say.',
      resolve: (row) => row.deployedSlot || null,
    }),
    sinceSlot: t.field({
      type: 'U64',
      description: 'Finalized slot of the reading that saw it first; readings are a minute apart.',
      resolve: (row) => row.slot,
    }),
  }),
});

const AdminKeysType = builder.objectRef<AdminKeys>('AdminKeys').implement({
  description: 'The keys that have a role in a program, from a slot on.',
  fields: (t) => ({
    programName: t.exposeString('program', { description: '`staking`, `marketplace`, `exchange` or `governance`.' }),
    role: t.exposeString('role', { description: 'As the program’s account names it, such as `halt_authorities`.' }),
    keys: t.field({ type: ['PublicKey'], description: 'Who has it.', resolve: ({ keys }) => [...keys] }),
    sinceSlot: t.field({ type: 'U64', description: 'First slot of it.', resolve: (row) => row.sinceSlot }),
  }),
});

/** The states of four accounts are read. */
const KEYS_PRICE = { field: 100, multiplier: 15 } as const;

builder.objectFields(NetworkType, (t) => ({
  programs: t.field({
    type: [ProgramAuthorityType],
    description: 'Who may upgrade each program, as it stands.',
    complexity: { field: 10, multiplier: 4 },
    resolve: async ({ slot }, _, { store }) => {
      const found = await programAuthorities(store, slot);
      return [...new Map(found.map((row) => [toBase58(row.program), row])).values()];
    },
  }),
  programChanges: t.field({
    type: [ProgramAuthorityType],
    description: 'Every change of them that was seen, by program, oldest first.',
    complexity: { field: 10, multiplier: 20 },
    resolve: ({ slot }, _, { store }) => programAuthorities(store, slot),
  }),
  adminKeys: t.field({
    type: [AdminKeysType],
    description: 'Keys that have a role, as they stand.',
    complexity: KEYS_PRICE,
    resolve: async ({ slot }, _, context) => keysInForce(await adminKeyChanges(slot, context)),
  }),
  adminKeyChanges: t.field({
    type: [AdminKeysType],
    description: 'Every change of them, the first ones included, by program and role, oldest first.',
    complexity: KEYS_PRICE,
    resolve: ({ slot }, _, context) => adminKeyChanges(slot, context),
  }),
}));
