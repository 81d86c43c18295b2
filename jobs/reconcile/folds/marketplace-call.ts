/**
 * A call of the marketplace while it is folded: the accounts of its events, by type.
 * @module
 */
import type { Address } from '@solana/kit';
import type * as marketplace from '../../../programs/marketplace/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { accountOf, type Step } from '../step.ts';

export type Event = marketplace.ProgramEvent;
export type Data<N extends Event['name']> = Extract<Event, { readonly name: N }>['data'];
/** What the events of some kind do to accounts. */
export type Folds = { readonly [N in Event['name']]?: (data: Data<N>, call: MarketplaceCall) => void };

export const VERSION = 1;
export const NO_HASH = new Uint8Array(32);
export const NOBODY = '11111111111111111111111111111111' as Address;

/** Settings and catalogue of the marketplace, beside each other. */
export type Market = marketplace.Settings & { readonly models: readonly marketplace.GpuModel[] };

interface Kinds {
  readonly Marketplace: Market;
  readonly Provider: marketplace.Provider;
  readonly Offer: marketplace.Offer;
  readonly Buyer: marketplace.Buyer;
  readonly Order: marketplace.Order;
  readonly Benchmark: marketplace.Benchmark;
  readonly Deposit: marketplace.Deposit;
  readonly Workload: marketplace.Workload;
  readonly VerifierSet: marketplace.VerifierSet;
  readonly Verifier: marketplace.Verifier;
  readonly Attestation: marketplace.Attestation;
  readonly Challenge: marketplace.Challenge;
  readonly SlashRecord: marketplace.SlashRecord;
  readonly EpochBook: marketplace.EpochBook;
  readonly IncentiveEpoch: marketplace.IncentiveEpoch;
  readonly IncentiveClaim: marketplace.IncentiveClaim;
}
type NotTold = 'bump' | 'bondVaultBump' | 'vaultBump' | 'incentiveVaultBump' | 'exchange';

export class MarketplaceCall {
  readonly step: Step;
  readonly states: AccountStates;

  constructor(step: Step, states: AccountStates) {
    this.step = step;
    this.states = states;
  }

  at(name: string): Address {
    return accountOf(this.step, name);
  }

  /** @throws InputError `RECONCILE__UNKNOWN_ACCOUNT` */
  of<K extends keyof Kinds>(kind: K, address: Address): Kinds[K] {
    return this.states.of(kind, address);
  }

  put<K extends keyof Kinds>(kind: K, address: Address, fields: Omit<Kinds[K], NotTold>): void {
    this.states.put(kind, address, fields);
  }

  /** @throws InputError `RECONCILE__UNKNOWN_ACCOUNT` */
  change<K extends keyof Kinds>(kind: K, address: Address, change: Partial<Kinds[K]>): void {
    this.states.change<Kinds[K]>(kind, address, change);
  }

  /** The use that somebody paid for, with a record from the first time on. */
  changeBuyer(buyer: Address, change: (record: marketplace.Buyer) => Partial<marketplace.Buyer>): void {
    const address = this.at('buyer_record');
    if (!this.states.has(address)) {
      this.put('Buyer', address, { version: VERSION, buyer, orderCount: 0n, feesPaid: 0n });
    }
    this.change('Buyer', address, change(this.of('Buyer', address)));
  }
}
