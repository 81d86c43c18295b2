/**
 * Accounts of the exchange, folded from its events, which carry the state they leave. Rules: docs/programs/exchange.md.
 * @module
 */
import type { Address } from '@solana/kit';
import * as exchange from '../../../programs/exchange/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { bumps, type ProgramFold } from '../program-fold.ts';
import { accountOf, eventsOf, type Step } from '../step.ts';
import { exchangeMoves } from './exchange-vaults.ts';

type Event = exchange.ProgramEvent;

const VERSION = 1;
const NO_FUNDS: exchange.Funds = {
  ...{ margin: 0n, bankroll: 0n, insurance: 0n, claimsReserve: 0n },
  ...{ claimsIssued: 0n, claimsFunded: 0n, openNotional: 0n },
};

/** @throws InputError `RECONCILE__UNKNOWN_ACCOUNT`, `RECONCILE__ACCOUNT_NOT_NAMED`, `CLIENT__TRUNCATED` */
function foldExchange(step: Step, states: AccountStates): void {
  for (const event of eventsOf(step, exchange.decodeEvent)) {
    foldSettings(step, event, states);
    foldIndex(event, states);
    foldTrader(event, states);
    foldPosition(event, states);
    foldSeries(event, states);
    foldClaim(event, states);
  }
}

function foldSettings(step: Step, event: Event, states: AccountStates): void {
  const set = (change: Partial<exchange.Exchange>) => states.change('Exchange', accountOf(step, 'exchange'), change);
  if (event.name === 'ExchangeInitialized') {
    const { exchange: address, at: _, ...fields } = event.data;
    states.put('Exchange', address, { version: VERSION, ...fields, isPaused: false, funds: NO_FUNDS });
  } else if (event.name === 'ParametersSet') set({ rules: event.data.rules });
  else if (event.name === 'PausedSet') set({ isPaused: event.data.isPaused });
  else if (event.name === 'AdminReplaced') set({ admin: event.data.admin });
  else if ('funds' in event.data) set({ funds: event.data.funds });
}

function foldIndex(event: Event, states: AccountStates): void {
  const set = (address: Address, change: Partial<exchange.Index>) => states.change('Index', address, change);
  if (event.name === 'IndexCreated') {
    const { index, model, market } = event.data;
    states.put('Index', index, { version: VERSION, model, market, milestones: [] });
  } else if (event.name === 'IndexUpdated' || event.name === 'IndexAdvanced') {
    set(event.data.index, { market: event.data.market });
  } else if (event.name === 'SeriesCreated' || event.name === 'SeriesSettled') {
    set(event.data.index, { milestones: event.data.milestones });
  } else if (event.name === 'MilestonePassed') {
    const { index, milestone } = event.data;
    const { milestones } = states.of<exchange.Index>('Index', index);
    set(index, { milestones: milestones.map((each) => (each.at === milestone.at ? milestone : each)) });
  }
}

function foldTrader({ data }: Event, states: AccountStates): void {
  if (!('balance' in data)) return;
  const { trader, balance } = data;
  if (states.has(trader)) states.change<exchange.Trader>('Trader', trader, { balance });
  else if ('owner' in data) states.put('Trader', trader, { version: VERSION, owner: data.owner, balance });
}

function foldPosition({ data }: Event, states: AccountStates): void {
  if ('position' in data) {
    const { position, model, trader, holding, funding, at: fundedAt } = data;
    overlay(states, 'Position', position, { version: VERSION, model, trader, holding, funding, fundedAt });
  } else if ('futurePosition' in data) {
    const { futurePosition, series, trader, holding } = data;
    overlay(states, 'FuturePosition', futurePosition, { version: VERSION, series, trader, holding });
  }
}

/** The event tells everything but what is not derived, which stays where it is known. */
function overlay(states: AccountStates, kind: string, address: Address, fields: object): void {
  states.put(kind, address, { ...states.get(address)?.fields, ...fields });
}

function foldSeries(event: Event, states: AccountStates): void {
  if (event.name === 'SeriesCreated') {
    const { series, milestones: _, market, ...terms } = event.data;
    states.put('Series', series, { version: VERSION, ...terms, createdAt: market.tradedAt, market });
  } else if ('series' in event.data && 'market' in event.data) {
    states.change<exchange.Series>('Series', event.data.series, { market: event.data.market });
  }
}

function foldClaim(event: Event, states: AccountStates): void {
  if (event.name === 'ClaimRecorded') {
    const { claim, at: recordedAt, ...fields } = event.data;
    states.put('Claim', claim, { version: VERSION, ...fields, paid: 0n, recordedAt });
  } else if (event.name === 'ClaimPaid') {
    states.change<exchange.Claim>('Claim', event.data.claim, { paid: event.data.paid });
  }
}

export const exchangeFold: ProgramFold = {
  program: 'exchange',
  fold: foldExchange,
  moves: exchangeMoves,
  accounts: {
    Exchange: {
      discriminator: exchange.EXCHANGE_ACCOUNT_DISCRIMINATOR,
      decode: exchange.decodeExchange,
      notDerived: bumps('bump', 'marginVaultBump', 'bankrollVaultBump', 'insuranceVaultBump'),
    },
    Index: {
      discriminator: exchange.INDEX_ACCOUNT_DISCRIMINATOR,
      decode: exchange.decodeIndex,
      notDerived: bumps('bump'),
    },
    Trader: {
      discriminator: exchange.TRADER_ACCOUNT_DISCRIMINATOR,
      decode: exchange.decodeTrader,
      notDerived: bumps('bump'),
    },
    Position: {
      discriminator: exchange.POSITION_ACCOUNT_DISCRIMINATOR,
      decode: exchange.decodePosition,
      notDerived: bumps('bump'),
    },
    Series: {
      discriminator: exchange.SERIES_ACCOUNT_DISCRIMINATOR,
      decode: exchange.decodeSeries,
      notDerived: bumps('bump'),
    },
    FuturePosition: {
      discriminator: exchange.FUTURE_POSITION_ACCOUNT_DISCRIMINATOR,
      decode: exchange.decodeFuturePosition,
      notDerived: bumps('bump'),
    },
    Claim: {
      discriminator: exchange.CLAIM_ACCOUNT_DISCRIMINATOR,
      decode: exchange.decodeClaim,
      notDerived: bumps('bump'),
    },
  },
};
