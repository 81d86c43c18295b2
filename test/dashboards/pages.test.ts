/**
 * Every page once in a real Chromium, over a small record of a real chain: nobody is shut out, nothing is wider than a
 * phone, and what is plotted is what the API says. Both themes at both widths: test/long/dashboard-pages.test.ts.
 */
import { fileURLToPath } from 'node:url';
import {
  type Address,
  type Base64EncodedWireTransaction,
  createSolanaRpc,
  getTransactionDecoder,
  lamports,
  type Signature,
} from '@solana/kit';
import { findAssociatedTokenPda, getTokenDecoder, TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../bench/load/launch-browser.ts';
import { ensureDashboard } from '../../cli/dashboard.ts';
import { insertJobFailures } from '../../indexer/store/queries/rows/job-failures.ts';
import { insertAlerts } from '../../indexer/store/queries/rows/webhook-alerts.ts';
import { createChainClient } from '../../jobs/chain/chain-client.ts';
import { decodeVoteRecord } from '../../programs/governance/client.generated.ts';
import { findProposal, findVoteRecord } from '../../programs/governance/pda.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { USDC_MINT } from '../simulation/network.ts';
import { followAsked, modelPrices } from './asked-again.ts';
import { accessibilityFaults, openWindow, overflowPixels } from './browser.ts';
import { type MoodyApi, startMoodyApi } from './moody-api.ts';
import { openPageRecord, type PageRecord } from './page-record.ts';
import { faultsOfKept } from './page-states.ts';
import { answerOf, type Found, findThings, places, settled, visit } from './page-visits.ts';
import { installWallet } from './page-wallet.ts';
import { type Claim, claimsOf, openVote, type Person, peopleOf, preparedClaim } from './people.ts';
import { expectPlotted } from './plotted-values.ts';

const PATIENCE_MS = 480_000;
const DESK = { width: 1_280, height: 900 } as const;
const PHONE = { width: 390, height: 844 } as const;
/** The smallest that has something on every page. */
const PART = { seed: 5, providers: 6, tickCount: 14, ticksPerEpoch: 4 };
const dist = fileURLToPath(new URL('../../dashboards/dist', import.meta.url));

let clickhouse: RunningClickHouse;
let record: PageRecord;
let browser: Browser;
let tabs: BrowserContext;
let found: Found;
let moody: MoodyApi;

beforeAll(async () => {
  await ensureDashboard(() => undefined);
  [clickhouse, browser] = await Promise.all([startPreparedClickHouse('own'), launchBrowser()]);
  record = await openPageRecord(clickhouse, PART, dist);
  found = await findThings(record.api);
  moody = await startMoodyApi(record.api.url);
  tabs = await openWindow(browser, `${record.api.url}/theme.js`);
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  await moody?.stop();
  await record?.stop();
  await clickhouse?.stop();
}, PATIENCE_MS);

const open = async (url: string) => visit(await tabs.newPage(), url);
/** Those of one thing stay open: what becomes of what they have is asked of all of them at once. */
const ofOneThing = new Map<string, Page>();
const ONE_THING = ['provider', 'epoch', 'pool', 'proposal', 'wallet', 'transaction', 'block'];

it.each(places)(
  'the page %s shuts nobody out, fits a phone, and plots what the API says',
  { timeout: PATIENCE_MS },
  async (name, path, needs) => {
    const page = await open(`${moody.url}${path(found)}`);
    const failures: string[] = [];
    page.on('pageerror', ({ message }) => failures.push(message));
    await page.locator(needs).first().waitFor();
    await settled(page);
    await expectPlotted(page, name, record.api, found);
    expect(await accessibilityFaults(page), name).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await overflowPixels(page), name).toBeLessThanOrEqual(0);
    expect(failures).toEqual([]);
    if (ONE_THING.includes(name)) ofOneThing.set(name, page);
    else await page.close();
  },
);

