/**
 * One reward epoch by an authority whose key is elsewhere, with a co-signer and everything that can hold it up; a second one
 * through every failure of the chain.
 * @module
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generateKeyPairSigner, type KeyPairSigner } from '@solana/kit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runRemedy } from '../../cli/remedy.ts';
import { runVerifyEpoch } from '../../cli/verify-epoch.ts';
import { createStoreClient, queryLimits } from '../../indexer/store/clickhouse-client.ts';
import { insertCosignature } from '../../indexer/store/queries/rewards/cosignatures.ts';
import { insertEpochRow, openProblems } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { artefactRow, insertResults } from '../../indexer/store/queries/rewards/reward-results.ts';
import { diffRow } from '../../indexer/store/queries/rewards/reward-reviews.ts';
import { oneRow } from '../../indexer/store/rows.ts';
import { createChainClient, type Lifetime } from '../../jobs/chain/chain-client.ts';
import { readKeypairFile } from '../../jobs/chain/keypair-file.ts';
import { createStakingChain } from '../../jobs/chain/staking-chain.ts';
import { CoSigner } from '../../jobs/co-sign/co-signer.ts';
import { CLUSTER_RULE } from '../../jobs/reputation/clusters.ts';
import { approveEpoch } from '../../jobs/rewards/by-hand/authority-steps.ts';
import { exportUnsigned } from '../../jobs/rewards/by-hand/export-unsigned.ts';
import { prepareRemedy } from '../../jobs/rewards/by-hand/remedy.ts';
import { showEpoch } from '../../jobs/rewards/by-hand/show-epoch.ts';
import { verifyByRpc } from '../../jobs/rewards/by-hand/verify-by-rpc.ts';
import { differencesFromEvents } from '../../jobs/rewards/by-hand/verify-epoch.ts';
import { readArtefact } from '../../jobs/rewards/compute/artefact.ts';
import { computeEpoch, resultRows } from '../../jobs/rewards/compute/compute-epoch.ts';
import { cosign } from '../../jobs/rewards/cosignature.ts';
import { inState } from '../../jobs/rewards/epoch-state.ts';
import { gatherAgain } from '../../jobs/rewards/inputs/gather-again.ts';
import type { RewardContext } from '../../jobs/rewards/reward-context.ts';
import { commitStep } from '../../jobs/rewards/steps/commit-step.ts';
import { markEpoch } from '../../jobs/rewards/steps/mark-epoch.ts';
import { approveStep } from '../../jobs/rewards/steps/publish-step.ts';
import { updatePoolOverview } from '../../programs/staking/client.generated.ts';
import { type EpochByHand, PATIENCE_MS, signExported, startEpochByHand } from '../jobs/epoch-by-hand.ts';
import { faultsOf, poolAccount } from '../jobs/planted-faults.ts';
import { transactionsOf } from '../jobs/stored-rewards.ts';
import { dieAt } from '../jobs/worker-process.ts';

const EPOCH_SECONDS = 3;

let hand: EpochByHand;
let authority: KeyPairSigner;
let cosigner: KeyPairSigner;
/** Of a worker whose authority signs elsewhere, and that has a co-signer. */
let elsewhere: Partial<RewardContext>;
/** Of the first minute; long void when it is used. */
let lifetime: Lifetime;

beforeAll(async () => {
  hand = await startEpochByHand(EPOCH_SECONDS);
  [authority, cosigner] = await Promise.all([readKeypairFile(hand.net.keypairPath), generateKeyPairSigner()]);
  lifetime = await hand.context.chain.client.latestLifetime();
  elsewhere = { authority: null, authorityAddress: authority.address, cosigner: cosigner.address };
}, PATIENCE_MS);

afterAll(() => hand?.stop(), PATIENCE_MS);

const code = (name: string) => expect.objectContaining({ code: name });
const as = (changes: Partial<RewardContext>) => ({ ...hand.context, ...changes });
const send = async (rewardEpoch: bigint) => {
  const exported = await exportUnsigned(as(elsewhere), rewardEpoch);
  await hand.context.chain.client.send(await signExported(exported, authority));
  return exported;
};
const text = async (rewardEpoch: bigint) => {
  const { artefactHash } = await hand.row(rewardEpoch);
  return (await artefactRow(hand.net.store, rewardEpoch, artefactHash))?.content ?? expect.fail('no artefact');
};
/** Lines that a command prints. */
async function saidBy(run: () => Promise<void>): Promise<string[]> {
  const written: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
  await run().finally(() => stdout.mockRestore());
  return written.join('').trimEnd().split('\n');
}
const test = (name: string, run: () => Promise<void>) => it(name, run, PATIENCE_MS);

