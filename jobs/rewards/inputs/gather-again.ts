/**
 * The inputs of a reward epoch once more from the indexed chain: window, blocks, marking, pools, work and scores, with
 * nothing taken from the archived artefact but its number; and what of the archived ones is different.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import { cursor } from '../../../indexer/store/queries/chain/cursors.ts';
import { scheduleRows } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { markingOf } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { type Computation, computeEpoch } from '../compute/compute-epoch.ts';
import type { RewardContext } from '../reward-context.ts';
import { windowSlots } from '../steps/mark-epoch.ts';
import { type EpochFrame, type EpochInputs, gatherInputs } from './epoch-inputs.ts';
import { windowOf } from './window.ts';

/**
 * A record that has no schedule of its own takes that of the artefact.
 * @throws UpstreamError `REWARDS__RANGE_NOT_INDEXED` where the record does not reach, and the errors of `gatherInputs`
 */
export async function gatherAgain(
  context: Pick<RewardContext, 'store' | 'programs'>,
  archived: Pick<EpochInputs, 'rewardEpoch' | 'schedule'>,
): Promise<Computation> {
  const frame = await frameAgain(context, archived);
  return computeEpoch((await gatherInputs(context.store, context.programs, frame)).inputs);
}

async function frameAgain(
  context: Pick<RewardContext, 'store' | 'programs'>,
  { rewardEpoch, schedule: archived }: Pick<EpochInputs, 'rewardEpoch' | 'schedule'>,
): Promise<EpochFrame> {
  const { store, programs } = context;
  const stored = await scheduleRows(store);
  const schedule = stored.length > 0 ? stored : archived;
  const window = windowOf(schedule, rewardEpoch);
  const slots = await windowSlots(context, { windowStart: window.start, windowEnd: window.end });
  const finalized = await cursor(store, 'finalized');
  const marking = await markingOf(store, programs.staking, rewardEpoch, finalized?.slot ?? 0n);
  if (slots === null || marking === null) {
    const missing = slots === null ? 'the blocks of its window' : 'its marking';
    throw new UpstreamError('REWARDS__RANGE_NOT_INDEXED', `This record does not have ${missing} yet`, { rewardEpoch });
  }
  const eligibility = { eligibilitySlot: marking.slot, markSignature: toBase58(marking.signature) };
  return { ...{ rewardEpoch, schedule, window, slots }, ...eligibility };
}

export interface InputDifference {
  /** As `pools[<address>].totalStaked`. */
  readonly path: string;
  /** JSON, empty for none. */
  readonly archived: string;
  readonly again: string;
}

/** What follows from the inputs is no input. */
const RESULTS = ['inputHash', 'leaves', 'roots', 'totals', 'providerTrees'];
/** What names an entry of a list. */
const NAMES = ['pool', 'provider', 'model', 'key', 'fromRewardEpoch'];

/** Differences of the inputs of two artefacts, in the order of the first. */
export function inputDifferences(archived: string, again: string): InputDifference[] {
  const [left, right] = [archived, again].map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
  const keys = [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])];
  return keys.filter((key) => !RESULTS.includes(key)).flatMap((key) => differencesAt(key, left?.[key], right?.[key]));
}

function differencesAt(path: string, left: unknown, right: unknown): InputDifference[] {
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  const [ours, theirs] = [entriesOf(left), entriesOf(right)];
  if (ours === null || theirs === null) return [{ path, archived: textOf(left), again: textOf(right) }];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  return names.flatMap((name) => differencesAt(`${path}${name}`, ours.get(name), theirs.get(name)));
}

/** `null` for what has no entries. */
function entriesOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value).map(([key, each]) => [`.${key}`, each]));
  return new Map(value.map((each, index) => [`[${nameOf(each) || index}]`, each]));
}

function nameOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return '';
  const fields = entry as Readonly<Record<string, unknown>>;
  return NAMES.flatMap((name) => (name in fields ? [String(fields[name])] : [])).join(' ');
}

function textOf(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}
