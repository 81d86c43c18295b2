import { afterAll, beforeAll, expect, it } from 'vitest';
import { evidencePage } from '../../../indexer/store/queries/reputation/evidence-rows.ts';
import { scoreDifferences, workDifferences } from '../../../indexer/store/queries/reputation/score-verification.ts';
import { walletLinks } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { clustersOf } from '../../../jobs/reputation/clusters.ts';
import { evidenceOf } from '../../../jobs/reputation/evidence-rows.ts';
import { foldEvidence, scoreRules, startState } from '../../../jobs/reputation/score.ts';
import { keyOf, type MarketRecord, openMarketRecord, signatureOf } from '../market-record.ts';
import { a, b, writeScenario } from '../market-scenario.ts';
import { type ScoredEpoch, scoreEpoch } from '../scored-epochs.ts';

let record: MarketRecord;
const epochs: ScoredEpoch[] = [];

beforeAll(async () => {
  record = await openMarketRecord();
  await writeScenario(record);
  for (const epoch of [1n, 2n, 3n]) epochs.push(await scoreEpoch(record, epoch));
}, 180_000);

afterAll(() => record?.stop());

const piecesOf = (epoch: number, provider: Uint8Array) =>
  (epochs[epoch - 1] ?? expect.fail()).evidence.filter((each) => Buffer.compare(each.provider, provider) === 0);
const classesOf = (epoch: number, provider: Uint8Array) =>
  piecesOf(epoch, provider).map(({ at, evidence }) => `${at} ${evidence.class}`);

it('evidence is what is beyond dispute and challenge by the end of the window, in the order in which it became so', () => {
  expect(classesOf(1, a)).toEqual(['1400 challenge_failed', '1500 delivered', '2000 uptime_full']);
  expect(classesOf(2, a)).toEqual([
    ...['2000 epoch_end', '2300 delivered', '2500 delivered', '2500 challenge_passed', '2660 delivered'],
    '3000 heartbeat_shortfall',
  ]);
  expect(classesOf(3, a)).toEqual(['3000 epoch_end', '3100 challenge_failed', '4000 heartbeat_shortfall']);
});

it('refunds, lost disputes and slashes stand against a provider, each once', () => {
  expect(classesOf(1, b)).toEqual([
    ...['1300 not_delivered', '1700 dispute_lost', '1800 delivered', '1800 slashed', '2000 heartbeat_shortfall'],
  ]);
});

it('every piece names its transaction, and those that an epoch makes name none', () => {
  const signatures = piecesOf(1, a).map(({ signature }) => Buffer.from(signature).toString('hex'));
  const expected = [signatureOf(14n, 1), signatureOf(10n, 0), new Uint8Array(64)];
  expect(signatures).toEqual(expected.map((each) => Buffer.from(each).toString('hex')));
});

it('a session is delivered with all its settled seconds, an order with an attestation once that is decided', () => {
  const delivered = piecesOf(2, a).flatMap(({ evidence }) =>
    evidence.class === 'delivered' ? [evidence.gpuSeconds] : [],
  );
  expect(delivered).toEqual([200n, 1_000n, 90_000n]);
});

it('work weighs where it came due: orders when they mature, use and workloads when they are paid', () => {
  const work = epochs.map((each) =>
    each.work.map(({ settledSeconds, gpuSeconds, capSeconds }) => [settledSeconds, gpuSeconds, capSeconds]),
  );
  // b has no benchmark: its seconds came due and none of them counts.
  const of = (epoch: number) =>
    [...(work[epoch - 1] ?? [])].sort((left, right) => Number((right[2] ?? 0n) - (left[2] ?? 0n)));
  expect(of(1)).toEqual([
    [3_750n, 3_750n, 8_000n],
    [20n, 0n, 0n],
  ]);
  expect(of(2)).toEqual([[91_100n, 8_000n, 8_000n]]);
  expect(of(3)).toEqual([]);
});