test('a gap, a cut log, an undecoded event and an account that differs each refuse the epoch until they are mended', async () => {
  await hand.untilWaiting('rewards export-unsigned 1', elsewhere);
  const faults = await faultsOf(hand, 1n);
  await faults[0]?.plant();
  const stranger = await generateKeyPairSigner();
  await expect(exportUnsigned(as({ ...elsewhere, authorityAddress: stranger.address }), 1n)).rejects.toThrow(
    code('REWARDS__WRONG_AUTHORITY'),
  );
  expect(await send(1n)).toMatchObject({ step: 'mark', authority: authority.address });
  for (const [index, fault] of faults.entries()) {
    const refusal = await hand.until(1n, 'computed', elsewhere).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: fault.code, message: expect.stringContaining(fault.says), retryable: true });
    expect((await hand.row(1n)).state).toBe('marked');
    expect(await openProblems(hand.net.store, 10)).toMatchObject([{ step: 'marked', code: fault.code }]);
    expect((await showEpoch(hand.context, 1n)).join('\n')).toContain(fault.says);
    await faults[index + 1]?.plant();
    await fault.mend();
  }
  await hand.until(1n, 'published', elsewhere);
  expect(await openProblems(hand.net.store, 10)).toEqual([]);
});

test('a published epoch is shown with what is unusual, and nothing is there to sign before it is approved', async () => {
  const { poolCount } = await hand.row(1n);
  const row = await hand.row(1n);
  expect(await diffRow(hand.net.store, row)).toMatchObject({ previousEpoch: 0n, poolCount, newCount: poolCount });
  const shown = (await showEpoch(hand.context, 1n)).join('\n');
  // Three pools hold a third each, more than the quarter that is usual.
  expect(shown).toContain(`no epoch before it: 0 gain, 0 lose, ${poolCount} new, 0 gone`);
  expect(shown).toMatch(/flag +concentration is \d+ bps/);
  const clusters = await oneRow<{ wallets: bigint; rules: readonly string[] }>(
    hand.net.store,
    'SELECT count() AS wallets, groupUniqArray(toString(rule_version)) AS rules FROM current_wallet_clusters WHERE reward_epoch = 1',
  );
  expect(clusters).toEqual({ wallets: expect.toSatisfy((count: bigint) => count > 0n), rules: [CLUSTER_RULE] });
  await expect(exportUnsigned(as(elsewhere), 1n)).rejects.toThrow(code('REWARDS__NOTHING_TO_SIGN'));
  await approveEpoch(as(elsewhere), 1n);
  expect((await hand.row(1n)).approvedBy).toBe(authority.address);
});

test('without the word of the co-signer nothing is committed, and what somebody else signed is not its word', async () => {
  const { store } = hand.net;
  await hand.untilWaiting('has not said anything', elsewhere);
  const { rewardEpoch, artefactHash } = await hand.row(1n);
  const forged = { rewardEpoch, artefactHash, verdict: 'approved', reason: '' } as const;
  const stranger = await generateKeyPairSigner();
  await insertCosignature(store, { ...(await cosign(stranger, forged, 1n)), cosigner: cosigner.address });
  await hand.untilWaiting('1 with a signature that is not its own', elsewhere);
  await expect(exportUnsigned(as(elsewhere), 1n)).rejects.toThrow(code('REWARDS__NOTHING_TO_SIGN'));
  expect(await hand.context.chain.record(1n, 'confirmed')).toBeNull();
});

