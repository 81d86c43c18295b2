/**
 * Proof that every error of a program can happen, and happens for its cause.
 *
 * In: the IDL's errors and a case for each by name: a chain and an instruction that it refuses. In a test file of the
 * program:
 *
 *     describeErrors({ folder: 'exchange', cases: CASES, unraised: { Reserved: 'kept for its number' } });
 *
 * The numbers reached must be the IDL's, all of them, each with the name and message of the IDL in its log line. An error
 * that the interface declares and the program never raises stands in `unraised` with the reason; one that its sources do
 * raise may not.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Address } from '@solana/kit';
import type { LiteSVM } from 'litesvm';
import { describe, expect, it } from 'vitest';
import { constant } from '../../programs/build/client-text.ts';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { readIdl } from './scenario.ts';
import { sendTo } from './send.ts';
import { addressOf } from './svm.ts';
import { putWallet } from './wrong-candidates.ts';

export interface Refusal {
  readonly vm: LiteSVM;
  readonly instruction: ProgramInstruction;
}

export interface ErrorCases {
  /** Name of the program's folder. */
  readonly folder: string;
  /** By error name. */
  readonly cases: Readonly<Record<string, () => Refusal | Promise<Refusal>>>;
  /** By error name: why the program declares and never raises it. */
  readonly unraised?: Readonly<Record<string, string>>;
}

const FEE_PAYER = addressOf('fee payer of the errors');

/** Registers the tests. */
export function describeErrors({ folder, cases, unraised = {} }: ErrorCases): void {
  const { errors } = readIdl(folder);
  const raised = errors.filter(({ name }) => unraised[name] === undefined);
  const reached = new Set<number>();

  describe('numbered errors', () => {
    it.each(raised.map(({ code, name, msg = name }) => ({ code, name, msg })))('$code $name', async (error) => {
      const create = cases[error.name];
      if (create === undefined) throw new Error(`no case for ${error.name}`);
      const { vm, instruction } = await create();
      putWallet(vm, FEE_PAYER);
      const { failure, logs } = sendTo(vm, FEE_PAYER, [instruction]);
      expect({ code: failure?.code, program: failure?.program }, failure?.text ?? 'accepted').toEqual({
        code: error.code,
        program: instruction.programAddress as Address,
      });
      const line = logs.find((log) => log.includes(`Error Number: ${error.code}.`)) ?? logs.join('\n');
      expect(line).toContain(`Error Code: ${error.name}. `);
      expect(line).toContain(`Error Message: ${error.msg}.`);
      reached.add(error.code);
    });

    it('all of the interface are reached, and no case is for another', () => {
      expect([...reached].sort((a, b) => a - b)).toEqual(raised.map(({ code }) => code).sort((a, b) => a - b));
      expect(Object.keys(cases).sort()).toEqual(raised.map(({ name }) => name).sort());
    });

    it.each(Object.entries(unraised))('%s is never raised: %s', (name) => {
      expect(errors.map((error) => error.name)).toContain(name);
      expect(raisingFiles(folder, constant(name))).toEqual([]);
    });
  });
}

/** Sources of the program, but for the declarations, that name the constant. */
function raisingFiles(folder: string, name: string): string[] {
  const dir = new URL(`../../programs/${folder}/src/`, import.meta.url);
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.rs') && !/^(interface|faults?)\.rs$/.test(file))
    .filter((file) => new RegExp(`\\b${name}\\b`).test(readFileSync(new URL(file, dir), 'utf8')));
}
