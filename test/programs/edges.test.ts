/** Numbers at the edges of their types, in every argument of every program: refused by number or carried out, exactly. */
import type { Address } from '@solana/kit';
import { getMintDecoder, getTokenDecoder, TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import type { LiteSVM } from 'litesvm';
import { describe, expect, it } from 'vitest';
import { edgesOf } from './argument-edges.ts';
import { SCENARIOS as EXCHANGE } from './exchange/scenarios.ts';
import { SCENARIOS as GOVERNANCE } from './governance/scenarios.ts';
import { SCENARIOS as MARKETPLACE } from './marketplace/scenarios.ts';
import { createScenario, readIdl, type Scenarios } from './scenario.ts';
import { sendTo } from './send.ts';
import { SCENARIOS as STAKING } from './staking/scenarios.ts';
import { addressOf } from './svm.ts';
import { putWallet } from './wrong-candidates.ts';

const FEE_PAYER = addressOf('fee payer of the edges');
const TOKEN_BYTES = 165;
const MINT_BYTES = 82;
const PROGRAMS: readonly (readonly [string, Scenarios])[] = [
  ['staking', STAKING],
  ['marketplace', MARKETPLACE],
  ['exchange', EXCHANGE],
  ['governance', GOVERNANCE],
];

/** By mint: what its token accounts hold, less its supply. Nothing but a mistake of a test can change it. */
function unaccounted(vm: LiteSVM): Map<Address, bigint> {
  const totals = new Map<Address, bigint>();
  const add = (mint: Address, amount: bigint) => totals.set(mint, (totals.get(mint) ?? 0n) + amount);
  for (const { address, data } of vm.getProgramAccounts(TOKEN_PROGRAM_ADDRESS)) {
    const bytes = new Uint8Array(data);
    if (bytes.length === MINT_BYTES) add(address, -getMintDecoder().decode(bytes).supply);
    if (bytes.length !== TOKEN_BYTES) continue;
    const { mint, amount } = getTokenDecoder().decode(bytes);
    add(mint, amount);
  }
  return totals;
}

describe.each(PROGRAMS)('%s', (folder, scenarios) => {
  const idl = readIdl(folder);
  let tried = 0;
  const withArguments = idl.instructions.filter(({ args }) => args.length > 0);

  it.each(withArguments.map((definition) => ({ name: definition.name, definition })))(
    '$name takes or refuses every number by its rules, and neither aborts nor makes a token',
    async ({ name, definition }) => {
      let scenario = await createScenario(scenarios, name);
      putWallet(scenario.vm, FEE_PAYER);
      const problems: string[] = [];
      const edges = edgesOf(idl, definition, scenario.instruction.data);
      tried += edges.length;
      for (const { label, data } of edges) {
        const { vm, instruction } = scenario;
        const before = unaccounted(vm);
        const { failure } = sendTo(vm, FEE_PAYER, [{ ...instruction, data }]);
        expect(unaccounted(vm)).toEqual(before);
        if (failure !== null && failure.code === null) problems.push(`${name} ${label}: ${failure.reason}`);
        if (failure !== null) continue;
        scenario = await createScenario(scenarios, name);
        putWallet(scenario.vm, FEE_PAYER);
      }
      expect(problems).toEqual([]);
    },
  );

  it('has numbers to try', () => {
    expect(tried).toBeGreaterThan(withArguments.length);
  });
});
