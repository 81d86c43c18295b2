/**
 * `wallet`: everything the programs hold for one address, and what it may take.
 * @module
 */
import { votesOfWallet, type WalletVoteRow } from '../../../indexer/store/queries/ledger/wallet.ts';
import { positionsOf } from '../../../indexer/store/queries/market/exchange.ts';
import { type OrderRow, ordersPage } from '../../../indexer/store/queries/market/orders.ts';
import { placeAfterSlot } from '../../../indexer/store/queries/rows/event-place.ts';
import { type Due, type GovernanceStake, readWallet, type Wallet } from '../../reads/wallet.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { pageCost, snapshotAt } from '../../schema/connection.ts';
import { PositionType } from '../market/exchange.ts';
import { OrderType } from '../market/order.ts';
import { StakingRecordType } from '../rewards/staking-record.ts';

const Token = builder.enumType('Token', {
  description: 'A token of the network.',
  values: {
    INT: { description: 'Of the staking program, 9 decimals.' },
    USDC: { description: '6 decimals.' },
    INFER: { description: 'Of marketplace, exchange and governance, 9 decimals.' },
  },
});

export const DueKindType = builder.enumType('DueKind', {
  description: 'Where an amount that may be taken comes from.',
  values: {
    UNSTAKED_INT: { description: 'Unstaked from a pool: `claim_unstake`.' },
    USDC_EARNINGS: { description: 'Earned in a pool: `claim_usdc_earnings`.' },
    UNSTAKED_INFER: { description: 'Unstaked from governance.' },
    BOND: { description: 'A provider’s bond whose withdrawal was requested.' },
    CREDITS: { description: 'A customer’s credits whose withdrawal was requested.' },
    EXCHANGE_CLAIM: { description: 'Profit that the exchange owed and can pay now: `pay_claim`.' },
  },
});

const DueType = builder.objectRef<Due>('Due').implement({
  description: 'An amount that the wallet may take, now or from a time on.',
  fields: (t) => ({
    kind: t.field({ type: DueKindType, description: 'Where it comes from.', resolve: ({ kind }) => kind }),
    account: t.field({ type: 'PublicKey', description: 'Account that holds it.', resolve: ({ account }) => account }),
    token: t.field({ type: Token, description: 'Token of the amount.', resolve: ({ token }) => token }),
    amount: t.field({ type: 'U64', description: 'Base units of the token.', resolve: ({ amount }) => amount }),
    readyAt: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds from which it can be taken; null when there is nothing to wait for.',
      resolve: ({ readyAt }) => readyAt,
    }),
    isReady: t.exposeBoolean('isReady', { description: 'Whether that has come, by the time of the slot.' }),
  }),
});

const GovernanceStakeType = builder.objectRef<GovernanceStake>('GovernanceStake').implement({
  description: 'What a wallet has staked to vote with; base units of INFER.',
  fields: (t) => ({
    address: t.field({ type: 'PublicKey', description: 'Address of the stake.', resolve: (row) => row.address }),
    stake: t.field({ type: 'U64', description: 'Staked.', resolve: (row) => row.stake }),
    unstaking: t.field({ type: 'U64', description: 'Unstaked and not withdrawn.', resolve: (row) => row.unstaking }),
    power: t.field({ type: 'U64', description: 'Voting power: stake and use.', resolve: (row) => row.power }),
    committed: t.field({
      type: 'U64',
      description: 'Bound by proposals that it submitted and that have not ended.',
      resolve: (row) => row.committed,
    }),
    lockedUntil: t.field({
      type: 'I64',
      description: 'Unix seconds until which votes keep it from being unstaked; 0 for none.',
      resolve: (row) => row.lockedUntil,
    }),
  }),
});

const choices = ['FOR', 'AGAINST', 'ABSTAIN', 'VETO'] as const;

const WalletVoteType = builder.objectRef<WalletVoteRow>('WalletVote').implement({
  description: 'A vote that the wallet cast.',
  fields: (t) => ({
    proposal: t.field({ type: 'PublicKey', description: 'Address of the proposal.', resolve: (row) => row.proposal }),
    choice: t.string({
      description: 'FOR, AGAINST, ABSTAIN or VETO.',
      resolve: ({ choice }) => choices[choice] ?? String(choice),
    }),
    power: t.field({ type: 'U64', description: 'Power it counted, base units of INFER.', resolve: (row) => row.power }),
    votedAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.votedAt }),
    slot: t.field({ type: 'U64', description: 'Slot of it.', resolve: (row) => row.slot }),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: (row) => row.signature }),
  }),
});

