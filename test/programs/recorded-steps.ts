/**
 * What a chain of program tests did, as steps for a fold: every successful instruction with the events that it emitted
 * itself. Instructions that programs sent each other are left out: they write accounts of other programs.
 * @module
 */
import type { Address } from '@solana/kit';
import type { LiteSVM } from 'litesvm';
import type { Step } from '../../jobs/reconcile/step.ts';
import type { Idl } from '../../programs/build/idl.ts';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { observe } from './send.ts';

const TAG_BYTES = 8;

/** Steps of one program, from now on; the caller takes them out as it folds them. */
export function recordSteps(vm: LiteSVM, program: Address, idl: Idl): Step[] {
  const steps: Step[] = [];
  observe(vm, ({ failure, logs }, instructions) => {
    if (failure !== null) return;
    const { slot, unixTimestamp } = vm.getClock();
    const events = eventsByInstruction(logs, program);
    for (const [index, instruction] of instructions.entries()) {
      if (instruction.programAddress !== program) continue;
      steps.push({
        ...named(idl, instruction),
        events: events.get(index) ?? [],
        slot,
        time: unixTimestamp,
        transactionIndex: 0,
      });
    }
  });
  return steps;
}

function named(idl: Idl, { programAddress, accounts, data }: ProgramInstruction) {
  const tag = String([...data.subarray(0, TAG_BYTES)]);
  const definition = idl.instructions.find(({ discriminator }) => String(discriminator) === tag);
  if (definition === undefined) throw new Error('an instruction that the IDL does not have');
  const names = definition.accounts.map(({ name }, index) => [name, accounts[index]?.address] as const);
  const present = names.filter((each): each is [string, Address] => each[1] !== undefined);
  return { program: programAddress, name: definition.name, accounts: Object.fromEntries(present), data };
}

/** Payloads that `program` logged while it was the innermost one, by top-level instruction. */
function eventsByInstruction(logs: readonly string[], program: Address): Map<number, Uint8Array[]> {
  const found = new Map<number, Uint8Array[]>();
  const stack: string[] = [];
  let index = -1;
  for (const line of logs) {
    const [, invoked, depth] = /^Program (\w+) invoke \[(\d+)\]$/.exec(line) ?? [];
    if (invoked !== undefined) {
      if (depth === '1') index += 1;
      stack.push(invoked);
    } else if (/^Program \w+ (success|failed)/.test(line)) stack.pop();
    else if (line.startsWith('Program data: ') && stack.length === 1 && stack[0] === program) {
      const payload = new Uint8Array(Buffer.from(line.slice('Program data: '.length), 'base64'));
      found.set(index, [...(found.get(index) ?? []), payload]);
    }
  }
  return found;
}