it('a page of one thing keeps what it has while the API fails or is away, and says that it is the last', {
  timeout: PATIENCE_MS,
}, async () => {
  expect([...ofOneThing.keys()].toSorted()).toEqual(ONE_THING.toSorted());
  expect(await faultsOfKept(moody, ofOneThing, (index) => (index === 0 ? 'everybody' : 'width'))).toEqual([]);
  moody.change('plain');
  await Promise.all([...ofOneThing.values()].map((page) => page.close()));
});

it('providers are narrowed by model, region and tier, each by its name, best score first, and lead to why', async () => {
  type Sold = { readonly offers: { readonly offers: readonly { readonly provider: string; unitsFree: number }[] } };
  const query = 'query ($model: Int!) { offers(model: $model) { offers(first: 500) { provider unitsFree } } }';
  const { offers } = (await answerOf<Sold>(record.api, query, { model: found.model })).offers;
  const sellers = new Set(offers.map(({ provider }) => provider));
  expect(sellers.size).toBeGreaterThan(0);
  const page = await open(`${record.api.url}/providers`);
  const rows = page.locator('#providers tr[data-row]');
  await rows.first().waitFor();
  const all = await rows.count();
  expect(all).toBeGreaterThan(sellers.size);
  await page.getByLabel('GPU model').selectOption(String(found.model));
  await page.locator('#providers th', { hasText: 'GPUs free' }).waitFor();
  await rows.first().waitFor();
  const keys = await rows.evaluateAll((each) => each.map((row) => row.getAttribute('data-row')));
  expect(new Set(keys)).toEqual(sellers);
  const scores = await page
    .locator('#providers .score')
    .evaluateAll((each) => each.map((one) => Number(one.getAttribute('data-exact'))));
  expect(scores).toEqual(scores.toSorted((left, right) => right - left));
  const region = await page.locator('#providers td[data-label=Region]').first().textContent();
  expect(region).toMatch(/^\d+ · [A-Z][a-z]/);
  await page.getByLabel('Region').selectOption({ label: region ?? '' });
  const regions = new Set(await page.locator('#providers td[data-label=Region]').allTextContents());
  expect([...regions]).toEqual([region]);
  const tier = await page.locator('#providers td[data-label=Tier]').first().textContent();
  await page.getByLabel('Tier').selectOption({ label: tier ?? '' });
  expect(new Set(await page.locator('#providers td[data-label=Tier]').allTextContents())).toEqual(new Set([tier]));
  await page.locator('#providers td[data-label=Provider] a').first().click();
  await page.locator('#why-parts tr[data-row]').first().waitFor();
  const exact = async (part: string) =>
    page.locator(part).evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-exact'))));
  const effects = await exact('#why-parts tr [data-exact]');
  const [start = Number.NaN, now = Number.NaN] = await exact('#why-parts p [data-exact]');
  expect(effects.reduce((sum, each) => sum + each, start)).toBe(now);
  const score = await page.locator('[data-figure=score]').textContent();
  expect(now.toLocaleString('en-GB')).toBe(score);
  await page.close();
});

it('an alert that no webhook took is told on the status page, with why', async () => {
  const [id, endpoint] = ['ab'.repeat(16), 'accounting'];
  const alert = {
    id,
    endpoint,
    kind: 'slash',
    body: '{}',
    attempts: 12,
    nextAt: 0n,
    recordedAt: 1_795_219_200_000_000n,
  };
  await insertAlerts(record.store, [{ ...alert, state: 'dead', lastError: 'HTTP 410' }]);
  await insertAlerts(record.store, [{ ...alert, id: 'cd'.repeat(16), state: 'sent', lastError: '' }]);
  const page = await open(`${record.api.url}/status`);
  const row = page.locator('#dead-alerts tr[data-row]');
  await row.first().waitFor();
  expect(await row.count()).toBe(1);
  expect(await row.locator('td').allTextContents()).toEqual([
    endpoint,
    'slash',
    '12',
    'HTTP 410',
    expect.any(String),
    id,
  ]);
  await page.close();
});

