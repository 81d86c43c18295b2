/**
 * What the instructions of a program cost: compute units of the success path, and bytes of its accounts, from the scenarios.
 *
 * In a test file of the program:
 *
 *     describeCosts({ folder: 'exchange', scenarios: SCENARIOS });
 *
 * Compares exactly with `programs/<folder>/costs.json`, from which the tables of docs/programs are made. A rebuilt program
 * costs something else: `PLUMBLINE_WRITE_COSTS=1 npx vitest run <file>` writes the file again, then
 * `node --import tsx programs/build/generate-docs.ts` the tables. Units include what other programs took in calls.
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Costs } from '../../programs/build/docs-text.ts';
import { accountBytes } from '../../programs/build/idl-size.ts';
import { createScenario, readIdl, type Scenarios } from './scenario.ts';
import { accountName } from './seeds.ts';
import { sendTo } from './send.ts';
import { addressOf } from './svm.ts';
import { putWallet } from './wrong-candidates.ts';

const FEE_PAYER = addressOf('fee payer of the costs');
const WRITE = 'PLUMBLINE_WRITE_COSTS';

export interface Priced {
  /** Name of the program's folder. */
  readonly folder: string;
  readonly scenarios: Scenarios;
  /** Account types allocated with room behind their fields. */
  readonly roomy?: readonly string[];
  /** By instruction name: most units that it may take. */
  readonly limits?: Readonly<Record<string, number>>;
}

/** Registers the tests. */
export function describeCosts({ folder, scenarios, roomy = [], limits = {} }: Priced): void {
  const idl = readIdl(folder);
  const file = new URL(`../../programs/${folder}/costs.json`, import.meta.url);

  describe(`costs of ${folder}`, () => {
    it(`are those of costs.json (${WRITE}=1 writes it)`, async () => {
      const measured = await measureCosts(folder, scenarios);
      if (process.env[WRITE]) writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
      const committed = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
      expect(committed, `write the file again with ${WRITE}=1`).toEqual(measured);
    });

    it('are known for every account type, whose size is what the interface says', async () => {
      const { bytes } = await measureCosts(folder, scenarios);
      const stated = Object.fromEntries(idl.accounts.map((account) => [account.name, accountBytes(idl, account)]));
      expect(Object.keys(bytes)).toEqual(idl.accounts.map(({ name }) => name).sort());
      for (const [name, found] of Object.entries(bytes)) {
        if (roomy.includes(name)) expect(found).toBeGreaterThan(stated[name] ?? 0);
        else expect([name, found]).toEqual([name, stated[name] ?? found]);
      }
    });

    it.each(Object.entries(limits))('%s stays within %i compute units', async (name, limit) => {
      const { units } = await measureCosts(folder, { [name]: () => createScenario(scenarios, name) });
      expect(units[name]).toBeLessThanOrEqual(limit);
    });
  });
}

async function measureCosts(folder: string, scenarios: Scenarios): Promise<Costs> {
  const idl = readIdl(folder);
  const units: Record<string, number> = {};
  const bytes: Record<string, number> = {};
  for (const name of Object.keys(scenarios).sort()) {
    const { vm, instruction } = await createScenario(scenarios, name);
    putWallet(vm, FEE_PAYER);
    const { failure, computeUnits } = sendTo(vm, FEE_PAYER, [instruction]);
    if (failure !== null) throw new Error(`${name}: ${failure.text}`);
    units[name] = Number(computeUnits);
    for (const account of vm.getProgramAccounts(instruction.programAddress)) {
      const type = accountName(idl, new Uint8Array(account.data));
      if (type !== null) bytes[type] = Math.max(bytes[type] ?? 0, account.data.length);
    }
  }
  return { units, bytes: Object.fromEntries(Object.entries(bytes).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
