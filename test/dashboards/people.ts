/**
 * People of a simulated day with their keys, and what the API says that each may do.
 * @module
 */
import type { RunningApi } from '../api/start-api.ts';
import { seededKey, seededWallet, type Wallet } from '../simulation/wallet.ts';
import { answerOf } from './page-visits.ts';

export interface Person {
  readonly wallet: Wallet;
  /** The private key, DER. */
  readonly pkcs8: Buffer;
}

/** An amount that a person may take. */
export interface Claim {
  readonly person: Person;
  readonly kind: string;
  readonly account: string;
  readonly token: string;
  readonly amount: string;
}

/** Enough of each role for a small day. */
const COUNTS = { provider: 12, delegator: 36, buyer: 12, holder: 6, trader: 12 } as const;

export function peopleOf(seed: number): Person[] {
  return Object.entries(COUNTS).flatMap(([role, count]) =>
    Array.from({ length: count }, (_, index) => ({
      wallet: seededWallet(String(seed), role, index),
      pkcs8: seededKey(String(seed), role, index),
    })),
  );
}

const EARNERS_QUERY = '{ stakingRecords(first: 500) { edges { node { owner pendingUsdc } } } }';
const CLAIMS_QUERY = `query ($address: PublicKey!) {
  wallet(address: $address) { claims { kind account token amount } }
}`;

const PREPARE_QUERY = `query ($kind: DueKind!, $account: PublicKey!, $owner: PublicKey!) {
  prepareClaim(kind: $kind, account: $account, owner: $owner) {
    transaction signers refusal { code } simulation { succeeds errorCode }
  }
}`;

interface PreparedClaim {
  readonly transaction: string | null;
  readonly signers: readonly string[];
  readonly refusal: { readonly code: string } | null;
  readonly simulation: { readonly succeeds: boolean; readonly errorCode: string | null } | null;
}

export async function preparedClaim(
  api: RunningApi,
  { kind, account }: Pick<Claim, 'kind' | 'account'>,
  owner: string,
): Promise<PreparedClaim> {
  const variables = { kind, account, owner };
  return (await answerOf<{ readonly prepareClaim: PreparedClaim }>(api, PREPARE_QUERY, variables)).prepareClaim;
}

/** What those of the people who earned in pools may take now, by the record. */
export async function claimsOf(api: RunningApi, people: readonly Person[]): Promise<Claim[]> {
  type Earner = { readonly owner: string; readonly pendingUsdc: string };
  type Earners = { readonly edges: readonly { readonly node: Earner }[] };
  type Answer = { readonly wallet: { readonly claims: readonly Omit<Claim, 'person'>[] } };
  const { stakingRecords } = await answerOf<{ readonly stakingRecords: Earners }>(api, EARNERS_QUERY);
  const earners = stakingRecords.edges.filter(({ node }) => node.pendingUsdc !== '0').map(({ node }) => node.owner);
  const claims: Claim[] = [];
  for (const person of people.filter(({ wallet }) => earners.includes(wallet.address))) {
    const { wallet } = await answerOf<Answer>(api, CLAIMS_QUERY, { address: person.wallet.address });
    claims.push(...wallet.claims.map((claim) => ({ ...claim, person })));
  }
  return claims;
}

interface Vote {
  readonly person: Person;
  readonly proposalId: string;
}

const OPEN_QUERY = '{ proposals(first: 50, isOpen: true) { edges { node { id canVote } } } }';
const VOTE_QUERY = `query ($proposalId: U64!, $owner: PublicKey!) {
  prepareVote(proposalId: $proposalId, owner: $owner, choice: FOR) { refusal { code } }
}`;

/** A vote that somebody may cast now and has not; `null` where everybody has. */
export async function openVote(api: RunningApi, people: readonly Person[]): Promise<Vote | null> {
  type Open = { readonly edges: readonly { readonly node: { readonly id: string; readonly canVote: boolean } }[] };
  const { proposals } = await answerOf<{ readonly proposals: Open }>(api, OPEN_QUERY);
  for (const { node } of proposals.edges.filter(({ node }) => node.canVote)) {
    for (const person of people) {
      const variables = { proposalId: node.id, owner: person.wallet.address };
      type Answer = { readonly prepareVote: { readonly refusal: { readonly code: string } | null } };
      const { prepareVote } = await answerOf<Answer>(api, VOTE_QUERY, variables);
      if (prepareVote.refusal === null) return { person, proposalId: node.id };
    }
  }
  return null;
}
