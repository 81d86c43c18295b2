/**
 * Fields that types of the chain share: the block of a row, and the name of its program.
 * @module
 */
import type { FieldMap, GenericFieldRef } from '@pothos/core';
import type { Slot, UnixSeconds } from '../../../indexer/domain/units.ts';
import type { ApiContext } from '../../context.ts';
import type { ObjectFields } from '../../schema/builder.ts';
import { timeOrNull } from './meta.ts';

interface InBlock {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  /** Unix seconds; -1 where the chain gave none. */
  readonly blockTime: UnixSeconds;
}

export function blockFields<Row extends InBlock>(t: ObjectFields<Row>): FieldMap {
  return {
    slot: t.field({ type: 'U64', description: 'Slot of its block.', resolve: (row) => row.slot }),
    blockhash: t.field({ type: 'Hash', description: 'Hash of its block.', resolve: (row) => row.blockhash }),
    blockTime: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds; null where the chain gave none.',
      resolve: (row) => timeOrNull(row.blockTime),
    }),
  };
}

/** Of a row that may be of any indexed program. */
export function programNameField<Row extends { readonly program: Uint8Array }>(t: ObjectFields<Row>): GenericFieldRef {
  return t.string({
    nullable: true,
    description: '`staking`, `marketplace`, `exchange` or `governance`; null for another program.',
    resolve: (row, _, { programs }) => programNameOf(row.program, programs),
  });
}

export function programNameOf(program: Uint8Array, programs: ApiContext['programs']): string | null {
  const known = Object.entries(programs).find(([, id]) => Buffer.compare(id, program) === 0);
  return known?.[0] ?? null;
}