/** Stakes and dues that a wallet has, as their cost counts them. */
const USUAL_ROWS = 20;
const MANY_ROWS = { field: 1, multiplier: USUAL_ROWS } as const;

function rowCount(first: number): number {
  return Math.max(1, Math.min(first, MAX_PAGE_SIZE));
}

const WalletType = builder.objectRef<Wallet>('Wallet').implement({
  description: 'What the programs hold for one address, as of a slot. Also at `/wallet/ADDRESS.csv`.',
  fields: (t) => ({
    address: t.field({ type: 'PublicKey', description: 'The address.', resolve: (wallet) => wallet.address }),
    slot: t.field({ type: 'U64', description: 'Everything below is as of this slot.', resolve: ({ slot }) => slot }),
    stakes: t.field({
      type: [StakingRecordType],
      description: 'Stakes in pools, by address; at most 500.',
      complexity: MANY_ROWS,
      resolve: ({ stakes }) => [...stakes],
    }),
    stakedValue: t.field({
      type: 'U64',
      description: 'Base units of INT that all of them are worth.',
      resolve: ({ stakes }) => stakes.reduce((sum, { value }) => sum + value, 0n),
    }),
    pendingUsdc: t.field({
      type: 'U64',
      description: 'Base units of USDC that they have earned and that were not claimed.',
      resolve: ({ stakes }) => stakes.reduce((sum, each) => sum + each.pendingUsdc, 0n),
    }),
    governanceStake: t.field({
      type: GovernanceStakeType,
      nullable: true,
      description: 'Stake in governance; null for none.',
      resolve: (wallet) => wallet.governanceStake,
    }),
    provider: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Its account as a provider; null when it is none.',
      resolve: (wallet) => wallet.provider,
    }),
    collateral: t.field({
      type: 'U64',
      description: 'Free collateral on the exchange, base units of INFER.',
      resolve: ({ collateral }) => collateral,
    }),
    credits: t.field({
      type: 'U64',
      description: 'Prepaid credits for metered workloads, base units of INFER.',
      resolve: ({ credits }) => credits,
    }),
    claims: t.field({
      type: [DueType],
      description: 'What it may take now.',
      complexity: MANY_ROWS,
      resolve: ({ dues }) => dues.filter(({ isReady }) => isReady),
    }),
    timers: t.field({
      type: [DueType],
      description: 'What it may take later, soonest first.',
      complexity: MANY_ROWS,
      resolve: ({ dues }) =>
        dues
          .filter(({ isReady }) => !isReady)
          .sort((left, right) => Number((left.readyAt ?? 0n) - (right.readyAt ?? 0n))),
    }),
    orders: t.field({
      type: [OrderType],
      description: 'Orders it pays for, newest first.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }) },
      complexity: pageCost,
      resolve: ({ address, slot }, { first }, { store }): Promise<OrderRow[]> =>
        ordersPage(store, slot, placeAfterSlot(slot), rowCount(first), { buyer: address }),
    }),
    positions: t.field({
      type: [PositionType],
      description: 'Open positions on the exchange, by address.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }) },
      complexity: pageCost,
      resolve: ({ address, slot }, { first }, { store }) => positionsOf(store, address, slot, rowCount(first)),
    }),
    votes: t.field({
      type: [WalletVoteType],
      description: 'Votes it cast, newest first.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }) },
      complexity: pageCost,
      resolve: ({ address, slot }, { first }, { store }) => votesOfWallet(store, address, slot, rowCount(first)),
    }),
  }),
});

builder.queryField('wallet', (t) =>
  t.field({
    type: WalletType,
    description: 'What the programs hold for an address: stakes, what they earned, timers, orders, positions, votes.',
    args: {
      address: t.arg({ type: 'PublicKey', required: true, description: 'The wallet.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }),
    },
    complexity: { field: 50, multiplier: 1 },
    resolve: async (_, { address, atSlot }, context) => readWallet(address, await snapshotAt(atSlot, context), context),
  }),
);
