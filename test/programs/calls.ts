/**
 * What calls from another program can and cannot do: every instruction through the compiled caller.
 *
 * In: the name of the program's folder and its scenarios. In a test file of the program:
 *
 *     describeCalls({ folder: 'exchange', scenarios: SCENARIOS });
 *
 * An instruction that must stand at the top of a transaction is named in `topOnly`, with the number it is refused with.
 * @module
 */
import { isSignerRole } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import { addCaller, findCallerAddress, throughCaller } from './call-through.ts';
import { createScenario, readIdl, type Scenario, type Scenarios } from './scenario.ts';
import { sendTo } from './send.ts';
import { addressOf } from './svm.ts';
import { putWallet } from './wrong-candidates.ts';

export interface Called {
  /** Name of the program's folder. */
  readonly folder: string;
  readonly scenarios: Scenarios;
  /** By instruction name: the number of the refusal when another program calls it. */
  readonly topOnly?: Readonly<Record<string, number>>;
}

const FEE_PAYER = addressOf('fee payer of the calls');

/** Registers the tests. */
export function describeCalls({ folder, scenarios, topOnly = {} }: Called): void {
  const { instructions } = readIdl(folder);

  describe.each(instructions.map(({ name, accounts }) => ({ name, accounts })))('$name through a caller', (each) => {
    const { name, accounts } = each;

    it('does what it does at the top of a transaction', async () => {
      const { vm, instruction } = await stage(scenarios, name);
      const { failure } = sendTo(vm, FEE_PAYER, [throughCaller(instruction)]);
      expect(failure?.code, failure?.text).toBe(topOnly[name]);
    });

    it('is refused when a signature is missing, whoever calls', async () => {
      const { vm, instruction } = await stage(scenarios, name);
      for (const signer of instruction.accounts.filter(({ role }) => isSignerRole(role))) {
        const { failure } = sendTo(vm, FEE_PAYER, [throughCaller(instruction, [signer.address])]);
        expect(failure).toMatchObject({ code: 3010, program: instruction.programAddress });
      }
    });

    it('is refused when the caller puts its own address in the place of a signer', async () => {
      const scenario = await stage(scenarios, name);
      const { vm, instruction } = scenario;
      const own = await findCallerAddress();
      for (const [index, { role }] of instruction.accounts.entries()) {
        if (!isSignerRole(role) || isFreeChoice(scenario, accounts[index]?.name ?? '')) continue;
        const forged = instruction.accounts.map((meta, at) => (at === index ? { ...meta, address: own } : meta));
        const { failure } = sendTo(vm, FEE_PAYER, [throughCaller({ ...instruction, accounts: forged }, [own])]);
        expect(failure?.program, `${name}, account ${index}`).toBe(instruction.programAddress);
        expect(failure?.code).toBeGreaterThanOrEqual(2_000);
      }
    });
  });
}

async function stage(scenarios: Scenarios, name: string): Promise<Scenario> {
  const scenario = await createScenario(scenarios, name);
  addCaller(scenario.vm);
  putWallet(scenario.vm, FEE_PAYER);
  return scenario;
}

/** Whether anybody may stand in the account's place. */
function isFreeChoice({ exceptions = {} }: Scenario, account: string): boolean {
  return account === 'payer' || (exceptions[account] ?? []).some(({ kinds }) => kinds.includes('stranger'));
}