it('counts beside the score are those of the chain', () => {
  const of = (epoch: number, provider: Uint8Array) =>
    (epochs[epoch - 1] ?? expect.fail()).scores.find((each) => Buffer.compare(each.provider, provider) === 0);
  expect(of(1, b)).toMatchObject({
    ...{ deliveredCount: 1n, failedCount: 1n, refundedCount: 1n, disputedCount: 1n, lostDisputeCount: 1n },
    ...{ slashCount: 2n, slashedAmount: 10n, heartbeatsExpected: 4n, heartbeatsSeen: 0n, displayed: 0n, bond: 0n },
  });
  expect(of(3, a)).toMatchObject({
    ...{ deliveredCount: 4n, challengesPassed: 1n, challengesFailed: 2n, slashCount: 2n, slashedAmount: 14n },
    ...{ volumeInfer: 34n, volumeUsdc: 14n, heartbeatsExpected: 12n, heartbeatsSeen: 4n, tier: 1, registeredAt: 100n },
  });
});

it('bond set aside for a challenge is asked for until the challenge has ended', () => {
  const required = epochs.map(
    ({ scores }) => scores.find((each) => Buffer.compare(each.provider, a) === 0)?.requiredBond,
  );
  expect(required).toEqual([150n, 100n, 100n]);
});

it('folding the stored evidence of all epochs again gives the score to the unit', async () => {
  for (const provider of [a, b]) {
    const rows = (
      await evidencePage(record.store, 39n, provider, { rewardEpoch: 2n ** 63n, number: 0 }, 1_000)
    ).reverse();
    const states = foldEvidence(scoreRules(), startState(scoreRules()), rows.map(evidenceOf));
    expect(rows.map(({ scoreAfter }) => BigInt(scoreAfter))).toEqual(states.map(({ score }) => score));
    const last = epochs[2]?.scores.find((each) => Buffer.compare(each.provider, provider) === 0);
    expect(states.at(-1)).toMatchObject({ score: last?.score, target: last?.target });
  }
});

it('the fold in SQL gives every provider the same score, target and displayed score in every epoch', async () => {
  for (const [index, { inputHash }] of epochs.entries()) {
    const of = { rewardEpoch: BigInt(index + 1), inputHash };
    expect(await scoreDifferences(record.store, of)).toEqual([]);
    expect(await workDifferences(record.store, of)).toEqual([]);
  }
});

it('what arrives twice changes nothing', async () => {
  await writeScenario(record);
  const [first] = epochs;
  expect(await scoreEpoch(record, 1n)).toEqual(first);
});

it('wallets that pay from one token account are linked; a call that failed, one of another program, or being paid, links nobody', async () => {
  const marketplace = keyOf('marketplace');
  const call = (
    index: number,
    name: string,
    role: string,
    wallet: string,
    more: Partial<Record<'program' | 'failed', string>> = {},
  ) => {
    const bytes = (key: Uint8Array) => `toFixedString(unhex('${Buffer.from(key).toString('hex')}'), 32)`;
    const accounts = [keyOf(wallet), keyOf('payer'), keyOf(`tokens of ${name}`)].map(bytes).join(', ');
    const program = more.program ?? bytes(marketplace);
    return `(40, ${bytes(keyOf('block 40'))}, 0, [${index}], ${program}, '${name}', ${more.failed ?? '0'},
  ['${role}', 'payer', '${role}_token_account'], [${accounts}])`;
  };
  const calls = [
    ...[call(0, 'create_order', 'buyer', 'delegate'), call(1, 'create_order', 'buyer', 'holder')],
    ...[call(2, 'post_bond', 'owner', 'lonely'), call(3, 'post_bond', 'owner', 'failing', { failed: '1' })],
    ...[call(4, 'deposit_credits', 'customer', 'elsewhere', { program: `toFixedString('', 32)` })],
    call(5, 'withdraw_credits', 'customer', 'paid'),
  ];
  await record.store.command(
    `INSERT INTO instructions (slot, blockhash, tx_index, ix_path, program, name, failed, account_names, accounts) VALUES ${calls.join(', ')}`,
  );
  const links = (await walletLinks(record.store, marketplace, 40n)).filter(({ kind }) => kind === 'token_account');
  const names = ['delegate', 'holder', 'lonely', 'failing', 'elsewhere', 'paid'];
  const linked = links.map(({ wallet }) => names.find((name) => Buffer.compare(keyOf(name), wallet) === 0));
  expect(linked.sort()).toEqual(['delegate', 'holder', 'lonely']);
  const clusters = clustersOf(links, 50);
  const clusterOf = (name: string) => clusters.clusterOf(keyOf(name));
  expect(clusterOf('delegate')).toBe(clusterOf('holder'));
  expect(clusterOf('lonely')).not.toBe(clusterOf('holder'));
  expect(clusters.members()).toHaveLength(3);
});
