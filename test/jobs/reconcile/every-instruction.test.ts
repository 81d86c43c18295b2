/** Every instruction of every program, once where it succeeds: the fold gives the accounts that it leaves, and its vaults hold
 * what the call moved. */
import { describe, expect, it } from 'vitest';
import { exchangeFold } from '../../../jobs/reconcile/folds/exchange.ts';
import { governanceFold } from '../../../jobs/reconcile/folds/governance.ts';
import { marketplaceFold } from '../../../jobs/reconcile/folds/marketplace.ts';
import { stakingFold } from '../../../jobs/reconcile/folds/staking.ts';
import { SCENARIOS as EXCHANGE } from '../../programs/exchange/scenarios.ts';
import { declaredMissing, FoldedChain, foundMissing } from '../../programs/folded-chain.ts';
import { SCENARIOS as GOVERNANCE } from '../../programs/governance/scenarios.ts';
import { SCENARIOS as MARKETPLACE } from '../../programs/marketplace/scenarios.ts';
import { createScenario } from '../../programs/scenario.ts';
import { sendTo } from '../../programs/send.ts';
import { SCENARIOS as STAKING } from '../../programs/staking/scenarios.ts';
import { addressOf } from '../../programs/svm.ts';
import { putWallet } from '../../programs/wrong-candidates.ts';

const PAYER = addressOf('fee payer of the folds');
const folds = {
  ...{ staking: stakingFold, marketplace: marketplaceFold, exchange: exchangeFold, governance: governanceFold },
};
const scenarios = { staking: STAKING, marketplace: MARKETPLACE, exchange: EXCHANGE, governance: GOVERNANCE };

describe.each(Object.keys(scenarios) as (keyof typeof scenarios)[])('%s', (program) => {
  const fold = folds[program];
  const found: Record<string, Set<string>> = {};
  let movedVaultCount = 0;

  it.each(Object.keys(scenarios[program]))('%s', async (name) => {
    const { vm, instruction } = await createScenario(scenarios[program], name);
    putWallet(vm, PAYER);
    const chain = new FoldedChain(vm, instruction.programAddress, fold);
    expect(sendTo(vm, PAYER, [instruction]).failure).toBeNull();
    expect(chain.allDifferences()).toEqual([]);
    expect(chain.stepCount).toBe(1);
    expect(chain.vaultDifferences).toEqual([]);
    movedVaultCount += chain.movedVaults.size;
    for (const [kind, fields] of Object.entries(foundMissing(chain))) {
      const all = found[kind] ?? new Set();
      for (const field of fields) all.add(field);
      found[kind] = all;
    }
  });

  it('moves tokens of vaults', () => expect(movedVaultCount).toBeGreaterThan(2));

  it('what is told of a new account is everything but what is declared', () => {
    const declared = declaredMissing(fold);
    const made = Object.entries(found).filter(([, fields]) => fields.size > 0);
    expect(made.length).toBeGreaterThan(1);
    for (const [kind, fields] of made) expect([kind, [...fields].sort()]).toEqual([kind, declared[kind]]);
  });
});
