/**
 * Visits to the pages over a record: which pages there are, when one has all its answers, and what its charts stand for.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RunningApi } from '../api/start-api.ts';

/** Addresses of things that the record has. */
export interface Found {
  readonly provider: string;
  readonly pool: string;
  readonly owner: string;
  readonly signature: string;
  readonly slot: string;
  readonly proposal: string;
  readonly proposalAddress: string;
  readonly model: number;
  readonly blockTime: number;
}

type Edges<T> = { readonly edges: readonly { readonly node: T }[] };

interface Things {
  readonly _meta: { readonly blockTime: string };
  readonly providers: Edges<{ readonly address: string; readonly orderCount: string; readonly operatorPool: string }>;
  readonly events: Edges<{ readonly signature: string; readonly slot: string; readonly fields: string }>;
  readonly stakingRecords: Edges<{ readonly owner: string }>;
  readonly proposals: Edges<{ readonly id: string; readonly address: string; readonly kind: string }>;
}

const THINGS_QUERY = `{ _meta { blockTime } providers(first: 50) { edges { node { address orderCount operatorPool } } }
  events(first: 1, name: "OrderSettled") { edges { node { signature slot fields } } }
  stakingRecords(first: 1) { edges { node { owner } } }
  proposals(first: 50) { edges { node { id address kind } } } }`;

export async function answerOf<T>(
  api: RunningApi,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const { data, errors } = await api.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as T;
}

export async function findThings(api: RunningApi): Promise<Found> {
  const data = await answerOf<Things>(api, THINGS_QUERY);
  const byOrders = data.providers.edges.toSorted((a, b) => Number(b.node.orderCount) - Number(a.node.orderCount));
  const settled = data.events.edges[0]?.node ?? expect.fail('nothing was settled');
  const paramChange = data.proposals.edges.find(({ node }) => node.kind === 'PARAM_CHANGE');
  const proposal = paramChange?.node ?? expect.fail('no proposal');
  return {
    provider: byOrders[0]?.node.address ?? expect.fail('no provider'),
    pool: byOrders[0]?.node.operatorPool ?? '',
    owner: data.stakingRecords.edges[0]?.node.owner ?? '',
    signature: settled.signature,
    slot: settled.slot,
    proposal: proposal.id,
    proposalAddress: proposal.address,
    model: JSON.parse(settled.fields).model as number,
    blockTime: Number(data._meta.blockTime),
  };
}

/** Every page but the overview, with what it shows once it has its answers. */
export const places: readonly (readonly [name: string, path: (found: Found) => string, needs: string])[] = [
  ['index', ({ model }) => `/index?model=${model}`, '#candles .plot'],
  ['market', ({ model }) => `/market?model=${model}`, '#supply tr[data-row]'],
  ['providers', () => '/providers', '#providers tr[data-row]'],
  ['provider', ({ provider }) => `/providers/${provider}`, '#why tr[data-row]'],
  ['rewards', () => '/rewards', '#epochs tr[data-row]'],
  ['epoch', ({ pool }) => `/rewards/2?pool=${pool}`, '#pool-reward .proof-check'],
  ['pools', () => '/pools', '#pools tr[data-row]'],
  ['pool', ({ pool }) => `/pools/${pool}`, '#accruals tr[data-row]'],
  ['governance', () => '/governance', '#parameters tr[data-row]'],
  ['proposal', ({ proposal }) => `/governance/${proposal}`, '#action .bounds'],
  ['wallet', ({ owner }) => `/wallet/${owner}`, '#stakes tr[data-row]'],
  ['explorer', () => '/explorer', '#transactions tr[data-row]'],
  ['transaction', ({ signature }) => `/explorer/${signature}`, '#calls .call'],
  ['block', ({ slot }) => `/explorer/block/${slot}`, '#events tr[data-row]'],
  ['status', () => '/status', '#finality .plot'],
];

const PATIENCE_MS = 60_000;

/** The page, with time for a busy machine, at an address. */
export async function visit(page: Page, url: string): Promise<Page> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  return page;
}

/** All parts have their answer. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await until(() => page.evaluate("document.querySelectorAll('main .bone, main [aria-busy=true]').length === 0"));
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}
