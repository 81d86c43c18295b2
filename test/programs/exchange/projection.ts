/**
 * The accounts of the exchange rebuilt from its events alone, as an indexer would do it. What cannot be known from events
 * (versions and bumps) is left out of the comparison.
 * @module
 */
import type { Address } from '@solana/kit';
import type * as client from '../../../programs/exchange/client.generated.ts';

type Known<T> = Omit<T, 'version' | 'bump' | 'marginVaultBump' | 'bankrollVaultBump' | 'insuranceVaultBump'>;
type Open<T> = { -readonly [K in keyof T]: T[K] };
/** Every kind of account by address. */
export type Rebuilt = Map<Address, unknown>;
type Event = client.ProgramEvent;

/** The account without what events do not tell. */
export function known<T extends object>(account: T): Known<T> {
  const hidden = ['version', 'bump', 'marginVaultBump', 'bankrollVaultBump', 'insuranceVaultBump'];
  return Object.fromEntries(Object.entries(account).filter(([name]) => !hidden.includes(name))) as Known<T>;
}

/** All accounts that the events speak of. */
export function rebuild(events: readonly Event[]): Rebuilt {
  const accounts: Rebuilt = new Map();
  const places = { exchange: undefined as Address | undefined };
  for (const event of events) {
    if (event.name === 'ExchangeInitialized') places.exchange = event.data.exchange;
    applyExchange(accounts, event, places.exchange);
    applyIndex(accounts, event);
    applyTrader(accounts, event);
    applyPosition(accounts, event);
    applySeries(accounts, event);
    applyClaim(accounts, event);
  }
  return accounts;
}

const NO_FUNDS: client.Funds = {
  margin: 0n,
  bankroll: 0n,
  insurance: 0n,
  claimsReserve: 0n,
  claimsIssued: 0n,
  claimsFunded: 0n,
  openNotional: 0n,
};

function set<T extends object>(accounts: Rebuilt, address: Address, change: Partial<T>): void {
  accounts.set(address, { ...(accounts.get(address) as object | undefined), ...change });
}

function applyExchange(accounts: Rebuilt, event: Event, exchange: Address | undefined): void {
  if (exchange === undefined) return;
  if (event.name === 'ExchangeInitialized') {
    const { exchange: _, at: __, ...fields } = event.data;
    accounts.set(exchange, { ...fields, isPaused: false, funds: NO_FUNDS });
  } else if (event.name === 'ParametersSet') set(accounts, exchange, { rules: event.data.rules });
  else if (event.name === 'PausedSet') set(accounts, exchange, { isPaused: event.data.isPaused });
  else if ('funds' in event.data) set(accounts, exchange, { funds: event.data.funds });
}

function applyIndex(accounts: Rebuilt, event: Event): void {
  if (event.name === 'IndexCreated') {
    const { index, model, market } = event.data;
    accounts.set(index, { model, market, milestones: [] });
  } else if (event.name === 'IndexUpdated' || event.name === 'IndexAdvanced') {
    set<client.Index>(accounts, event.data.index, { market: event.data.market });
  } else if (event.name === 'SeriesCreated' || event.name === 'SeriesSettled') {
    set<client.Index>(accounts, event.data.index, { milestones: event.data.milestones });
  } else if (event.name === 'MilestonePassed') {
    const { index, milestone } = event.data;
    const { milestones } = accounts.get(index) as client.Index;
    const passed = milestones.map((each) => (each.at === milestone.at ? milestone : each));
    set<client.Index>(accounts, index, { milestones: passed });
  }
}

function applyTrader(accounts: Rebuilt, { data }: Event): void {
  if (!('balance' in data)) return;
  set<Open<client.Trader>>(accounts, data.trader, { balance: data.balance });
  if ('owner' in data) set<client.Trader>(accounts, data.trader, { owner: data.owner });
}

function applyPosition(accounts: Rebuilt, { data }: Event): void {
  if ('position' in data) {
    const { position, model, trader, holding, funding, at: fundedAt } = data;
    accounts.set(position, { model, trader, holding, funding, fundedAt });
  } else if ('futurePosition' in data) {
    const { futurePosition, series, trader, holding } = data;
    accounts.set(futurePosition, { series, trader, holding });
  }
}

function applySeries(accounts: Rebuilt, event: Event): void {
  if (event.name === 'SeriesCreated') {
    const { series, milestones: _, market, ...terms } = event.data;
    accounts.set(series, { ...terms, createdAt: market.tradedAt, market });
  } else if ('series' in event.data && 'market' in event.data) {
    set<client.Series>(accounts, event.data.series, { market: event.data.market });
  }
}

function applyClaim(accounts: Rebuilt, event: Event): void {
  if (event.name === 'ClaimRecorded') {
    const { claim, at: recordedAt, ...fields } = event.data;
    accounts.set(claim, { ...fields, paid: 0n, recordedAt });
  } else if (event.name === 'ClaimPaid') {
    set<client.Claim>(accounts, event.data.claim, { paid: event.data.paid });
  }
}