test('the co-signer blocks an epoch that its own record does not give, and approves the one that it does', async () => {
  const { store } = hand.net;
  const row = await hand.row(1n);
  const now = () => hand.context.nowMicros();
  const coSigner = new CoSigner({ own: hand.context, theirs: store, signer: cosigner });
  const inputs = readArtefact(await text(1n));
  const [first, ...others] = inputs.pools;
  const raised = { ...(first ?? expect.fail('no pool')), totalStaked: (first?.totalStaked ?? 0n) + 7n };
  const wrong = computeEpoch({ ...inputs, pools: [raised, ...others] });
  await insertResults(store, resultRows(wrong, [], now()));
  const { inputHash, artefactHash, roots } = wrong;
  for (const [changes, reason] of [
    [{ inputHash, artefactHash, roots }, /^1 inputs differ: pools\[.*\]\.totalStaked is ".*", by this record/],
    [{ roots: [new Uint8Array(32).fill(1)] }, /^roots or totals of the epoch are not those of its artefact$/],
  ] as const) {
    await insertEpochRow(store, { ...row, ...changes, recordedAt: now() });
    await coSigner.judgePublished();
    expect(coSigner.status).toMatchObject({ verdict: 'blocked', reason: expect.stringMatching(reason) });
    await expect(hand.until(1n, 'committed', elsewhere)).rejects.toThrow(code('REWARDS__COSIGNER_BLOCKED'));
  }
  expect(await hand.context.chain.record(1n, 'confirmed')).toBeNull();
  await insertEpochRow(store, { ...row, recordedAt: now() });
  await coSigner.judgePublished();
  expect(coSigner.status).toEqual({ judgedRewardEpoch: '1', verdict: 'approved', reason: null });
});

test('the worker finds the record that was signed elsewhere, and goes on', async () => {
  expect(await send(1n)).toMatchObject({ step: 'commit', rewardEpoch: 1n });
  const row = await hand.until(1n, 'committed', elsewhere);
  expect(row).toMatchObject({ state: 'committed', commitSignature: '' });
  await expect(exportUnsigned(as(elsewhere), 1n)).rejects.toThrow(code('REWARDS__NOTHING_TO_SIGN'));
});

test('with the artefact and a node alone an epoch is proven, and what a node cannot show is said', async () => {
  const artefact = await text(1n);
  const { localnet, network } = hand.net;
  const verify = (each: string) => verifyByRpc(localnet.rpcUrl, network.stakingProgram, 1n, each);
  const proof = await verify(artefact);
  const { markSignature, poolCount } = await hand.row(1n);
  expect(proof.checked).toEqual([
    expect.stringContaining('has the roots and totals of the artefact'),
    expect.stringMatching(/^committed by \w+ in slot \d+$/),
    expect.stringContaining(`marked by ${markSignature} in slot`),
    expect.stringContaining('lie in the window'),
    expect.stringContaining(`the ${poolCount} eligible pools are all that the chain has`),
    expect.stringContaining('still have the stake'),
  ]);
  expect(proof.unchecked.join()).toContain('orders, sessions and workloads');
  const { artefactHash } = await hand.row(1n);
  const archived = { rpc: localnet.rpcUrl, artefact: `${hand.context.artefactFolder}/${artefactHash}.json.gz` };
  const nowhere = { ...hand.net.settings, CLICKHOUSE_URL: 'http://127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1' };
  const lines = await saidBy(() => runVerifyEpoch(nowhere, '1', archived));
  expect(lines).toContain(`artefact  ${artefactHash}`);
  for (const sentence of proof.checked) expect(lines).toContain(`checked   ${sentence}`);
  await expect(verifyByRpc(localnet.rpcUrl, network.stakingProgram, 2n, artefact)).rejects.toThrow(
    code('REWARDS__OTHER_EPOCH'),
  );
  const inputs = readArtefact(artefact);
  const [, commit = ''] = /committed by (\w+)/.exec(proof.checked.join()) ?? [];
  const [first, ...others] = inputs.pools;
  const staked = { ...(first ?? expect.fail('no pool')), totalStaked: 1n };
  for (const [changed, refusal] of [
    [{ ...inputs, markSignature: commit }, 'REWARDS__CHAIN_DIFFERS'],
    [{ ...inputs, slots: { ...inputs.slots, last: inputs.eligibilitySlot + 2n } }, 'REWARDS__CHAIN_DIFFERS'],
    [{ ...inputs, pools: [{ ...staked }, ...others] }, 'REWARDS__RECORD_DIFFERS'],
  ] as const) {
    await expect(verify(computeEpoch(changed).artefact), refusal).rejects.toThrow(code(refusal));
  }
});

