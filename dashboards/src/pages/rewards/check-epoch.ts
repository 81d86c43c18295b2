/**
 * A whole reward epoch checked in the browser, from the bytes of its artefact: their hash, the hash of the inputs in them,
 * the sums of the leaves, every root, and what the chain was given.
 * @module
 */
import { ask } from '../../live/ask.ts';
import type { CommitQuery, RewardEpochQuery } from '../../queries.generated.ts';
import { hexOf, type Leaf, rootsOf, sha256 } from './hashes.ts';
import { COMMIT_QUERY } from './queries.ts';

export type Epoch = NonNullable<RewardEpochQuery['rewardEpoch']>;

export interface ArtefactLeaf extends Leaf {
  readonly workReward: string;
  readonly stakeReward: string;
}

export interface Check {
  readonly name: string;
  readonly isGood: boolean;
  /** What was found, both sides where they differ. */
  readonly found: string;
}

export interface CheckedEpoch {
  readonly checks: readonly Check[];
  readonly leaves: readonly ArtefactLeaf[];
}

interface Artefact {
  readonly inputHash: string;
  readonly emission: string;
  readonly leaves: readonly ArtefactLeaf[];
  readonly roots: readonly string[];
}

/** What follows from the inputs, and is no part of them. */
const RESULTS = new Set(['inputHash', 'leaves', 'roots', 'totals', 'providerTrees']);

export const artefactHref = (number: string) => `/artefacts/${number}.json`;

/** @throws Error when the artefact cannot be had or read */
export async function checkEpoch(epoch: Epoch): Promise<CheckedEpoch> {
  const response = await fetch(artefactHref(epoch.number));
  if (!response.ok) throw new Error(`The artefact cannot be had: status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const artefact = JSON.parse(new TextDecoder().decode(bytes)) as Artefact;
  const { leaves } = artefact;
  const sum = (of: (leaf: ArtefactLeaf) => string) =>
    String(leaves.reduce((total, leaf) => total + BigInt(of(leaf)), 0n));
  const parts = leaves.filter((leaf) => BigInt(leaf.workReward) + BigInt(leaf.stakeReward) !== BigInt(leaf.reward));
  const roots = await rootsOf(leaves);
  const checks = [
    equal('The artefact has the hash that was published', hexOf(await sha256(bytes)), epoch.artefactHash),
    equal('Its inputs have the hash that it names', await inputHashOf(artefact), epoch.inputHash),
    equal(
      'Rewards of all leaves are the epoch’s total',
      sum(({ reward }) => reward),
      epoch.totalRewards,
    ),
    equal(
      '… and what the chain demands',
      leaves.length === 0 ? epoch.emission : sum(({ reward }) => reward),
      epoch.emission,
    ),
    equal(
      'USDC of all leaves is the epoch’s total',
      sum(({ usdc }) => usdc),
      epoch.totalUsdc,
    ),
    equal('Leaves whose parts by work and by stake are not their reward', String(parts.length), '0'),
    equal('Roots computed from the leaves are the epoch’s', roots.join(' '), epoch.roots.join(' ')),
    ...(epoch.commitSignature === null ? [] : [await onChain(epoch.commitSignature, roots)]),
  ];
  return { checks, leaves };
}

function equal(name: string, ours: string, theirs: string): Check {
  const isGood = ours === theirs;
  return { name, isGood, found: isGood ? ours : `computed ${ours || 'none'}, published ${theirs || 'none'}` };
}

/** What the transaction of the commit says, as far as the API decodes it. */
async function onChain(signature: string, roots: readonly string[]): Promise<Check> {
  const { data } = await ask<CommitQuery>(COMMIT_QUERY, { signature });
  const commit = data.transaction?.instructions.find(({ name }) => name === 'create_reward_record');
  const given = commit === undefined ? '' : rootsIn(JSON.parse(commit.args) as Readonly<Record<string, unknown>>);
  return equal('The transaction of the commit gave these roots to the chain', roots.join(' '), given);
}

function rootsIn({ args }: Readonly<Record<string, unknown>>): string {
  const roots = (args as { readonly merkle_roots?: unknown } | undefined)?.merkle_roots;
  if (!Array.isArray(roots)) return '';
  return roots.map((root) => (Array.isArray(root) ? hexOf(Uint8Array.from(root as number[])) : String(root))).join(' ');
}

async function inputHashOf(artefact: Artefact): Promise<string> {
  const inputs = Object.fromEntries(Object.entries(artefact).filter(([name]) => !RESULTS.has(name)));
  return hexOf(await sha256(new TextEncoder().encode(`${canonical(inputs, 0)}\n`)));
}

/** Lists at the top have an entry a line, objects are in the order of their keys' code units. */
const LINE_DEPTH = 2;

function canonical(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((each) => canonical(each, depth + 1))
    : Object.entries(value)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each, depth + 1)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (depth >= LINE_DEPTH || entries.length === 0) return open + entries.join(',') + close;
  return `${open}\n${entries.join(',\n')}\n${close}`;
}
