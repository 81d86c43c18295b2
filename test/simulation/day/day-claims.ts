/**
 * What must be true of every simulated day, of whatever seed and size: everything happened, everything was read back, and
 * nothing was made or lost.
 * @module
 */
import { expect, it } from 'vitest';
import { PROPOSAL_KINDS, PROPOSAL_STATUSES, type ProposalStatus } from '../../../governance/proposal-life.ts';
import type { DecodedValue } from '../../../indexer/decode/value.ts';
import { INFER_SUPPLY, INT_SUPPLY } from '../genesis.ts';
import { PROGRAM_NAMES } from '../programs.ts';
import { type Audit, sum } from './books/audit.ts';
import { type Books, theOne } from './books/books.ts';
import { auditExchange } from './books/exchange-books.ts';
import { auditGovernance } from './books/governance-books.ts';
import { auditMarketplace } from './books/marketplace-books.ts';
import { auditStaking } from './books/staking-books.ts';
import type { Fate } from './governance/proposals.ts';
import { namesInIdl, type PlayedDay } from './play-day.ts';

/** Instructions that a day does not reach, each with the reason. There is none. */
const UNREACHED: ReadonlyMap<string, string> = new Map();
/** Events that only a fault of the chain brings about. */
const UNSEEN: ReadonlyMap<string, string> = new Map([
  ['marketplace.AttestationRearmed', 'nobody drew for 512 slots; here somebody always does'],
]);
/** Never started, deadline passed, nobody ruled, ruled, session unused. */
const EVERY_REFUND = [0, 1, 2, 3, 4];
const CHALLENGE = { passed: 5, failed: 6, rejected: 7, undecided: 8 } as const;
const SLASH_CLASSES = [0, 1, 2];
const RULED = { forBuyer: 0, forProvider: 10_000 } as const;

const END_OF: Readonly<Record<Fate, ProposalStatus>> = {
  ...{ passes: 'Executed', fails: 'Defeated', open: 'Executed', vetoed: 'Vetoed', ignored: 'QuorumNotMet' },
  ...{ invalidated: 'Invalidated', canceled: 'Canceled', expires: 'Expired' },
};

type Day = () => PlayedDay;

export function claimsOfADay(day: Day): void {
  it('reaches every instruction of the four programs', () => {
    const { instructions } = day().record;
    const missing = [...PROGRAM_NAMES.values()]
      .flatMap((program) => namesInIdl(program, 'instructions'))
      .filter((name) => (instructions.get(name)?.succeeded ?? 0) === 0);
    expect(missing).toEqual([...UNREACHED.keys()]);
  });

  it('emits every event of the four programs', () => {
    const { events } = day().record;
    const all = [...PROGRAM_NAMES.values()].flatMap((program) => namesInIdl(program, 'events'));
    expect(all.filter((name) => !events.has(name) && !UNSEEN.has(name))).toEqual([]);
  });

  it('is read back by the decoder of the platform to the last transaction', () => {
    const { record, run } = day();
    const sent = [...run.tallies.values()].reduce((total, tally) => total + tally.sent, 0);
    expect(record.transactionCount).toBeGreaterThan(sent);
    expect([record.undecodedCount, record.truncatedCount]).toEqual([0, 0]);
  });

  claimsOfGovernance(day);
  claimsOfTheMarketplace(day);
  claimsOfTheExchange(day);
  claimsOfStaking(day);
  claimsOfMoney(day);
}

function claimsOfGovernance(day: Day): void {
  it('ends every proposal as the large holders meant it to end', () => {
    const { books, fates } = day();
    const found = [...books.governance.proposals.values()].map(
      ({ title, status }) => [title, PROPOSAL_STATUSES[status]] as const,
    );
    expect(new Map(found)).toEqual(new Map([...fates].map(([title, fate]) => [title, END_OF[fate]])));
  });

  it('has a proposal of every kind carried out, and one for every other end', () => {
    const proposals = [...day().books.governance.proposals.values()];
    const executed = proposals.filter(({ status }) => PROPOSAL_STATUSES[status] === 'Executed');
    expect(new Set(executed.map(({ action }) => PROPOSAL_KINDS[action.kind]))).toEqual(new Set(PROPOSAL_KINDS));
    const ends = new Set(proposals.map(({ status }) => PROPOSAL_STATUSES[status]));
    expect(ends).toEqual(new Set(Object.values(END_OF)));
  });

  it('has the slash over an undecided challenge prepared for a wallet, which simulates without failure', () => {
    const simulated = day().appeals.map(({ refusal, transaction }) => refusal ?? transaction?.simulation.failure);
    expect(simulated).toEqual([null]);
  });
}