test('the archived inputs are what the recorded chain gives, and a difference is told with both sides', async () => {
  const lines = await saidBy(() => runVerifyEpoch(hand.net.settings, '1', { fromEvents: true }));
  expect(lines.at(-1)).toBe('inputs    gathered again from the recorded chain, equal');
  const account = await poolAccount(hand, (await hand.row(1n)).eligibilitySlot);
  const { address, pool } = account;
  await account.write({ totalStakedAmount: pool.totalStakedAmount + 1n });
  const differences = await differencesFromEvents(hand.context, 1n);
  expect(differences).toContainEqual({
    path: `pools[${address}].totalStaked`,
    archived: `"${pool.totalStakedAmount}"`,
    again: `"${pool.totalStakedAmount + 1n}"`,
  });
  await account.write({});
  expect(await differencesFromEvents(hand.context, 1n)).toEqual([]);
});

test('after a wrong root it is known who is owed what, and the program admin can stop accruals', async () => {
  const account = await poolAccount(hand, (await hand.row(1n)).eligibilitySlot);
  await account.write({ totalStakedAmount: account.pool.totalStakedAmount * 2n });
  const remedy = await prepareRemedy(hand.context, 1n, null);
  await account.write({});
  const { artefactHash } = await hand.row(1n);
  expect(remedy).toMatchObject({ committedArtefact: artefactHash, areAccrualsHalted: false });
  expect(remedy.corrections.reduce((sum, { owedReward }) => sum + owedReward, 0n)).toBe(0n);
  expect(remedy.corrections.filter(({ owedReward }) => owedReward > 0n)).toMatchObject([{ pool: account.address }]);
  const { admin } = hand.net.network;
  expect(remedy.programAdmin).toBe(admin.address);
  const key = await readKeypairFile(hand.net.adminPath);
  await hand.context.chain.client.send(await signExported(remedy.halt, key));
  await expect(hand.untilAccrued(1n)).rejects.toThrow(code('REWARDS__ACCRUAL_HALTED'));
  await hand.context.chain.client.send(await signExported(remedy.resume, key));
  await expect(prepareRemedy(hand.context, 1n, 'none')).rejects.toThrow(code('REWARDS__BAD_ARTEFACT'));
  await expect(prepareRemedy(hand.context, 9n, null)).rejects.toThrow(code('REWARDS__NOT_COMMITTED'));
  const lines = await saidBy(() => runRemedy(hand.net.settings, '1', {}, hand.context.signal));
  expect(lines[0]).toBe('reward epoch 1: 0 leaves of the record are not what the recorded chain gives');
  const [, file = '', hash = ''] = /^written +(.*1-([0-9a-f]{64})\.json)$/.exec(lines.at(-1) ?? '') ?? [];
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(hash);
});

test('five locales, inputs in any order, one thread or eight: one artefact', async () => {
  const { artefactHash } = await hand.row(1n);
  const file = `${hand.context.artefactFolder}/${artefactHash}.json`;
  const locales = ['en_US', 'de_DE', 'tr_TR', 'sv_SE', 'zh_CN'];
  const answers = await Promise.all(locales.map((locale, seed) => hashIn(locale, file, seed)));
  expect(new Set(answers.map(({ locale }) => locale))).toEqual(new Set(locales.map((each) => each.replace('_', '-'))));
  expect(answers.map((answer) => answer.artefactHash)).toEqual(locales.map(() => artefactHash));
  for (const threads of [1, 8]) {
    const limits = { ...queryLimits, max_threads: threads };
    const store = createStoreClient(hand.net.settings, { limits });
    const again = await gatherAgain(as({ store }), readArtefact(await text(1n)));
    expect(again.artefactHash).toBe(artefactHash);
    await store.close();
  }
});

async function hashIn(locale: string, file: string, seed: number): Promise<{ locale: string; artefactHash: string }> {
  const script = fileURLToPath(new URL('../jobs/rewards/artefact-hash.ts', import.meta.url));
  const env = { ...process.env, LC_ALL: locale, LANG: locale };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, file, String(seed)], {
    env,
  });
  return JSON.parse(stdout) as { locale: string; artefactHash: string };
}

