import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIndexer } from '../../indexer/main.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { EpochMachine } from '../../jobs/rewards/epoch-machine.ts';
import { createRewardContext } from '../../jobs/rewards/reward-context.ts';
import { type RewardNetwork, startRewardNetwork } from '../jobs/reward-network.ts';
import { type RunningApi, startApi } from './start-api.ts';

const EPOCH_SECONDS = 4;
const PATIENCE_MS = 240_000;
const FEWEST_SETTLED = 5;
const SETTLED_QUERY = `{ events(first: ${FEWEST_SETTLED}, name: "OrderSettled") { edges { cursor } } }`;

let net: RewardNetwork;
let api: RunningApi;
let indexer: Promise<void>;
const controller = new AbortController();
/** Everything below is as of this slot, while the market trades on. */
let atSlot = '';
let history: EventNode[] = [];

interface EventNode {
  readonly slot: string;
  readonly transactionIndex: number;
  readonly path: string;
  readonly ordinal: number;
  readonly name: string;
  readonly programName: string;
  readonly signature: string;
  readonly fields: string;
}

beforeAll(async () => {
  net = await startRewardNetwork(EPOCH_SECONDS);
  // From the first block: the answers are compared with what all events add up to.
  indexer = runIndexer({ ...net.settings, START_SLOT: 1n }, controller.signal);
  const machine = new EpochMachine(await createRewardContext(net.settings, net.store, controller.signal));
  // Nothing is accrued: stakes stay what was staked.
  while ((await epochRow(net.store, 1n))?.state !== 'committed') {
    await machine.advance().catch(() => undefined);
    await sleep(100);
  }
  api = await startApi(net.store, await loadProgramRegistry(net.settings));
  while ((await answer(SETTLED_QUERY)).events.edges.length < FEWEST_SETTLED) await sleep(100);
  atSlot = String((await answer('{ _meta { slot } }'))['_meta'].slot);
  history = await everyNode('events', 'slot transactionIndex path ordinal name programName signature fields');
}, PATIENCE_MS);

afterAll(async () => {
  controller.abort();
  await indexer;
  await api?.stop();
  await net?.stop();
}, PATIENCE_MS);

// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
async function answer(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<any> {
  const { data, errors } = await api.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

interface Page<T> {
  readonly edges: readonly { readonly node: T }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All pages of a list, as of `atSlot`. */
async function everyNode<T>(list: 'blocks' | 'events', fields: string): Promise<T[]> {
  const found: T[] = [];
  const query = `query ($after: String) { ${list}(first: 200, after: $after, atSlot: "${atSlot}") {
    edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`;
  for (let after: string | null = null; ; ) {
    const page: Page<T> = (await answer(query, { after }))[list];
    found.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

const fieldsOf = (event: EventNode): Record<string, string> => JSON.parse(event.fields);
const named = (name: string) => history.filter((event) => event.name === name).map(fieldsOf);
const sum = (values: readonly (string | undefined)[]) =>
  String(values.reduce((all, each) => all + BigInt(each ?? 0), 0n));

describe('at one slot of a network that goes on', () => {
  it('events come newest first, each once, with decoded fields', () => {
    const keys = history.map((each) => `${each.slot}/${each.signature}/${each.path}/${each.ordinal}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(history.map(({ slot }) => Number(slot))).toEqual(
      history.map(({ slot }) => Number(slot)).sort((a, b) => b - a),
    );
    expect(new Set(history.map(({ programName }) => programName))).toEqual(
      new Set(['staking', 'marketplace', 'exchange', 'governance']),
    );
    expect(history.filter(({ fields }) => fields === '{}')).toEqual([]);
  });

  it('providers have the counts that their events add up to', async () => {
    const { providers } = await answer(`{ providers(first: 100, atSlot: "${atSlot}") { edges { node {
      address owner tier bond offerCount orderCount settledCount refundedCount gpuSeconds } } } }`);
    const expected = named('ProviderRegistered').map((registered) => {
      const of = (name: string) => named(name).filter(({ provider }) => provider === registered['provider']);
      return {
        address: registered['provider'],
        owner: registered['owner'],
        tier: registered['tier'],
        bond: of('BondPosted')[0]?.['bond_total'],
        offerCount: String(of('OfferListed').length),
        orderCount: String(of('OrderCreated').length),
        settledCount: String(of('OrderSettled').length),
        refundedCount: String(of('OrderRefunded').length),
        gpuSeconds: sum(of('OrderSettled').map((each) => each['gpu_seconds'])),
      };
    });
    const byAddress = (a: { address?: string | undefined }, b: { address?: string | undefined }) =>
      (a.address ?? '').localeCompare(b.address ?? '');
    const found = providers.edges.map(({ node }: { node: { address: string } }) => node);
    expect(found.sort(byAddress)).toEqual(expected.sort(byAddress));
    expect(expected.some(({ settledCount }) => settledCount !== '0')).toBe(true);
  });

  it('orders come newest first with the state that their events left them in, page by page', async () => {
    const found: { address: string; state: string; amount: string; fee: string | null }[] = [];
    for (let after: string | null = null, isOver = false; !isOver; ) {
      const { orders } = await answer(
        `query ($after: String) { orders(first: 3, after: $after, atSlot: "${atSlot}") {
          edges { node { address state amount fee } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      found.push(...orders.edges.map(({ node }: { node: (typeof found)[number] }) => node));
      after = orders.pageInfo.endCursor;
      isOver = !orders.pageInfo.hasNextPage;
    }
    const has = (name: string, order: string | undefined) => named(name).find((each) => each['order'] === order);
    const expected = named('OrderCreated').map(({ order, amount }) => {
      const settled = has('OrderSettled', order);
      const ended = settled ? 'SETTLED' : has('OrderRefunded', order) ? 'REFUNDED' : null;
      return {
        address: order,
        state: ended ?? (has('DeliveryStarted', order) ? 'STARTED' : 'CREATED'),
        amount,
        fee: settled?.['fee'] ?? null,
      };
    });
    expect(found).toEqual(expected);
  });

  it('pools hold what was staked in them, one by one and in pages', async () => {
    const { pools } = await answer(
      `{ pools(first: 100, atSlot: "${atSlot}") { edges { node { address name totalStaked lastClaimedEpoch } } } }`,
    );
    expect(pools.edges.length).toBeGreaterThan(1);
    for (const { node } of pools.edges) {
      const staked = named('StakeEvent').filter((each) => each['operator_pool'] === node.address);
      expect(node.totalStaked).toBe(sum(staked.map((each) => each['token_amount'])));
      const { pool } = await answer(`{ pool(address: "${node.address}", atSlot: "${atSlot}") {
        address name totalStaked lastClaimedEpoch } }`);
      expect(pool).toEqual(node);
    }
    const { pool } = await answer(`{ pool(address: "${'1'.repeat(32)}") { name } }`);
    expect(pool).toBeNull();
  });

  it('staking records are worth what was staked, by pool, by owner and all together', async () => {
    const fields = 'address owner pool isOperator shares value pendingUsdc coolingAmount claimableAt';
    const records = async (filter: string) =>
      (
        await answer(`{ stakingRecords(first: 100, atSlot: "${atSlot}" ${filter}) { edges { node { ${fields} } } } }`)
      ).stakingRecords.edges.map(({ node }: { node: Record<string, string> }) => node);
    const all = await records('');
    const staked = (record: string | undefined) =>
      sum(
        named('StakeEvent')
          .filter((each) => each['staking_record'] === record)
          .map((each) => each['token_amount']),
      );
    expect(all.length).toBeGreaterThan(2);
    // Nothing is accrued: a share is worth what it cost.
    for (const each of all) expect(each.value).toBe(staked(each.address));
    const { owner, pool } = all[0];
    expect(await records(`owner: "${owner}"`)).toEqual(all.filter((each: { owner: string }) => each.owner === owner));
    expect(await records(`pool: "${pool}"`)).toEqual(all.filter((each: { pool: string }) => each.pool === pool));
    const { wallet } = await answer(`{ wallet(address: "${owner}", atSlot: "${atSlot}") {
      stakedValue stakes { ${fields} } provider orders(first: 5) { buyer } votes(first: 5) { choice } timers { kind } } }`);
    expect(wallet.stakes).toEqual(all.filter((each: { owner: string }) => each.owner === owner));
    expect(wallet.stakedValue).toBe(sum(wallet.stakes.map((each: { value: string }) => each.value)));
  });

  it('a wallet shows its orders, its provider and a CSV that says the same', async () => {
    const [order] = named('OrderCreated');
    const [provider] = named('ProviderRegistered');
    const { wallet } = await answer(`{ wallet(address: "${order?.['buyer']}", atSlot: "${atSlot}") {
      provider orders(first: 500) { address buyer } } }`);
    expect(wallet.orders.map(({ address }: { address: string }) => address)).toEqual(
      named('OrderCreated')
        .filter((each) => each['buyer'] === order?.['buyer'])
        .map((each) => each['order']),
    );
    const owned = await answer(`{ wallet(address: "${provider?.['owner']}", atSlot: "${atSlot}") { provider } }`);
    expect(owned.wallet.provider).toBe(provider?.['provider']);
  });

  it('pools tell their keys, commission, halts and how they did', async () => {
    const { pools } = await answer(`{ pools(first: 10, atSlot: "${atSlot}") { edges { node { address admin initialAdmin
      operatorKeys halts(first: 5) { isHalted } commissionHistory { slot rewardBps usdcBps } adminHistory { admin }
      rewardCommissionBps performance { retentionPpm epochCount delegatorAprPpm toSlot } } } } }`);
    for (const { node } of pools.edges) {
      expect(node.commissionHistory.at(-1).rewardBps).toBe(node.rewardCommissionBps);
      expect(node.adminHistory).toEqual([{ admin: node.admin }]);
      expect(node.halts).toEqual([]);
      // The whole record is in the window: the pool had no stake when it began.
      expect(node.performance).toMatchObject({ retentionPpm: null, delegatorAprPpm: null, toSlot: atSlot });
    }
  });

  it('the network names the keys that have a role in its programs', async () => {
    const { network } = await answer(
      `{ network(atSlot: "${atSlot}") { adminKeys { programName role keys } programs { isUpgradeable } } }`,
    );
    const authority = network.adminKeys.find(
      ({ role }: { role: string }) => role === 'reward_distribution_authorities',
    );
    expect(authority.keys).toEqual([net.network.rewardAuthority]);
    expect(new Set(network.adminKeys.map(({ programName }: { programName: string }) => programName))).toEqual(
      new Set(['staking', 'marketplace', 'exchange', 'governance']),
    );
  });

  it('blocks follow each other and carry as many events as there are', async () => {
    const found = await everyNode<Record<string, string> & { readonly eventCount: number }>(
      'blocks',
      'slot blockhash parentSlot parentBlockhash eventCount isFinalized',
    );
    for (const [index, block] of found.slice(0, -1).entries()) {
      expect(found[index + 1]).toMatchObject({ slot: block.parentSlot, blockhash: block.parentBlockhash });
    }
    expect(found.reduce((total, { eventCount }) => total + eventCount, 0)).toBe(history.length);
  });

  it('events can be asked for by any of their fields', async () => {
    const find = async (name: string, where: string) => {
      const { events } = await answer(
        `{ events(first: 500, atSlot: "${atSlot}", name: "${name}", where: [${where}]) { totalCount edges { node { fields } } } }`,
      );
      const found = events.edges.map(({ node }: { node: EventNode }) => fieldsOf(node));
      expect(events.totalCount).toBe(String(found.length));
      return found;
    };
    const [order] = named('OrderCreated');
    const amounts = named('StakeEvent').map((each) => BigInt(each['token_amount'] ?? 0));
    const middle = amounts.toSorted((a, b) => (a < b ? -1 : 1))[Math.floor(amounts.length / 2)] ?? 0n;
    expect(await find('OrderSettled', `{ field: "provider", is: EQ, values: ["${order?.['provider']}"] }`)).toEqual(
      named('OrderSettled').filter((each) => each['provider'] === order?.['provider']),
    );
    for (const [is, holds] of [
      ...([
        ['GE', (amount: bigint) => amount >= middle],
        ['LT', (amount: bigint) => amount < middle],
      ] as const),
      ...([['NE', (amount: bigint) => amount !== middle]] as const),
    ])
      expect(await find('StakeEvent', `{ field: "token_amount", is: ${is}, values: ["${middle}"] }`)).toEqual(
        named('StakeEvent').filter((each) => holds(BigInt(each['token_amount'] ?? 0))),
      );
    expect(await find('StakeEvent', '{ field: "is_operator", is: EQ, values: ["true"] }')).toEqual(
      named('StakeEvent').filter((each) => JSON.stringify(each['is_operator']) === 'true'),
    );
    const two = `{ field: "buyer", is: EQ, values: ["${order?.['buyer']}"] }, { field: "units", is: LE, values: ["1"] }`;
    expect(await find('OrderCreated', two)).toEqual(
      named('OrderCreated').filter((each) => each['buyer'] === order?.['buyer'] && Number(each['units']) <= 1),
    );
  });

  it('a transaction is told whole: its calls with named accounts, its events, its cost', async () => {
    const [created] = history.filter(({ name }) => name === 'OrderCreated');
    const { transaction, transactions, instructions } = await answer(`{
      transaction(signature: "${created?.signature}") { slot failed error feeLamports logState feePayer
        instructions { programName name path failed args accounts { name address } }
        events { name path ordinal fields } }
      transactions(first: 100, atSlot: "${atSlot}", fromSlot: "${created?.slot}", program: "${net.network.marketplaceProgram}") {
        totalCount edges { node { slot signature events { name } instructions { name } } } }
      instructions(first: 1, signature: "${created?.signature}", name: "create_order") { totalCount edges { node { path accounts { name } } } } }`);
    const call = transaction.instructions.find(({ name }: { name: string }) => name === 'create_order');
    const fields = fieldsOf(created as EventNode);
    expect(transaction).toMatchObject({ slot: created?.slot, failed: false, error: null, logState: 'WHOLE' });
    expect(BigInt(transaction.feeLamports)).toBeGreaterThan(0n);
    expect(transaction.events).toEqual(
      history
        .filter(({ signature }) => signature === created?.signature)
        .reverse()
        .map(({ name, path, ordinal, fields }) => ({ name, path, ordinal, fields })),
    );
    expect(call.accounts).toContainEqual({ name: 'buyer', address: fields['buyer'] });
    expect(call.accounts).toContainEqual({ name: 'order', address: fields['order'] });
    expect(String(JSON.parse(call.args)['units'] ?? JSON.parse(call.args)['args']?.units)).toBe(
      String(fields['units']),
    );
    expect(instructions).toMatchObject({ totalCount: '1', edges: [{ node: { path: call.path } }] });
    const listed = transactions.edges.map(({ node }: { node: { signature: string } }) => node);
    expect(transactions.totalCount).toBe(String(listed.length));
    expect(listed.map(({ signature }: { signature: string }) => signature)).toContain(created?.signature);
    for (const { signature, events } of listed)
      expect(events).toHaveLength(history.filter((each) => each.signature === signature).length);
  });

  it('events can be asked for by name, program, transaction and slot', async () => {
    const [settled] = history.filter(({ name }) => name === 'OrderSettled');
    const find = async (filter: string) => {
      const { events } = await answer(
        `{ events(first: 500, atSlot: "${atSlot}", ${filter}) { edges { node { slot transactionIndex path ordinal name programName signature fields } } } }`,
      );
      return events.edges.map(({ node }: { node: EventNode }) => node);
    };
    const keep = (isKept: (event: EventNode) => boolean) => history.filter(isKept).slice(0, 500);
    expect(await find('name: "OrderSettled"')).toEqual(keep(({ name }) => name === 'OrderSettled'));
    expect(await find(`signature: "${settled?.signature}"`)).toEqual(
      keep((each) => each.signature === settled?.signature),
    );
    expect(await find(`fromSlot: "${settled?.slot}"`)).toEqual(
      keep(({ slot }) => Number(slot) >= Number(settled?.slot)),
    );
    expect(await find(`program: "${net.network.stakingProgram}"`)).toEqual(
      keep((each) => each.programName === 'staking'),
    );
  });
});

it('the rewards of an epoch add up to its totals', async () => {
  const { rewardEpochs, rewardEpoch, pools } = await answer(`{
    rewardEpochs(first: 10) { number state totalRewards }
    rewardEpoch(number: "1") { number state totalRewards totalUsdc poolCount roots }
    pools(first: 100) { edges { node { address } } } }`);
  const leaves = await Promise.all(
    pools.edges.map(async ({ node }: { node: { address: string } }) => {
      const query = `{ reward(epoch: "1", pool: "${node.address}") { rewardAmount usdcAmount workReward stakeReward } }`;
      return (await answer(query)).reward;
    }),
  );
  expect(leaves).toHaveLength(rewardEpoch.poolCount);
  expect(sum(leaves.map((leaf) => leaf.rewardAmount))).toBe(rewardEpoch.totalRewards);
  expect(sum(leaves.map((leaf) => leaf.usdcAmount))).toBe(rewardEpoch.totalUsdc);
  for (const leaf of leaves) expect(sum([leaf.workReward, leaf.stakeReward])).toBe(leaf.rewardAmount);
  expect(rewardEpoch.roots).toHaveLength(1);
  expect(rewardEpochs.at(-1)).toMatchObject({ number: '1', totalRewards: rewardEpoch.totalRewards });
});

it('the marketplace names its tokens and models', async () => {
  const { marketplace } = await answer('{ marketplace { inferMint usdcMint models } }');
  const mints = new Set(named('OfferListed').map(({ mint }) => mint));
  expect(new Set([marketplace.inferMint, marketplace.usdcMint])).toEqual(mints);
  expect(marketplace.models).toContain('H100');
});

it('_meta says what is committed, final and missing', async () => {
  const { _meta, blocks } = await answer(`{ _meta { slot blockhash finalizedSlot lagSlots gaps }
    blocks(first: 1) { edges { node { slot blockhash } } } }`);
  expect(blocks.edges[0].node).toEqual({ slot: _meta.slot, blockhash: _meta.blockhash });
  expect(_meta.lagSlots).toBe(String(BigInt(_meta.slot) - BigInt(_meta.finalizedSlot)));
  expect(_meta.gaps).toBe(0);
});

it('the ten questions in the documentation have answers', async () => {
  const text = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const questions = [...text.matchAll(/```graphql\n([^`]+)```/g)].map(([, question]) => question ?? '');
  const { pools } = await answer('{ pools(first: 1) { edges { node { address } } } }');
  const [stake] = named('StakeEvent');
  const created = history.find(({ name }) => name === 'OrderCreated');
  const variables = {
    ...{ pool: pools.edges[0].node.address, owner: stake?.['owner'], wallet: stake?.['owner'] },
    ...{ signature: created?.signature, before: null },
  };
  const answers = [];
  for (const question of questions) answers.push(await answer(question, variables));
  expect(answers).toMatchObject([
    { events: { edges: Array.from({ length: 5 }, () => ({ node: { path: expect.any(String) } })) } },
    { rewardEpoch: { roots: [expect.any(String)] }, reward: { proof: expect.any(Array) } },
    { providers: { pageInfo: { hasNextPage: false } } },
    {
      transaction: {
        failed: false,
        instructions: expect.arrayContaining([expect.objectContaining({ name: 'create_order' })]),
      },
    },
    { events: { totalCount: expect.stringMatching(/^[1-9]/) } },
    { wallet: { stakes: expect.arrayContaining([expect.objectContaining({ coolingAmount: '0' })]) } },
    { pools: { edges: expect.arrayContaining([{ node: expect.objectContaining({ haltedAt: null }) }]) } },
    { offers: { offers: expect.any(Array) } },
    { network: { adminKeys: expect.arrayContaining([expect.objectContaining({ role: 'program_admin' })]) } },
    { blocks: { edges: Array.from({ length: 10 }, () => expect.anything()), pageInfo: { hasPreviousPage: true } } },
  ]);
});