it('a job that fails for good is told on the status page, until it works again', async () => {
  const seconds = 1_000_000n;
  const failure = { job: 'market.rates', since: 1_795_219_200n * seconds, failureCount: 8, code: 'CHAIN__RPC' };
  const told = { ...failure, message: 'The node does not answer', recordedAt: 1_795_219_260n * seconds };
  await insertJobFailures(record.store, [told, { ...told, job: 'ledger.advance', failureCount: 0 }]);
  const page = await open(`${record.api.url}/status`);
  const row = page.locator('#job-failures tr[data-row]');
  await row.first().waitFor();
  expect(await row.locator('td').allTextContents()).toEqual([
    ...['market.rates', expect.any(String), '8', 'The node does not answer', 'CHAIN__RPC', expect.any(String)],
  ]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityFaults(page), colorScheme).toEqual([]);
  }
  await page.close();
});

it('prices by model are asked for again while they are not of now, and those of one model are never another’s', {
  timeout: PATIENCE_MS,
}, async () => {
  moody.change('aged');
  const { page, isAskedAgain } = await followAsked(tabs, moody.url, modelPrices(found));
  await isAskedAgain();
  expect(await page.locator('#supply tr[data-row]').count()).toBeGreaterThan(0);

  moody.change('failing');
  const models = page.getByLabel('GPU model');
  const other = (found.model + 1) % (await models.locator('option').count());
  await models.selectOption(String(other));
  await page.locator('main > .unread', { hasText: 'The market could not be read.' }).waitFor();
  await page.locator('#days .unread', { hasText: 'Prices could not be read.' }).waitFor();
  expect(await page.locator('#book tr[data-row], #days tr[data-row]').count()).toBe(0);
  // What is about all models is about this one too.
  expect(await page.locator('#supply tr[data-row]').count()).toBeGreaterThan(0);
  expect(await models.inputValue()).toBe(String(other));
  await page.close();
  moody.change('plain');
});

it('a chart never makes its page wider than the window, however often and soon the window shrinks', async () => {
  const page = await open(`${record.api.url}/index?model=${found.model}`);
  await page.locator('#candles .plot').first().waitFor();
  await settled(page);
  for (let round = 0; round < 25; round += 1) {
    await page.setViewportSize(DESK);
    await page.setViewportSize(PHONE);
    expect(await overflowPixels(page), `round ${round}`).toBeLessThanOrEqual(0);
  }
  await page.close();
});

it('a page whose program comes late takes the focus from nobody who has gone on', async () => {
  const page = await open(record.api.url);
  const focused = page.locator(':focus');
  await page.locator('h1', { hasText: 'Overview' }).waitFor();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/pools-page*', async (route) => {
    await held;
    await route.continue();
  });
  await page.locator('nav a', { hasText: 'Pools' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('main [aria-busy=true]').waitFor();
  expect(await focused.textContent()).toBe('Pools');
  expect(await focused.evaluate(({ tagName }) => tagName)).toBe('H1');
  await page.locator('nav a', { hasText: 'Status' }).focus();
  release();
  await page.locator('#pools tr[data-row]').first().waitFor();
  expect(await focused.textContent()).toBe('Status');
  await page.keyboard.press('Enter');
  await page.locator('h1', { hasText: 'Status' }).waitFor();
  expect(await focused.evaluate(({ tagName, textContent }) => `${tagName} ${textContent}`)).toBe('H1 Status');
  await page.close();
});