test('every failure of the chain has its own error and commits nothing; the same epoch goes through afterwards', async () => {
  const { chain } = hand.context;
  const away = await createStakingChain(createChainClient('http://127.0.0.1:1'), chain.program);
  const stranger = await readKeypairFile(hand.net.strangerPath);
  const old = { ...chain.client, latestLifetime: async () => lifetime };
  const [byStranger, withoutRpc, late] = [
    as({ authority: stranger, authorityAddress: stranger.address }),
    as({ chain: away }),
    as({ chain: { ...chain, client: old } }),
  ];
  await hand.untilWaiting('rewards export-unsigned 2', elsewhere);
  const open = await hand.row(2n);
  await expect(markEpoch(byStranger, open)).rejects.toThrow(code('REWARDS__WRONG_AUTHORITY'));
  await expect(markEpoch(withoutRpc, open)).rejects.toThrow(code('CHAIN__RPC_UNREACHABLE'));
  await expect(markEpoch(late, open)).rejects.toThrow(code('CHAIN__BLOCKHASH_EXPIRED'));
  expect((await chain.overview('confirmed'))?.isEpochFinalizing).toBe(false);
  await halt({ isStakingHalted: true });
  await hand.until(2n, 'published');
  await approveEpoch(hand.context, 2n);
  const row = await hand.row(2n);
  const commits = [
    [byStranger, {}, 'REWARDS__WRONG_AUTHORITY'],
    [withoutRpc, {}, 'CHAIN__RPC_UNREACHABLE'],
    [late, {}, 'CHAIN__BLOCKHASH_EXPIRED'],
    [hand.context, { totalRewards: row.totalRewards + 1n }, 'REWARDS__EMISSION_MISMATCH'],
    [hand.context, { totalUsdc: 2n ** 60n }, 'REWARDS__VAULT_SHORT'],
  ] as const;
  for (const [context, changes, refusal] of commits) {
    await expect(commitStep(context, { ...row, ...changes }), refusal).rejects.toThrow(code(refusal));
  }
  expect(await chain.record(2n, 'confirmed')).toBeNull();
  await hand.until(2n, 'committed');
  const otherRoot = commitStep(hand.context, { ...row, roots: [new Uint8Array(32).fill(9)] });
  await expect(otherRoot).rejects.toThrow(code('REWARDS__RECORD_DIFFERS'));
  // Whoever follows without a key finds the record while its own epoch still waits for approval.
  const published = inState(row, 'published', { approvedBy: '' }, 1n);
  expect(await approveStep(as(elsewhere), published)).toMatchObject({
    row: { state: 'approved', approvedBy: 'record' },
  });
  const ofOtherRoots = approveStep(as(elsewhere), { ...published, roots: [new Uint8Array(32).fill(9)] });
  await expect(ofOtherRoots).rejects.toThrow(code('REWARDS__RECORD_DIFFERS'));
  await halt({ isStakingHalted: false, isAccrueRewardHalted: true });
  await expect(hand.untilAccrued(2n)).rejects.toThrow(code('REWARDS__ACCRUAL_HALTED'));
  await halt({ isAccrueRewardHalted: false });
  await hand.untilAccrued(2n);
});

test('a worker that dies once its record is sent leaves one record, and the next one finds it', async () => {
  const { settings, store } = hand.net;
  await dieAt(settings, 'after-commit-send', PATIENCE_MS);
  const row = await hand.until(3n, 'committed', { isAutoApproved: true });
  expect(await transactionsOf(store, 3n, 'commit')).toHaveLength(1);
  const record = await hand.context.chain.record(3n, 'confirmed');
  expect(record).toMatchObject({ totalRewards: row.emission, totalUsdcPayout: row.totalUsdc });
});

type Halts = Partial<Record<'isStakingHalted' | 'isAccrueRewardHalted', boolean>>;

/** By the program admin; what is left out stays as it is. */
async function halt(halts: Halts): Promise<void> {
  const { admin, sender, poolOverview, stakingProgram } = hand.net.network;
  const args = {
    ...{ isStakingHalted: null, isWithdrawalHalted: null, isAccrueRewardHalted: null, allowPoolCreation: null },
    ...{ operatorPoolRegistrationFee: null, minOperatorTokenStake: null, delegatorUnstakeDelaySeconds: null },
    ...{ operatorUnstakeDelaySeconds: null, slashingDelaySeconds: null },
    ...halts,
  };
  const instruction = updatePoolOverview({ programAdmin: admin.address, poolOverview }, args, stakingProgram);
  await sender.sendOrThrow([{ instructions: [instruction], signers: [admin] }]);
}
