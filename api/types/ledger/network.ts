/**
 * `network`: the treasury and the supply of both tokens, each counted from events and compared with the chain.
 * @module
 */
import type { Slot } from '../../../indexer/domain/units.ts';
import type { TokenFlow } from '../../../indexer/store/queries/ledger/token-flows.ts';
import { type LockedPlace, readTokenSupply, type TokenSupply } from '../../../jobs/ledger/token-supply.ts';
import { type ObservedBalance, readTreasury, type TreasuryVault } from '../../../jobs/ledger/treasury.ts';
import { builder } from '../../schema/builder.ts';
import { snapshotAt } from '../../schema/connection.ts';

export interface Network {
  readonly slot: Slot;
}

/** Sums over the whole record are dearer than a page. */
const SUMS_COST = 500;

const FlowType = builder.objectRef<TokenFlow>('TreasuryFlow').implement({
  description: 'What came into a vault of the treasury, or was spent, since the beginning, by one way.',
  fields: (t) => ({
    source: t.exposeString('source', {
      description:
        'order_fees, usage_fees, workload_fees, surplus, slashes or bankroll_returns; spent_ and the category of a vote.',
    }),
    amount: t.field({ type: 'I128', description: 'Base units of the token.', resolve: ({ amount }) => amount }),
    eventCount: t.field({ type: 'U64', description: 'Events that say so.', resolve: ({ eventCount }) => eventCount }),
  }),
});

const ObservedType = builder.objectRef<ObservedBalance>('ObservedBalance').implement({
  description: 'What a vault was seen to hold on chain.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'As of this finalized slot.', resolve: ({ slot }) => slot }),
    amount: t.field({ type: 'U64', description: 'Base units.', resolve: ({ amount }) => amount }),
    unexplained: t.field({
      type: 'I128',
      description: 'What it holds beyond what events said at that slot: tokens that strangers sent. 0 otherwise.',
      resolve: ({ unexplained }) => unexplained,
    }),
  }),
});

const VaultType = builder.objectRef<TreasuryVault>('TreasuryVault').implement({
  description: 'The treasury’s tokens of one kind.',
  fields: (t) => ({
    vault: t.field({ type: 'PublicKey', description: 'Token account.', resolve: ({ vault }) => vault }),
    mint: t.field({ type: 'PublicKey', description: 'Token.', resolve: ({ mint }) => mint }),
    inflows: t.field({
      type: [FlowType],
      description: 'What came in, by source.',
      resolve: ({ inflows }) => [...inflows],
    }),
    spending: t.field({
      type: [FlowType],
      description: 'What executed votes have spent, by category: nothing else can take anything out.',
      resolve: ({ spending }) => [...spending],
    }),
    opening: t.field({
      type: 'I128',
      nullable: true,
      description: 'What it held before the record began; null while that is unknown.',
      resolve: ({ opening }) => opening,
    }),
    balance: t.field({
      type: 'I128',
      nullable: true,
      description: 'Opening and inflows less spending, from events.',
      resolve: ({ folded }) => folded,
    }),
    observed: t.field({
      type: ObservedType,
      nullable: true,
      description: 'What the chain said last; null before it was asked.',
      resolve: ({ observed }) => observed,
    }),
  }),
});

const PlaceType = builder.enumType('LockedPlace', {
  description: 'What holds tokens that do not circulate.',
  values: {
    BONDS: { description: 'Of providers and verifiers.' },
    COMMISSIONS: { description: 'Commission that operators have not withdrawn.' },
    ESCROWS: { description: 'Orders, deposits of disputes and challenges, credits for workloads.' },
    EXCHANGE: { description: 'Margin, bankroll, insurance and claims.' },
    GOVERNANCE_STAKE: { description: 'Staked for votes, or waiting to be withdrawn.' },
    INCENTIVES: { description: 'Funded and not claimed.' },
    POOLS: { description: 'Staked in operator pools, or cooling down.' },
    REWARD_VAULT: { description: 'Emission that no pool has been paid.' },
    TREASURY: { description: 'Of the network.' },
    VERIFIER_FEES: { description: 'Verifiers’ part of fees, not claimed.' },
  } as const,
});