describe('with a wallet in the browser', { timeout: PATIENCE_MS }, () => {
  const SOL = 10_000_000_000n;
  const people = peopleOf(PART.seed);
  const chain = () => createChainClient(record.chain.rpcUrl);
  const land = async (wire: string) => {
    await chain().send(wire as Base64EncodedWireTransaction);
    record.chain.advance(3);
  };

  async function fund(person: Person): Promise<void> {
    await createSolanaRpc(record.chain.rpcUrl).requestAirdrop(person.wallet.address, lamports(SOL)).send();
    record.chain.advance(3);
  }

  async function visitAs(person: Person, path: string) {
    const page = await open(`${record.api.url}/status`);
    const signed = await installWallet(page, person, land);
    await page.goto(`${record.api.url}${path}`);
    await page.locator('button', { hasText: 'Connect Test wallet' }).click();
    return { page, signed };
  }

  /** Presses what is to be signed, and has the wallet sign it. @returns the signature that the page shows */
  async function signed(page: Page, part: string): Promise<string> {
    await page.locator(`${part} .verdict[data-kind=good]`, { hasText: 'would succeed now' }).waitFor();
    await page.locator(`${part} button`, { hasText: 'Sign and send' }).click();
    const link = page.locator(`${part} .prepared [role=status] a`);
    await link.waitFor();
    return (await link.getAttribute('title')) ?? '';
  }

  async function balanceOf(owner: Address, mint: Address): Promise<bigint> {
    const [account] = await findAssociatedTokenPda({ owner, mint, tokenProgram: TOKEN_PROGRAM_ADDRESS });
    const [data] = await chain().accounts([account], 'confirmed');
    return data ? getTokenDecoder().decode(data).amount : 0n;
  }

  it('a claim is prepared unsigned, signed in the page, and paid to its last unit by the chain', async () => {
    const claims = (await claimsOf(record.api, people)).filter(({ kind }) => kind === 'USDC_EARNINGS');
    let claim: Claim | undefined;
    for (const each of claims) {
      await fund(each.person);
      const { simulation } = await preparedClaim(record.api, each, each.person.wallet.address);
      // A pool that is halted, or whose epoch has not been accrued, pays nothing now, and the preparation says so.
      if (simulation?.succeeds) claim = each;
      else expect(simulation?.errorCode).toMatch(/^STAKING__(UNCLAIMED_REWARDS|OPERATOR_POOL_HALTED)$/);
    }
    const { person, account, amount } = claim ?? expect.fail('nobody has a claim');
    const owner = person.wallet.address;
    const before = await balanceOf(owner, USDC_MINT);
    const { page, signed: wires } = await visitAs(person, `/wallet/${owner}`);
    await page.locator(`#claims tr[data-row="USDC_EARNINGS/${account}"] button`, { hasText: 'Claim' }).click();
    const signature = await signed(page, '#claims');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await balanceOf(owner, USDC_MINT)).toBe(before + BigInt(amount));

    const [wire] = wires;
    const decoded = getTransactionDecoder().decode(Buffer.from(wire?.unsigned ?? '', 'base64'));
    expect(Object.entries(decoded.signatures)).toEqual([[owner, null]]);
    expect((await chain().statuses([signature as Signature]))[0]?.error).toBeNull();
    await page.close();
  });

  it('a vote is prepared, signed in the page, and counted by the chain once', async () => {
    const { person, proposalId } = (await openVote(record.api, people)) ?? expect.fail('nobody may vote');
    await fund(person);
    const { page } = await visitAs(person, `/governance/${proposalId}`);
    await page.locator('#act button', { hasText: 'Vote against' }).click();
    await signed(page, '#act');
    const proposal = await findProposal(BigInt(proposalId));
    const [data] = await chain().accounts([await findVoteRecord(proposal, person.wallet.address)], 'confirmed');
    expect(decodeVoteRecord(data ?? new Uint8Array())).toMatchObject({ owner: person.wallet.address, choice: 1 });

    await page.locator('#act button', { hasText: 'Vote for' }).click();
    await page.locator('#act .verdict[data-kind=bad]', { hasText: 'refused' }).waitFor();
    expect(await page.locator('#act [role=status]', { hasText: 'A vote is final' }).count()).toBe(1);
    await page.close();
  });

  it('what is somebody else’s, or is not held, is not prepared', async () => {
    const [claim] = await claimsOf(record.api, people);
    const stranger = people.find(({ wallet }) => wallet !== claim?.person.wallet)?.wallet.address ?? '';
    const held = claim ?? expect.fail('nobody has a claim');
    for (const kind of ['UNSTAKED_INT', 'USDC_EARNINGS', 'BOND', 'CREDITS', 'EXCHANGE_CLAIM']) {
      const { refusal, transaction } = await preparedClaim(record.api, { ...held, kind }, stranger);
      expect([refusal?.code, transaction], kind).toEqual(['CLAIM__NOT_HELD', null]);
    }
  });
});
