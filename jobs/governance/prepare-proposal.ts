/**
 * `create_proposal` for a proposer to sign, or the rule that refuses it: the checks of the program, in its order, against
 * what the chain holds now. Source of the order: programs/governance/src/instructions/create_proposal.rs.
 * @module
 */
import type { Address } from '@solana/kit';
import { validateSubmission } from '../../governance/bounds.ts';
import { refusalOf } from '../../governance/refusal.ts';
import { type Action, createProposal } from '../../programs/governance/client.generated.ts';
import { findProposal, findStaker } from '../../programs/governance/pda.ts';
import type { ChainClient } from '../chain/chain-client.ts';
import { type Prepared, prepare, refused, ruleBroken } from '../chain/prepared-transaction.ts';
import { proposalKind } from './action-sentences.ts';
import { idOf } from './change-checks.ts';
import { governedValue } from './governed-table.ts';
import { type LiveGovernance, readLiveGovernance, readLiveStaker } from './live-governance.ts';

export interface ProposalDraft {
  readonly proposer: Address;
  /** Pays rent and fee; the proposer unless told otherwise. */
  readonly payer: Address;
  /** Its changes are those of `changes`. */
  readonly action: Omit<Action, 'changes'>;
  /** By key; ids are looked up. */
  readonly changes: readonly { readonly key: string; readonly proposed: bigint }[];
  readonly title: string;
  readonly uri: string;
  readonly textHash: Uint8Array;
}

const MAX_TITLE_BYTES = 80;
const MAX_URI_BYTES = 200;
const BASE_UNITS_PER_MILLI = 1_000_000n;
const LIQUIDITY = 1;
const LAST_CATEGORY = 5;
const MAX_MODEL_NAME_BYTES = 32;
const U16_MAX = 65_535;

/** @throws InputError `GOVERNANCE__NOT_SET_UP`, and the errors of the client */
export async function prepareProposal(chain: ChainClient, program: Address, draft: ProposalDraft): Promise<Prepared> {
  const live = await readLiveGovernance(chain, program);
  const broken = brokenText(draft) ?? brokenAction(draft, live) ?? brokenChanges(draft, live);
  if (broken !== null) return broken;
  const poor = await lackingStake(chain, live, draft);
  if (poor !== null) return poor;
  const { governance, parameters, account } = live;
  const { proposer, payer, title, uri, textHash } = draft;
  const accounts = {
    ...{ payer, proposer, governance, parameters },
    staker: await findStaker(proposer, program),
    proposal: await findProposal(account.proposalCount, program),
  };
  const changes = draft.changes.map(({ key, proposed }) => ({ id: idOf(key), value: proposed }));
  const action = { ...draft.action, changes };
  return prepare(chain, payer, [createProposal(accounts, { action, title, uri, textHash }, program)]);
}

function brokenText({ title, uri }: ProposalDraft): Prepared | null {
  const [titleBytes, uriBytes] = [Buffer.byteLength(title), Buffer.byteLength(uri)];
  if (titleBytes >= 1 && titleBytes <= MAX_TITLE_BYTES && uriBytes <= MAX_URI_BYTES) return null;
  const isTitle = titleBytes < 1 || titleBytes > MAX_TITLE_BYTES;
  const message = isTitle
    ? `A title has 1 to ${MAX_TITLE_BYTES} bytes, not ${titleBytes}`
    : `The address of the text has at most ${MAX_URI_BYTES} bytes, not ${uriBytes}`;
  const numbers = isTitle ? [titleBytes, MAX_TITLE_BYTES] : [uriBytes, MAX_URI_BYTES];
  return ruleBroken('INVALID_TEXT', message, { value: BigInt(numbers[0] ?? 0), limit: BigInt(numbers[1] ?? 0) });
}

/** Holds what its kind needs, and nothing else. */
function brokenAction({ action, changes }: ProposalDraft, { account }: LiveGovernance): Prepared | null {
  const kind = proposalKind(action);
  const isSpend = kind === 'treasury_spend' || kind === 'bankroll_return';
  const wanted = [
    kind === 'param_change' && changes.length > 0,
    isSpend,
    kind.startsWith('host'),
    kind.startsWith('catalog'),
  ];
  const found = [changes.length > 0, action.spend !== null, action.host !== null, action.model !== null];
  if (found.some((has, index) => has !== wanted[index]))
    return ruleBroken('INVALID_ACTION', `A ${kind} must hold what its kind needs and nothing else`);
  const { spend, model } = action;
  if (spend !== null) {
    const isReturn = kind === 'bankroll_return';
    if (spend.category > LAST_CATEGORY || (isReturn && spend.category !== LIQUIDITY))
      return ruleBroken('INVALID_CATEGORY', 'No such category of spending; what comes back is liquidity');
    if (spend.amount === 0n) return ruleBroken('ZERO_AMOUNT', 'Amount must be above zero');
    const mints = isReturn ? [account.inferMint] : [account.inferMint, account.usdcMint];
    if (!mints.includes(spend.mint)) return ruleBroken('UNSUPPORTED_MINT', 'Mint must be INFER or, of a grant, USDC');
    if (isReturn && spend.recipient !== account.inferTreasury)
      return ruleBroken('INVALID_RECIPIENT', `What comes back goes to the treasury ${account.inferTreasury}`);
  }
  const nameBytes = model === null ? 1 : Buffer.byteLength(model.name);
  const isModel = model === null || isOfWidth(model);
  if (nameBytes >= 1 && nameBytes <= MAX_MODEL_NAME_BYTES && isModel) return null;
  return ruleBroken('INVALID_MODEL', 'A model has a name of 1 to 32 bytes, memory (up to 65,535 GB) and weight');
}

/** Memory and weight above zero, and nothing that the program has no bytes for. */
function isOfWidth({ vramGb, weight, minBenchmark }: NonNullable<Action['model']>): boolean {
  return vramGb > 0 && vramGb <= U16_MAX && weight > 0 && minBenchmark >= 0;
}

function brokenChanges({ action, changes }: ProposalDraft, { table }: LiveGovernance): Prepared | null {
  if (proposalKind(action) !== 'param_change') return null;
  const refusal = refusalOf(() =>
    validateSubmission(
      changes,
      (key) => governedValue(table, key).current,
      (key) => governedValue(table, key).isHandedOver,
    ),
  );
  return refusal === null ? null : refused(refusal);
}

async function lackingStake(
  chain: ChainClient,
  { program, table, account }: LiveGovernance,
  { proposer }: ProposalDraft,
): Promise<Prepared | null> {
  const staker = await readLiveStaker(chain, program, proposer);
  const free = staker === null ? 0n : staker.stake - staker.committed;
  const least = governedValue(table, 'min_proposal_stake').current * BASE_UNITS_PER_MILLI;
  if (staker === null || free < least) {
    const message = `A proposal commits ${least} base units of INFER of its proposer's free stake, which is ${free}`;
    return ruleBroken('PROPOSAL_STAKE_TOO_LOW', message, { value: free, limit: least });
  }
  const most = governedValue(table, 'max_active_proposals').current;
  if (BigInt(account.activeCount) < most) return null;
  const message = `${account.activeCount} proposals are under way, as many as may be`;
  return ruleBroken('TOO_MANY_ACTIVE_PROPOSALS', message, { value: BigInt(account.activeCount), limit: most });
}
