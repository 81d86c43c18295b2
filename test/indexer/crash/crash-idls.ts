/**
 * IDLs of the recorded chain's programs as an indexer would come to know them: at first a part of them, so that some
 * payloads stay undecoded; later the whole of what these tests look at, and an event that got a column.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../../programs/staking/client.generated.ts';
import { programFile } from '../../simulation/programs.ts';

interface Named {
  readonly name: string;
}
interface IdlText {
  readonly instructions: readonly Named[];
  readonly accounts: readonly Named[];
  readonly events: readonly Named[];
  readonly types: readonly (Named & { readonly type: { readonly fields?: readonly unknown[] } })[];
}

export interface CrashIdls {
  /** Values of the setting PROGRAMS. */
  readonly early: string;
  readonly late: string;
  /** How many IDLs each of them adds. */
  readonly revisions: { readonly early: number; readonly late: number };
}

/** Beyond every block of the chain: the version makes a column and decodes nothing. */
const FAR_SLOT = 10_000_000;
const STAKING_EVENTS = ['StakeEvent', 'ClaimUsdcEarningsEvent'];
const MARKETPLACE_EVENTS = ['OrderCreated', 'DeliveryStarted', 'OrderSettled'];

export function writeCrashIdls(folder: string): CrashIdls {
  const staking = withEvents(readIdl('staking'), STAKING_EVENTS);
  const marketplace = withEvents(readIdl('marketplace'), MARKETPLACE_EVENTS);
  const without = (items: readonly Named[], name: string) => items.filter((each) => each.name !== name);
  const file = (name: string, idl: IdlText) => {
    const target = path.join(folder, name);
    writeFileSync(target, JSON.stringify(idl));
    return target;
  };
  const early = [
    `${STAKING_PROGRAM_ADDRESS}=${file('staking-early.json', {
      ...staking,
      instructions: without(staking.instructions, 'stake'),
      accounts: without(staking.accounts, 'StakingRecord'),
      events: [],
    })}`,
    `${MARKETPLACE_PROGRAM_ADDRESS}=${file('marketplace.json', marketplace)}`,
  ];
  const late = [
    ...early,
    `${STAKING_PROGRAM_ADDRESS}=${file('staking.json', staking)}@1`,
    `${MARKETPLACE_PROGRAM_ADDRESS}=${file('marketplace-next.json', withField(marketplace, 'OrderCreated'))}@${FAR_SLOT}`,
  ];
  return {
    ...{ early: early.join(','), late: late.join(',') },
    revisions: { early: early.length, late: late.length },
  };
}

function readIdl(name: string): IdlText {
  return JSON.parse(readFileSync(programFile(name, 'idl.json'), 'utf8')) as IdlText;
}

function withEvents(idl: IdlText, names: readonly string[]): IdlText {
  return { ...idl, events: idl.events.filter(({ name }) => names.includes(name)) };
}

function withField(idl: IdlText, typeName: string): IdlText {
  const field = { name: 'later_note', type: 'u64' };
  const types = idl.types.map((each) =>
    each.name === typeName ? { ...each, type: { ...each.type, fields: [...(each.type.fields ?? []), field] } } : each,
  );
  return { ...idl, types };
}
