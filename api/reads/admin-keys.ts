/**
 * Keys with a role in the four programs, and when each was given: from the states of the programs' own accounts.
 * @module
 */
import { type Address, address } from '@solana/kit';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import { accountChanges } from '../../indexer/store/queries/rows/account-states.ts';
import { findExchange } from '../../programs/exchange/pda.ts';
import { findGovernance } from '../../programs/governance/pda.ts';
import { findMarketplace } from '../../programs/marketplace/pda.ts';
import { findPoolOverview } from '../../programs/staking/pda.ts';
import type { ApiContext } from '../context.ts';

export type ProgramName = 'staking' | 'marketplace' | 'exchange' | 'governance';

export interface AdminKeys {
  readonly program: ProgramName;
  /** As the program's account names it. */
  readonly role: string;
  readonly keys: readonly Uint8Array[];
  readonly sinceSlot: Slot;
}

interface RoleSource {
  readonly program: ProgramName;
  readonly find: (program: Address) => Promise<Address>;
  /** Path of each role in the account's fields. */
  readonly roles: readonly (readonly string[])[];
}

const inSettings = (...names: readonly string[]) => names.map((name) => ['settings', name]);
const atTop = (...names: readonly string[]) => names.map((name) => [name]);

const sources: readonly RoleSource[] = [
  {
    program: 'staking',
    find: findPoolOverview,
    roles: atTop('program_admin', 'reward_distribution_authorities', 'halt_authorities', 'slashing_authorities'),
  },
  {
    program: 'marketplace',
    find: findMarketplace,
    roles: inSettings('admin', 'arbiter', 'halt_authority', 'governance_authority', 'reward_authority', 'meter'),
  },
  { program: 'exchange', find: findExchange, roles: atTop('admin', 'governance_authority') },
  { program: 'governance', find: findGovernance, roles: atTop('founding_admin') },
];

/** Every change of every role up to a slot, the first one included, by program and role, oldest first. */
export async function adminKeyChanges(slot: Slot, context: ApiContext): Promise<AdminKeys[]> {
  const found = await Promise.all(sources.map((source) => changesOf(source, slot, context)));
  return found.flat();
}

/** Those that hold as of the slot: the last change of each role. */
export function keysInForce(changes: readonly AdminKeys[]): AdminKeys[] {
  return [...new Map(changes.map((change) => [`${change.program}.${change.role}`, change])).values()];
}

async function changesOf(source: RoleSource, slot: Slot, { store, programs }: ApiContext): Promise<AdminKeys[]> {
  const key = fromBase58(await source.find(address(toBase58(programs[source.program]))));
  const changes = await accountChanges(store, key, source.roles, slot);
  return source.roles.flatMap((path, index) => {
    let before = '';
    return changes.flatMap(({ slot: sinceSlot, values }): AdminKeys[] => {
      const text = values[index] ?? '';
      if (text === before || text === '') return [];
      before = text;
      return [{ program: source.program, role: path.at(-1) ?? '', keys: keysIn(text), sinceSlot }];
    });
  });
}

/** A key or a list of keys in canonical JSON. */
function keysIn(text: string): Uint8Array[] {
  const value = JSON.parse(text) as string | readonly string[];
  return (typeof value === 'string' ? [value] : value).map((each) => fromBase58(each));
}