const LockedType = builder
  .objectRef<{ readonly place: LockedPlace; readonly amount: bigint }>('LockedTokens')
  .implement({
    description: 'Tokens that one place holds.',
    fields: (t) => ({
      place: t.field({ type: PlaceType, description: 'What holds them.', resolve: ({ place }) => place }),
      amount: t.field({ type: 'I128', description: 'Base units.', resolve: ({ amount }) => amount }),
    }),
  });

const TokenType = builder.objectRef<TokenSupply>('TokenSupply').implement({
  description: 'Where all units of a token are. Base units; as of the last reading of its mint.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'INFER or INT.' }),
    mint: t.field({ type: 'PublicKey', description: 'Its mint.', resolve: ({ mint }) => mint }),
    slot: t.field({ type: 'U64', description: 'As of this slot.', resolve: ({ slot }) => slot }),
    minted: t.field({
      type: 'I128',
      nullable: true,
      description: 'Supply of the mint and what was burned; null before the mint was read.',
      resolve: ({ minted }) => minted,
    }),
    supply: t.field({
      type: 'U64',
      nullable: true,
      description: 'As the mint’s account says.',
      resolve: ({ observed }) => observed?.supply ?? null,
    }),
    burned: t.field({
      type: 'I128',
      description: 'Fees and slashes that were burned.',
      resolve: ({ burned }) => burned,
    }),
    locked: t.field({ type: [LockedType], description: 'By place.', resolve: ({ locked }) => [...locked] }),
    circulating: t.field({
      type: 'I128',
      nullable: true,
      description: 'Supply less what is locked; null where the record does not go back to the beginning.',
      resolve: ({ circulating }) => circulating,
    }),
    isMintRevoked: t.boolean({
      nullable: true,
      description: 'True when the mint’s account names nobody who may mint; null before it was read.',
      resolve: ({ observed }) => (observed === null ? null : observed.mintAuthority.length === 0),
    }),
    mintAuthority: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Who may mint; null when nobody may, or it is not known.',
      resolve: ({ observed }) => keyOrNull(observed?.mintAuthority),
    }),
    freezeAuthority: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Who may freeze accounts; null when nobody may, or it is not known.',
      resolve: ({ observed }) => keyOrNull(observed?.freezeAuthority),
    }),
  }),
});

function keyOrNull(key: Uint8Array | undefined): Uint8Array | null {
  return key === undefined || key.length === 0 ? null : key;
}

export const NetworkType = builder.objectRef<Network>('Network').implement({
  description: 'The network as a whole.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'The answer is as of this slot.', resolve: ({ slot }) => slot }),
    treasury: t.field({
      type: [VaultType],
      description: 'INFER and USDC of the treasury; empty before governance is set up.',
      complexity: { field: SUMS_COST, multiplier: 2 },
      resolve: ({ slot }, _, { store, flowsUpTo }) => readTreasury(store, slot, flowsUpTo),
    }),
    supply: t.field({
      type: [TokenType],
      description: 'Supply of INFER and INT. What providers offer is `supply` of the query itself.',
      complexity: { field: SUMS_COST, multiplier: 2 },
      resolve: ({ slot }, _, { store, programs, flowsUpTo }) =>
        readTokenSupply(store, programs.staking, slot, flowsUpTo),
    }),
  }),
});

builder.queryField('network', (t) =>
  t.field({
    type: NetworkType,
    description: 'The network as a whole: health, totals, treasury and tokens.',
    args: { atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }) },
    resolve: async (_, { atSlot }, context) => ({ slot: await snapshotAt(atSlot, context) }),
  }),
);
