/** The matrix of wrong accounts notices what it is there to notice: on the staking program's `stake` and `unstake`. */
import type { Address } from '@solana/kit';
import { describe, expect, it } from 'vitest';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { createScenario, type Exception, readIdl, type Scenario, type WrongKind } from './scenario.ts';
import { SCENARIOS } from './staking/scenarios.ts';
import { wrongAccountProblems } from './wrong-accounts.ts';
import { candidatesFor } from './wrong-candidates.ts';

const idl = readIdl('staking');

/** Problems of one account of `stake` in the scenario after `change`. */
function problemsOf(account: string, change: (scenario: Scenario) => Scenario): Promise<string[]> {
  const scenarios = { stake: async () => change(await createScenario(SCENARIOS, 'stake')) };
  return wrongAccountProblems({ idl, scenarios }, 'stake', account);
}

function withExceptions(account: string, exceptions: readonly Exception[]) {
  return (scenario: Scenario): Scenario => ({ ...scenario, exceptions: { [account]: exceptions } });
}

function edited(edit: (instruction: ProgramInstruction) => ProgramInstruction) {
  return (scenario: Scenario): Scenario => ({ ...scenario, instruction: edit(scenario.instruction) });
}

describe('the matrix', () => {
  it('has nothing against the scenario as it is', async () => {
    for (const { name } of idl.instructions.find((each) => each.name === 'stake')?.accounts ?? [])
      expect(await problemsOf(name, (scenario) => scenario)).toEqual([]);
  });

  it('tells of a wrong account that is accepted', async () => {
    const problems = await problemsOf('owner_token_account', withExceptions('owner_token_account', []));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^copy \w+: accepted$/);
  });

  it('tells of an exception that nothing needs, and of one whose account is accepted after all', async () => {
    const base = { kinds: ['copy'] as WrongKind[], why: 'said so' };
    const needless = await problemsOf('operator_pool', withExceptions('operator_pool', [{ ...base, outcome: 'free' }]));
    expect(needless).toEqual(['needless exception for copy: said so']);
    const elsewhere = await problemsOf(
      'owner_token_account',
      withExceptions('owner_token_account', [{ ...base, outcome: 'elsewhere' }]),
    );
    expect(elsewhere).toEqual([expect.stringMatching(/^copy \w+: accepted$/)]);
  });

  it('tells of a mark that the interface names and the program does not check', async () => {
    const instructions = idl.instructions.map((instruction) => ({
      ...instruction,
      accounts: instruction.accounts.map((item) => (item.name === 'token_program' ? { ...item, signer: true } : item)),
    }));
    const stated = { idl: { ...idl, instructions }, scenarios: SCENARIOS };
    expect(await wrongAccountProblems(stated, 'stake', 'token_program')).toEqual([
      expect.stringMatching(/^unsigned \w+ token_program: accepted$/),
    ]);
  });

  it('tells of accounts that are given twice, are too many, or stand elsewhere than their seeds say', async () => {
    const twice = edited(({ accounts, ...rest }) => ({ ...rest, accounts: [...accounts, ...accounts.slice(0, 1)] }));
    expect(await problemsOf('operator_pool', twice)).toEqual(
      expect.arrayContaining([expect.stringContaining('accounts given'), expect.stringContaining('is given twice')]),
    );
    const moved = edited(({ accounts, ...rest }) => {
      const stranger = accounts[0]?.address as Address;
      return { ...rest, accounts: accounts.map((meta, at) => (at === 1 ? { ...meta, address: stranger } : meta)) };
    });
    expect(await problemsOf('token_program', moved)).toContain('pool_overview is not at its seeds');
  });

  it('tells of a scenario without a second account of the same type', async () => {
    const alone = (scenario: Scenario): Scenario => {
      const { vm, instruction } = scenario;
      const given = new Set(instruction.accounts.map(({ address }) => address));
      for (const account of vm.getProgramAccounts(instruction.programAddress)) {
        if (!given.has(account.address)) vm.setAccount({ ...account, data: new Uint8Array(8), space: 8n });
      }
      return scenario;
    };
    expect(await problemsOf('operator_pool', alone)).toContain('the scenario has no second OperatorPool');
  });
});

describe('candidates', () => {
  it('are of every kind that the account allows, each once, and never the right one as it is', async () => {
    const scenario = await createScenario(SCENARIOS, 'stake');
    const definition = idl.instructions.find(({ name }) => name === 'stake');
    if (definition === undefined) throw new Error('no stake');
    const call = { idl, definition, instruction: scenario.instruction, vm: scenario.vm };
    const kindsOf = (account: string) => {
      const index = definition.accounts.findIndex(({ name }) => name === account);
      const candidates = candidatesFor(call, scenario, index);
      const right = scenario.instruction.accounts[index]?.address;
      expect(candidates.filter(({ address, put }) => address === right && put === undefined)).toEqual([]);
      expect(new Set(candidates.map(({ address, put }) => `${address} ${put?.programAddress}`)).size).toBe(
        candidates.length,
      );
      return [...new Set(candidates.map(({ kind }) => kind))].sort();
    };
    const plain = ['duplicate', 'empty', 'other', 'stranger'];
    expect(kindsOf('owner')).toEqual(plain);
    expect(kindsOf('token_program')).toEqual(plain);
    expect(kindsOf('operator_pool')).toEqual(['bump', 'copy', ...plain, 'foreign'].sort());
    expect(kindsOf('staked_token_account')).toEqual(['bump', 'copy', ...plain, 'foreign', 'holder', 'mint'].sort());
  });
});
