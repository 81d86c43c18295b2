/** Proposals, parameters and voters over GraphQL, from the record of a chain on which a proposal of every kind lived. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameters } from '../../governance/parameters.ts';
import { PROPOSAL_KINDS } from '../../governance/proposal-life.ts';
import { outlookOf, outlookOfEnded } from '../../governance/tally.ts';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import { insertObservations } from '../../indexer/store/queries/ledger/token-observations.ts';
import {
  ACCOUNT_FIELDS,
  type Answer,
  answerOf,
  ENDED_VOTE_FIELDS,
  enumName,
  expectDecided,
  expectedProposal,
  expectedVoter,
  textsOf,
} from '../governance/governance-answers.ts';
import { type GovernedDay, HOSTILE_TEXTS, liveGovernedDay, type Seen } from '../governance/governed-day.ts';
import { changing, expectModelRefusals, expectTextRefusals, preparing } from '../governance/prepared-answers.ts';
import { findTreasuryVault } from '../simulation/addresses.ts';
import { type RunningApi, startApi } from './start-api.ts';

const KEYS = [...parameters.keys()];
let day: GovernedDay;
let api: RunningApi;
let later: RunningApi;
let last: Seen;

beforeAll(async () => {
  day = await liveGovernedDay();
  last = day.seen.at(-1) as Seen;
  api = await startApi(day.store, day.registry, '', day.chain.running.rpcUrl);
  later = await startApi(day.laterStore, day.registry);
}, 180_000);

afterAll(async () => {
  await api?.stop();
  await later?.stop();
  await day?.stop();
});

const answer = (query: string, variables: Readonly<Record<string, unknown>> = {}, of = api) =>
  answerOf(of, query, variables);

interface Node {
  readonly id: string;
  readonly [field: string]: Answer;
}

async function nodesAt(slot: bigint, fields: string, of = api, first = 50): Promise<Node[]> {
  const query = `{ proposals(first: ${first}, atSlot: "${slot}") { edges { node { ${fields} } } } }`;
  return (await answer(query, {}, of)).proposals.edges.map(({ node }: { node: Node }) => node);
}

async function proposalAt(slot: bigint, id: number, fields: string): Promise<Answer> {
  return (await answer(`{ proposal(id: "${id}", atSlot: "${slot}") { ${fields} } }`)).proposal;
}

describe('proposals', () => {
  it('are at every slot what the accounts on the chain were', async () => {
    for (const { slot, proposals } of day.seen) {
      const expected = [...proposals.values()]
        .sort((left, right) => Number(right.proposalId - left.proposalId))
        .map((account) => expectedProposal(account, KEYS));
      expect(await nodesAt(slot, ACCOUNT_FIELDS)).toEqual(expected);
    }
  });

  it('are the same from a record that begins inside the chain', async () => {
    const fields = `${ACCOUNT_FIELDS} status nextStep { instruction from until isDue } couldFailAtExecute`;
    for (const { slot } of day.seen.filter((each) => each.slot >= day.laterFrom).slice(1)) {
      const [whole, part] = [await nodesAt(slot, fields), await nodesAt(slot, fields, later)];
      expect(part).toEqual(whole);
    }
    const open = '{ proposals(first: 50, isOpen: true) { edges { node { id } } } }';
    expect(await answer(open, {}, later)).toEqual(await answer(open));
  });

  it('are decided once their vote is over, whoever has not voted', async () => {
    const found = await Promise.all(day.seen.map(({ slot }) => nodesAt(slot, ENDED_VOTE_FIELDS)));
    expect(expectDecided(found.flat())).toBeGreaterThan(20);
  });

  it('before the record are refused with a code, as everything of governance is', async () => {
    const before = `atSlot: "${day.laterFrom - 1n}"`;
    for (const query of [
      `{ proposals(first: 1, ${before}) { edges { cursor } } }`,
      `{ parameters(${before}) { key } }`,
      `{ voter(address: "${day.proposer.address}", ${before}) { stake } }`,
    ]) {
      const { errors } = await later.ask(query);
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['GOVERNANCE__NOT_INDEXED']);
    }
  });

  it('come in pages, each once, newest first', async () => {
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const { proposals: page } = await answer(
        `query ($after: String) { proposals(first: 7, after: $after, atSlot: "${last.slot}") { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      ids.push(...page.edges.map(({ node }: { node: Node }) => node.id));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(ids).toEqual([...last.proposals.keys()].map(String).sort((left, right) => Number(right) - Number(left)));
  });

  it('are of every kind, say what they do in words, and end in every way', async () => {
    const nodes = await nodesAt(last.slot, 'id kind status action { instruction sentences }');
    expect(new Set(nodes.map(({ kind }) => kind))).toEqual(new Set(PROPOSAL_KINDS.map(enumName)));
    for (const status of ['EXECUTED', 'CANCELED', 'EXPIRED', 'DEFEATED', 'QUORUM_NOT_MET', 'VETOED', 'INVALIDATED'])
      expect(nodes.map((node) => node['status'])).toContain(status);
    const action = (id: number) => nodes.find((node) => node.id === String(id))?.['action'];
    expect(action(0).instruction).toBe('execute_param_change');
    expect(action(0).sentences).toEqual(['Sets platform_fee_bps to 250 (bps).']);
    expect(action(1).sentences[0]).toMatch(
      /^Pays 0\.001 INFER from the treasury to token account \w+, for development\.$/,
    );
    expect(action(2).sentences[0]).toMatch(/^Brings 1000 INFER of the exchange's bankroll back to the treasury \w+\.$/);
    expect(action(20).sentences[0]).toContain('“L40S··b·”');
  });

  it('that change the same parameter name each other, and say which rule would refuse them now', async () => {
    const fields =
      'conflicts { key proposalId } couldFailAtExecute executionRisks { code proposalId } executeCheck { error { code } }';
    const before = day.seen[1]?.slot ?? 0n;
    for (const [id, other] of [
      [13, '14'],
      [14, '13'],
    ] as const) {
      expect(await proposalAt(before, id, fields)).toEqual({
        conflicts: [{ key: 'challenge_frequency_ppm', proposalId: other }],
        couldFailAtExecute: true,
        executionRisks: [{ code: 'GOVERNANCE__CONFLICT', proposalId: other }],
        executeCheck: { error: null },
      });
    }
    const { steps, invalidity } = await proposalAt(last.slot, 14, 'steps { name slot } invalidity { rule key }');
    expect(invalidity).toEqual({ rule: 'STEP_TOO_LARGE', key: 'challenge_frequency_ppm' });
    const ended = BigInt(steps.at(-1).slot);
    expect(steps.at(-1).name).toBe('proposal_invalidated');
    const executed = await proposalAt(last.slot, 13, 'steps { name slot }');
    const changedAt = BigInt(executed.steps.at(-1).slot);
    if (changedAt < ended) {
      const between = await proposalAt(ended - 1n, 14, fields);
      expect(between.executionRisks.map(({ code }: { code: string }) => code)).toContain('GOVERNANCE__STEP_TOO_LARGE');
    }
  });
});

describe('a proposal to spend', () => {
  it('could fail where the treasury held less than it asks for, by the last reading of its vault', async () => {
    const { network } = day.world;
    const vault = await findTreasuryVault(network.inferMint.address, network.governanceProgram);
    const keys = { account: fromBase58(vault), mint: fromBase58(network.inferMint.address) };
    const slot = day.seen[1]?.slot ?? 0n;
    const read = (at: bigint, amount: bigint) =>
      insertObservations(day.store, { vaults: [{ ...keys, slot: at, amount }], mints: [] }, at);
    await read(slot, 999_999n);
    await read(slot + 1n, 1_000_000n);
    const risksAt = (at: bigint) => proposalAt(at, 1, 'couldFailAtExecute executionRisks { code }');
    const nothing = { couldFailAtExecute: false, executionRisks: [] };
    const code = 'GOVERNANCE__TREASURY_TOO_SMALL';
    expect(await risksAt(slot - 1n)).toEqual(nothing);
    expect(await risksAt(slot)).toEqual({ couldFailAtExecute: true, executionRisks: [{ code }] });
    expect(await risksAt(slot + 1n)).toEqual(nothing);
  });
});

describe('a vote', () => {
  const VOTES = `votes(first: 100, proposal: $proposal, atSlot: $slot) { edges { node { owner choice power totals { for against abstain veto } } } }`;

  it('is the sum of its votes, and its verdict what their endings allow', async () => {
    const fields = `id address canVote voteCount vote { votes { for against abstain veto } snapshotPower castPower missingPower
      isQuorumReached outcomeNow verdict finalOutcome possibleOutcomes thresholds { quorumBps passThresholdBps vetoThresholdBps } }`;
    let voted = 0;
    for (const node of await nodesAt(last.slot, fields)) {
      const vote = node['vote'];
      if (vote === null) continue;
      const query = `query ($proposal: PublicKey!, $slot: U64) { ${VOTES} }`;
      const cast = (await answer(query, { proposal: node['address'], slot: String(last.slot) })).votes.edges.map(
        (edge: Answer) => edge.node,
      );
      voted += cast.length;
      expect(cast).toHaveLength(Number(node['voteCount']));
      const sums = { for: 0n, against: 0n, abstain: 0n, veto: 0n };
      for (const { choice, power, totals } of cast.toReversed()) {
        sums[choice.toLowerCase() as keyof typeof sums] += BigInt(power);
        expect(totals).toEqual(textsOf(sums));
      }
      const numbers = Object.entries(vote.thresholds).map(([name, bps]) => [name, BigInt(bps as number)]);
      const thresholds = Object.fromEntries(numbers);
      const outlook = (node['canVote'] ? outlookOf : outlookOfEnded)({
        ...{ votes: sums, thresholds, snapshotPower: BigInt(vote.snapshotPower) },
      } as never);
      expect(vote).toMatchObject({
        ...{ missingPower: String(outlook.missingPower), isQuorumReached: outlook.isQuorumReached },
        verdict: outlook.verdict.toUpperCase(),
        finalOutcome: outlook.final === null ? null : enumName(outlook.final),
        possibleOutcomes: [...outlook.possible].sort().map(enumName),
      });
    }
    expect(voted).toBeGreaterThan(40);
  });

  it('names owner or proposal, in the order of the chain', async () => {
    const owner = day.proposer.address;
    const votesOf = async (filter: string): Promise<Node[]> =>
      (await answer(`{ votes(first: 100, ${filter}) { edges { node { proposal owner choice } } } }`)).votes.edges.map(
        (edge: Answer) => edge.node,
      );
    const all = await votesOf(`owner: "${owner}"`);
    expect(all.length).toBeGreaterThan(10);
    expect(new Set(all.map((node) => node['owner']))).toEqual(new Set([owner]));
    expect(await votesOf(`owner: "${owner}", proposal: "${all[3]?.['proposal']}"`)).toEqual([all[3]]);
    const { errors } = await api.ask('{ votes(first: 1) { edges { cursor } } }');
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['API__BAD_VALUE']);
  });
});

describe('parameters', () => {
  it('are those of the account on the chain, with who holds them and the transaction of the last change', async () => {
    const fields =
      'key number current authority cooldownLeftSeconds cooldownSeconds min max maxStep lastChange { from to at signature proposal }';
    for (const of of [api, later]) {
      const query = `{ parameters(atSlot: "${last.slot}") { ${fields} } }`;
      const rows: { key: string; current: string; authority: string }[] = (await answer(query, {}, of)).parameters;
      expect(rows.map(({ key }) => key)).toEqual(KEYS);
      expect(rows.map(({ current }) => current)).toEqual(KEYS.map((_, id) => String(last.table.values[id])));
      const held = KEYS.map((_, id) => (last.table.handedOver[id] === 1 ? 'GOVERNANCE' : 'BOOTSTRAP'));
      expect(rows.map(({ authority }) => authority)).toEqual(held);
    }
    const [fee] = (await answer(`{ parameters(keys: ["platform_fee_bps"]) { ${fields} inForce changesWith } }`))
      .parameters;
    expect(fee).toMatchObject({
      current: '250',
      inForce: '250',
      lastChange: { from: '200', to: '250' },
      changesWith: [],
    });
    const proposal = await proposalAt(last.slot, 0, 'address steps { name signature }');
    expect(fee.lastChange.proposal).toBe(proposal.address);
    expect(fee.lastChange.signature).toBe(proposal.steps.at(-1).signature);
    expect(Number(fee.cooldownLeftSeconds)).toBeGreaterThan(0);
  });

  it('refuse one unit outside any limit, with key, value and limit, and take the limit itself', async () => {
    const query = `query ($changes: [ParameterChangeInput!]!) { validateChange(changes: $changes, atSlot: "${last.slot}") {
      submitCheck { isAllowed error { code key value limit } } changes { submitCheck { error { code } } distanceToMin distanceToMax } } }`;
    for (const key of ['platform_fee_bps', 'bond_ratio_bps', 'quorum_bps']) {
      const { min, max } = parameters.get(key) as { min: bigint; max: bigint };
      const verdict = async (value: bigint) =>
        (await answer(query, { changes: [{ key, value: String(value) }] })).validateChange;
      const below = await verdict(min - 1n);
      const fault = { code: 'GOVERNANCE__BELOW_MIN', key, value: String(min - 1n), limit: String(min) };
      expect(below.submitCheck).toEqual({ isAllowed: false, error: fault });
      expect(below.changes[0]).toMatchObject({ distanceToMin: '-1', submitCheck: { error: { code: fault.code } } });
      const above = { code: 'GOVERNANCE__ABOVE_MAX', key, value: String(max + 1n), limit: String(max) };
      expect((await verdict(max + 1n)).submitCheck).toEqual({ isAllowed: false, error: above });
      const limits = [await verdict(min), await verdict(max)].map(({ changes }) => changes[0]);
      expect(limits.map(({ distanceToMin, distanceToMax }) => [distanceToMin, distanceToMax])).toEqual([
        ['0', String(max - min)],
        [String(max - min), '0'],
      ]);
    }
  });

  it('that the founders hold, or that nobody knows, are refused by name', async () => {
    const query = `query ($changes: [ParameterChangeInput!]!) { validateChange(changes: $changes) {
      submitCheck { error { rule key } } executeCheck { error { rule } } } }`;
    const ask = async (...changes: readonly (readonly [string, string])[]) =>
      (await answer(query, { changes: changes.map(([key, value]) => ({ key, value })) })).validateChange;
    expect((await ask(['quorum_bps', '2500'])).submitCheck.error).toEqual({
      rule: 'HELD_BY_FOUNDERS',
      key: 'quorum_bps',
    });
    expect((await ask(['no_such_key', '1'])).submitCheck.error).toEqual({ rule: 'UNKNOWN_KEY', key: 'no_such_key' });
    expect((await ask()).submitCheck.error).toEqual({ rule: 'NOTHING_PROPOSED', key: null });
    expect(await ask(['platform_fee_bps', '300'])).toEqual({
      submitCheck: { error: null },
      executeCheck: { error: { rule: 'COOLDOWN' } },
    });
  });
});

describe('a voter', () => {
  it('has the stake, use, locks and power of the account on the chain', async () => {
    const fields = 'stake committed unstaking unstakeAt lockedUntil feesPaid feesEarnedOn power totalPower';
    for (const { slot, stakers, governance } of day.seen.slice(-2)) {
      for (const of of slot >= day.laterFrom ? [api, later] : [api]) {
        const owners = [...stakers.keys()].filter((_, index) => index % 4 === 0);
        const voter = (owner: string) => `voter(address: "${owner}", atSlot: "${slot}") { ${fields} }`;
        const asked = owners.map((owner, index) => `v${index}: ${voter(owner)}`);
        const found = await answer(`{ ${asked.join(' ')} }`, {}, of);
        const expected = owners.map((owner) => expectedVoter(stakers.get(owner), governance.totalPower));
        expect(Object.values(found)).toEqual(expected);
      }
    }
  });

  it('who never staked has nothing', async () => {
    const query = `{ voter(address: "${day.world.network.governance}") { stake power powerPpm lockedUntil } }`;
    expect((await answer(query)).voter).toEqual({ stake: '0', power: '0', powerPpm: 0, lockedUntil: null });
  });
});

describe('text of a proposer', () => {
  const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

  it('is plain data, and what would not be seen is made visible', async () => {
    const nodes = await nodesAt(last.slot, 'id untrustedText { title uri link rawTitle rawUri hasHiddenCharacters }');
    const texts = [17, 18, 21, 22].map((id) => nodes.find((node) => node.id === String(id))?.['untrustedText']) as {
      readonly [name: string]: string;
    }[];
    expect(texts.map(({ rawTitle, rawUri }) => ({ title: rawTitle, uri: rawUri }))).toEqual(HOSTILE_TEXTS);
    for (const { title, uri } of texts) expect([title, uri].some((each) => HIDDEN.test(each ?? ''))).toBe(false);
    expect(texts.map(({ hasHiddenCharacters }) => hasHiddenCharacters)).toEqual([false, true, true, false]);
    expect(texts.map(({ link }) => link)).toEqual([null, null, null, HOSTILE_TEXTS[3]?.uri]);
    expect(texts[0]?.['title']).toBe(HOSTILE_TEXTS[0]?.title);
  });

  it('longer than the program takes is refused before anything is simulated', () =>
    expectTextRefusals(api, day.proposer.address));

  it('and a model that the program has no bytes for', () => expectModelRefusals(api, day.proposer.address));
});

describe('transactions for a wallet to sign', () => {
  it('take a proposal through its life, and what breaks a rule is refused with the error of the rule', async () => {
    const { voters, prepared, land, submitted, of, vote } = preparing(api, day);
    const [change, conflicting, slash] = [23, 24, 19];
    const current = (await answer('{ parameters(keys: ["dispute_deposit"]) { current max } }')).parameters[0];
    const above = await prepared(...submitted(changing('dispute_deposit', String(BigInt(current.max) + 1n))));
    const fault = { code: 'GOVERNANCE__ABOVE_MAX', value: String(BigInt(current.max) + 1n), limit: current.max };
    expect(above).toEqual({ transaction: null, signers: [], refusal: fault, simulation: null });
    expect((await prepared(...submitted(changing('quorum_bps', '2500')))).refusal.code).toBe(
      'GOVERNANCE__HELD_BY_FOUNDERS',
    );
    const next = String(BigInt(current.current) + 1n);
    await land(...submitted(changing('dispute_deposit', next)));
    await land(...submitted(changing('dispute_deposit', next)));
    expect((await prepared(vote(change, day.proposer.address))).refusal.code).toBe('GOVERNANCE__NOT_IN_VOTING');
    expect((await prepared(`prepareStep${of(change)}`)).refusal.code).toBe('GOVERNANCE__DISCUSSION_NOT_OVER');
    expect((await prepared(`prepareExecute${of(change)}`)).refusal.code).toBe('GOVERNANCE__NOT_QUEUED');

    // Discussion and signaling have an hour each, the vote a day, the delay an hour.
    for (const _ of ['begin_signaling', 'open_voting']) {
      day.chain.passSeconds(3_601);
      for (const id of [change, conflicting, slash]) await land(`prepareStep${of(id)}`);
    }
    for (const id of [change, conflicting, slash]) for (const { address } of voters) await land(vote(id, address));
    expect((await prepared(vote(change, day.proposer.address))).refusal.code).toBe('GOVERNANCE__ALREADY_VOTED');
    const stranger = day.world.network.governance;
    expect((await prepared(vote(change, stranger))).refusal.code).toBe('GOVERNANCE__NO_VOTING_POWER');

    day.chain.passSeconds(86_401);
    day.chain.running.advance(2);
    await day.record();
    const fields = 'status recordedStatus canVote nextStep { instruction isDue }';
    expect((await answer(`{ proposal(id: "${change}") { ${fields} } }`)).proposal).toEqual({
      ...{ status: 'QUEUED', recordedStatus: 'VOTING', canVote: false },
      nextStep: { instruction: 'finalize_vote', isDue: true },
    });
    for (const id of [change, conflicting, slash]) await land(`prepareStep${of(id)}`);
    expect((await prepared(`prepareExecute${of(change)}`)).refusal.code).toBe('GOVERNANCE__EXECUTION_DELAY_NOT_OVER');
    day.chain.passSeconds(3_601);
    await land(`prepareExecute${of(change)}`);
    expect((await prepared(`prepareExecute${of(conflicting)}`)).refusal.code).toBe('GOVERNANCE__COOLDOWN');
    expect((await prepared(`prepareExecute${of(slash)}`)).refusal.code).toBe('GOVERNANCE__NO_CHALLENGE');
    await day.record();
    const after = await answer(
      `{ parameters(keys: ["dispute_deposit"]) { current } proposal(id: "${change}") { status } }`,
    );
    expect(after).toEqual({ parameters: [{ current: next }], proposal: { status: 'EXECUTED' } });
  });

  it('move stake, and an error of the program that only a simulation finds has its name', async () => {
    const { payer, prepared, land } = preparing(api, day);
    const owner = day.proposer.address;
    const call = (move: string, amount = '0') =>
      `prepareStake(owner: "${owner}", payer: "${payer.address}", move: ${move}, amount: "${amount}")`;
    expect((await prepared(call('STAKE'))).refusal.code).toBe('GOVERNANCE__ZERO_AMOUNT');
    await land(call('SYNC_USE'));
    await land(call('REQUEST_UNSTAKE', '1000'));
    const { simulation, transaction } = await prepared(call('WITHDRAW'));
    expect(simulation).toMatchObject({ succeeds: false, errorCode: 'GOVERNANCE__STILL_UNBONDING' });
    expect(typeof transaction).toBe('string');
  });

  it('have a code of their own where the RPC does not answer, and its address is not told', async () => {
    const { errors } = await later.ask(`{ prepareExecute${preparing(api, day).of(0)} { transaction } }`);
    expect(errors?.[0]?.extensions?.code).toBe('API__RPC_UNAVAILABLE');
    expect(JSON.stringify(errors)).not.toContain('127.0.0.1');
  });
});
