/**
 * What the API should say of governance, made from accounts of the chain; and transactions it prepared, signed and landed.
 * @module
 */
import { getBase64EncodedWireTransaction, getTransactionDecoder, type SignatureBytes } from '@solana/kit';
import { expect } from 'vitest';
import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from '../../governance/proposal-life.ts';
import type { Proposal, Staker, VoteTotals } from '../../programs/governance/client.generated.ts';
import type { RunningApi } from '../api/start-api.ts';
import { parseTransaction } from '../localnet/wire/transaction.ts';
import type { DayChain } from '../simulation/day/day-chain.ts';
import type { Wallet } from '../simulation/wallet.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
export type Answer = any;

/** Asks, and expects an answer without errors. */
export async function answerOf(
  api: RunningApi,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const { data, errors } = await api.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** Fields of a proposal that its account has too. */
export const ACCOUNT_FIELDS = `id kind recordedStatus proposer committed createdAt signalingFrom votingFrom votingEndsAt
  executesFrom expiresAt endedAt openedSlot signals { for against abstain veto }
  vote { votes { for against abstain veto } snapshotPower thresholds { quorumBps passThresholdBps vetoThresholdBps } }
  action { spend { category mint amount recipient } host model { vramGb weight minBenchmark } changes { key proposed } }
  untrustedText { rawTitle rawUri textHash } invalidity { value limit }`;

/** Amounts as GraphQL has them. */
export function textsOf(amounts: Readonly<Record<string, bigint>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, String(value)]));
}

/** Name of an enum's value as GraphQL has it. */
export function enumName(name: string | undefined): string {
  return (name ?? '').replace(/(?<=[a-z])([A-Z])/g, '_$1').toUpperCase();
}

const text = (value: bigint) => String(value);
const textOrNull = (value: bigint) => (value === 0n ? null : String(value));
const totals = ({ forPower, againstPower, abstainPower, vetoPower }: VoteTotals) => {
  return { for: text(forPower), against: text(againstPower), abstain: text(abstainPower), veto: text(vetoPower) };
};
const CATEGORIES = ['BUYBACK', 'LIQUIDITY', 'INCENTIVES', 'GRANTS', 'DEVELOPMENT', 'OTHER'];

/** The answer to `ACCOUNT_FIELDS` that an account gives. @param keys of the parameter table, by row */
export function expectedProposal(account: Proposal, keys: readonly string[]): Record<string, unknown> {
  const { action, openedSlot, quorumBps, passThresholdBps, vetoThresholdBps, refusal } = account;
  const { spend, model } = action;
  return {
    ...{ id: text(account.proposalId), kind: enumName(PROPOSAL_KINDS[action.kind]), proposer: account.proposer },
    ...{ recordedStatus: enumName(PROPOSAL_STATUSES[account.status]), committed: text(account.committed) },
    ...{ createdAt: text(account.createdAt), signalingFrom: textOrNull(account.signalingFrom) },
    ...{ votingFrom: textOrNull(account.votingFrom), votingEndsAt: textOrNull(account.votingEndsAt) },
    ...{ executesFrom: textOrNull(account.executesFrom), expiresAt: textOrNull(account.expiresAt) },
    ...{ endedAt: textOrNull(account.endedAt), openedSlot: textOrNull(openedSlot), signals: totals(account.signals) },
    vote:
      openedSlot === 0n
        ? null
        : {
            ...{ votes: totals(account.votes), snapshotPower: text(account.snapshotPower) },
            thresholds: { quorumBps, passThresholdBps, vetoThresholdBps },
          },
    action: {
      spend: spend && { ...spend, category: CATEGORIES[spend.category], amount: text(spend.amount) },
      host: action.host,
      model: model && { vramGb: model.vramGb, weight: model.weight, minBenchmark: model.minBenchmark },
      changes: action.changes.map(({ id, value }) => ({ key: keys[id], proposed: text(value) })),
    },
    untrustedText: {
      ...{ rawTitle: account.title, rawUri: account.uri, textHash: Buffer.from(account.textHash).toString('hex') },
    },
    invalidity: refusal.rule === 0 ? null : { value: text(refusal.value), limit: text(refusal.limit) },
  };
}

/** Signs a prepared transaction with every wallet it names and lands it; gives the error of the chain, or null. */
export function signAndLand(chain: Pick<DayChain, 'running'>, base64: string, wallets: readonly Wallet[]): unknown {
  const transaction = getTransactionDecoder().decode(Buffer.from(base64, 'base64'));
  const message = new Uint8Array(transaction.messageBytes);
  const signed = wallets.filter(({ address }) => address in transaction.signatures);
  const signatures = Object.fromEntries(signed.map((each) => [each.address, each.sign(message) as SignatureBytes]));
  const wire = getBase64EncodedWireTransaction({
    ...transaction,
    signatures: { ...transaction.signatures, ...signatures },
  });
  const outcome = chain.running.localnet.submit(parseTransaction(Buffer.from(wire, 'base64')), true);
  chain.running.advance(2);
  return 'dropped' in outcome ? outcome.dropped : outcome.landed;
}

/** The answer to a voter's amounts and times that an account gives. */
export function expectedVoter(staker: Staker | undefined, totalPower: bigint): Record<string, unknown> {
  if (staker === undefined) throw new Error('no staker');
  const { stake, committed, unstaking, unstakeAt, lockedUntil, feesPaid, feesEarnedOn, power } = staker;
  return {
    ...textsOf({ stake, committed, unstaking, feesPaid, feesEarnedOn, power, totalPower }),
    ...{ unstakeAt: textOrNull(unstakeAt), lockedUntil: textOrNull(lockedUntil) },
  };
}

export const ENDED_VOTE_FIELDS = 'recordedStatus canVote vote { verdict finalOutcome possibleOutcomes outcomeNow }';

/** Expects votes that are over to be decided. @returns how many there were */
export function expectDecided(proposals: readonly Answer[]): number {
  const ended = proposals.filter(({ vote, canVote }) => vote !== null && !canVote);
  for (const { vote, recordedStatus } of ended) {
    expect([vote.finalOutcome, vote.possibleOutcomes]).toEqual([vote.outcomeNow, [vote.outcomeNow]]);
    expect(vote.verdict).toBe(vote.outcomeNow === 'SUCCEEDED' ? 'TIPPED' : 'LOST');
    const ends = ['DEFEATED', 'QUORUM_NOT_MET', 'VETOED'];
    if (ends.includes(recordedStatus)) expect(vote.finalOutcome).toBe(recordedStatus);
  }
  return ended.length;
}
