/** Prepares transactions over GraphQL, and lands them as the wallets of a governed day would. */
import { expect } from 'vitest';
import type { RunningApi } from '../api/start-api.ts';
import { seededWallet } from '../simulation/wallet.ts';
import { type Answer, answerOf, signAndLand } from './governance-answers.ts';
import type { GovernedDay } from './governed-day.ts';

const PREPARED = `transaction signers refusal { code value limit } simulation { succeeds errorCode computeUnits }`;

type Variables = Readonly<Record<string, unknown>>;

export const changing = (key: string, value: string) => ({
  kind: 'PARAM_CHANGE',
  title: 'Change',
  changes: [{ key, value }],
});

export function preparing(api: RunningApi, day: GovernedDay) {
  const payer = day.world.network.admin;
  /** Small holders who have stake. */
  const voters = [0, 1, 2, 3].map((index) => seededWallet(day.world.network.seed, 'holder', index));

  async function prepared(call: string, variables: Variables = {}): Promise<Answer> {
    const head = Object.keys(variables).length === 0 ? '' : 'query ($proposal: ProposalInput!)';
    return Object.values(await answerOf(api, `${head} { ${call} { ${PREPARED} } }`, variables))[0];
  }

  /** Prepares, expects a simulation that succeeds, and lands what the wallets have signed. */
  async function land(call: string, variables: Variables = {}): Promise<void> {
    const { transaction, refusal, simulation } = await prepared(call, variables);
    expect([call, refusal, simulation]).toMatchObject([call, null, { succeeds: true, errorCode: null }]);
    expect(simulation.computeUnits).toBeGreaterThan(1_000);
    expect([call, signAndLand(day.chain, transaction, [payer, ...voters])]).toEqual([call, null]);
  }

  return {
    ...{ payer, voters, prepared, land },
    submitted: (proposal: object) =>
      [
        `prepareProposal(proposer: "${day.proposer.address}", payer: "${payer.address}", proposal: $proposal)`,
        { proposal },
      ] as const,
    of: (id: number) => `(proposalId: "${id}", payer: "${payer.address}")`,
    vote: (id: number, owner: string, choice = 'FOR') =>
      `prepareVote(proposalId: "${id}", owner: "${owner}", payer: "${payer.address}", choice: ${choice})`,
  };
}

export async function expectTextRefusals(api: RunningApi, proposer: string): Promise<void> {
  const query = `query ($title: String!, $uri: String) { prepareProposal(proposer: "${proposer}",
    proposal: { kind: TEXT, title: $title, uri: $uri }) { transaction refusal { code value limit } } }`;
  const ask = async (title: string, uri = '') => (await answerOf(api, query, { title, uri })).prepareProposal.refusal;
  expect(await ask('é'.repeat(41))).toEqual({ code: 'GOVERNANCE__INVALID_TEXT', value: '82', limit: '80' });
  expect(await ask('')).toMatchObject({ code: 'GOVERNANCE__INVALID_TEXT' });
  expect(await ask('x', 'x'.repeat(201))).toEqual({ code: 'GOVERNANCE__INVALID_TEXT', value: '201', limit: '200' });
}

export async function expectModelRefusals(api: RunningApi, proposer: string): Promise<void> {
  const query = `query ($model: ModelInput!) { prepareProposal(proposer: "${proposer}",
    proposal: { kind: CATALOG_ADD, title: "x", model: $model }) { transaction refusal { code } } }`;
  const model = { name: 'L40S', vramGb: 48, weight: 1, minBenchmark: 0 };
  for (const wrong of [{ vramGb: 65_536 }, { vramGb: 0 }, { weight: -1 }, { minBenchmark: -1 }, { name: '' }]) {
    const { prepareProposal } = await answerOf(api, query, { model: { ...model, ...wrong } });
    expect(prepareProposal).toEqual({ transaction: null, refusal: { code: 'GOVERNANCE__INVALID_MODEL' } });
  }
}