function claimsOfTheMarketplace(day: Day): void {
  it('has disputes ruled for the buyer, for the provider, in between, and not at all', () => {
    const rulings = fieldsOf(day(), 'marketplace.DisputeResolved', 'provider_bps').map(Number);
    expect(rulings).toContain(RULED.forBuyer);
    expect(rulings).toContain(RULED.forProvider);
    expect(rulings.some((bps) => bps > RULED.forBuyer && bps < RULED.forProvider)).toBe(true);
    expect(fieldsOf(day(), 'marketplace.DepositReclaimed', 'deposit').length).toBeGreaterThan(0);
  });

  it('has challenges of every outcome, and the failed ones cost bond', () => {
    const resolved = day().seen.get('marketplace.ChallengeResolved') ?? [];
    expect(new Set(resolved.map(({ outcome }) => outcome))).toEqual(new Set(Object.values(CHALLENGE)));
    for (const { outcome, slash_amount, burned, paid } of resolved) {
      const taken = BigInt(burned as bigint) + BigInt(paid as bigint);
      expect(taken).toBe(outcome === CHALLENGE.failed ? slash_amount : 0n);
    }
    const failed = resolved.filter(({ outcome }) => outcome === CHALLENGE.failed);
    expect(sum(failed.map(({ paid }) => paid as bigint))).toBeGreaterThan(0n);
  });

  it('has bond taken for every class of evidence, and money given back for every reason', () => {
    const classes = fieldsOf(day(), 'marketplace.ProviderSlashed', 'class').map(Number);
    expect([...new Set(classes)].sort()).toEqual(SLASH_CLASSES);
    const reasons = fieldsOf(day(), 'marketplace.OrderRefunded', 'reason').map(Number);
    expect([...new Set(reasons)].sort()).toEqual(EVERY_REFUND);
  });

  it('has every epoch of scores and incentives proven and claimed', () => {
    const { incentives } = day().books.marketplace;
    expect(incentives.size).toBeGreaterThan(10);
    for (const { total, claimed } of incentives.values()) expect(claimed).toBe(total);
  });
}

function claimsOfTheExchange(day: Day): void {
  it('liquidates perpetuals and futures, and settles the series that have expired', () => {
    const { record, books } = day();
    expect(record.events.get('exchange.PositionLiquidated') ?? 0).toBeGreaterThan(0);
    expect(record.events.get('exchange.FutureLiquidated') ?? 0).toBeGreaterThan(0);
    const series = [...books.exchange.series.values()];
    const settled = series.filter(({ market }) => market.settledAt > 0n);
    expect([series.length, settled.length]).toEqual([3, 2]);
    expect(new Set(settled.map(({ isAverage }) => isAverage))).toEqual(new Set([false, true]));
    for (const [address] of [...books.exchange.series].filter(([, { market }]) => market.settledAt > 0n)) {
      const held = [...books.exchange.futures.values()].filter((each) => each.series === address);
      expect(held.every(({ holding }) => holding.size === 0n)).toBe(true);
    }
  });

  it('owes a profit that its funds did not cover, and pays it in full when it can', () => {
    const claims = [...day().books.exchange.claims.values()];
    expect(claims.length).toBeGreaterThan(0);
    for (const { amount, paid } of claims) expect(paid).toBe(amount);
  });
}

function claimsOfStaking(day: Day): void {
  it('accrues every epoch in every pool that is open', () => {
    const { overviews, pools } = day().books.staking;
    const { completedRewardEpoch } = theOne(overviews);
    expect(completedRewardEpoch).toBeGreaterThan(10n);
    const open = [...pools.values()].filter(({ closedAtEpoch }) => closedAtEpoch === null);
    expect(open.length).toBeGreaterThanOrEqual(pools.size - 1);
    for (const { rewardLastClaimedEpoch } of open) expect(rewardLastClaimedEpoch).toBe(completedRewardEpoch);
    const slashed = fieldsOf(day(), 'staking.SlashStakeEvent', 'shares_slashed').map((value) =>
      BigInt(value as bigint),
    );
    expect(sum(slashed)).toBeGreaterThan(0n);
  });
}

const AUDITS = {
  exchange: auditExchange,
  governance: auditGovernance,
  marketplace: auditMarketplace,
  staking: auditStaking,
} satisfies Record<string, (books: Books) => Promise<Audit>>;

function claimsOfMoney(day: Day): void {
  it.each(Object.entries(AUDITS))('leaves the books of %s in order', async (_, audit) => {
    const { faults, checkCount } = await audit(day().books);
    expect(faults).toEqual([]);
    expect(checkCount).toBeGreaterThan(30);
  });

  it.each(Object.entries(AUDITS))(
    'would see in the books of %s that every vault lacks a base unit',
    async (_, audit) => {
      const { books } = day();
      const tokens = new Map([...books.tokens].map(([at, token]) => [at, { ...token, amount: token.amount - 1n }]));
      const { faults } = await audit({ ...books, tokens });
      expect(faults.length).toBeGreaterThan(0);
    },
  );

  it('makes and loses no token but those that programs say they burned', () => {
    const { books, supplies } = day();
    const { intMint, inferMint } = books.network;
    const held = (mint: string) =>
      sum([...books.tokens.values()].filter((token) => token.mint === mint).map(({ amount }) => amount));
    const burned = burnedInfer(day());
    expect(burned).toBeGreaterThan(0n);
    expect(supplies.get(intMint.address)).toBe(INT_SUPPLY);
    expect(held(intMint.address)).toBe(INT_SUPPLY);
    expect(supplies.get(inferMint.address)).toBe(INFER_SUPPLY - burned);
    expect(held(inferMint.address)).toBe(INFER_SUPPLY - burned);
  });
}

/** Of fees and of bond. Only INFER is burned. */
function burnedInfer(day: PlayedDay): bigint {
  const names = [
    ['marketplace.OrderSettled', 'fee_burn'],
    ['marketplace.UsageSettled', 'fee_burn'],
    ['marketplace.WorkloadSettled', 'fee_burn'],
    ['marketplace.ChallengeResolved', 'burned'],
    ['marketplace.ProviderSlashed', 'burned'],
  ] as const;
  return sum(names.flatMap(([event, field]) => fieldsOf(day, event, field).map((value) => BigInt(value as bigint))));
}

function fieldsOf({ seen }: PlayedDay, event: string, field: string): DecodedValue[] {
  return (seen.get(event) ?? []).map((fields) => fields[field] ?? null);
}
