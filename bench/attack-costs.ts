/**
 * What attacks on the score win and cost, with the table's defaults: writes the tables of docs/reputation.md.
 *
 *     node --import tsx bench/attack-costs.ts
 * @module
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defaultOf } from '../governance/parameters.ts';
import { BPS } from '../indexer/domain/units.ts';
import { selfDealing, whitewash } from '../jobs/reputation/attack-costs.ts';
import { type Evidence, foldEvidence, scoreRules, startState } from '../jobs/reputation/score.ts';

const DOCUMENT = new URL('../docs/reputation.md', import.meta.url);
const START = '<!-- tables: written by bench/attack-costs.ts, not by hand -->';
const END = '<!-- end of tables -->';

/** Days of faultless work before the failed challenge. */
const HISTORIES = [1, 5, 10, 20, 50, 100, 200];
const ORDERS = [1, 2, 3, 4, 5, 6, 7, 10, 20, 50, 100];
const RANDOM_HISTORIES = 500;
const LONGEST_HISTORY = 200;
const INFER = 1_000_000_000n;

const rules = scoreRules();

/** The tables between the markers of the document. */
function attackTables(): string {
  return [whitewashText(), selfDealingText()].join('\n\n');
}

function whitewashText(): string {
  const rows = HISTORIES.map((days) => {
    const row = whitewash(rules, days);
    const ratio = (row.regainDays / row.undoneDays).toFixed(1);
    return [days, row.stoodAt, row.after, row.restartWins, row.undoneDays, row.regainDays, ratio, row.restartDays];
  });
  const minimum = defaultOf('min_stake_tier_1');
  const slashed = (minimum * defaultOf('slash_bps_failed_challenge')) / BPS;
  const worst = worstRestart();
  return `${tableOf(
    [
      ...['days worked', 'stood at', 'after a failed challenge', 'a restart wins at once', 'days undone'],
      ...['days to regain', 'ratio', 'days of a restart to the same'],
    ],
    rows,
  )}

A restart costs a new bond (${count(minimum / INFER)} INFER in tier 1) beside the old one, of which ${count(slashed / INFER)} INFER
are slashed, tenure and all counts. Over ${count(RANDOM_HISTORIES)} random histories of up to ${LONGEST_HISTORY} pieces of evidence
that end with a failed challenge, a restart wins ${count(worst.mean)} ppm at once on average and ${count(worst.most)} at most; of
those that stood at 250,000 or more, none wins anything. In days of work a restart is the shorter way back to a high score: what
speaks against it is the bond, and that the new name has none of the old one's standing meanwhile.`;
}

/** @throws Error where a provider that stood at 250,000 or more would win by a restart */
function worstRestart(): { readonly mean: bigint; readonly most: bigint } {
  const integer = createIntegers('histories');
  const wins = Array.from({ length: RANDOM_HISTORIES }, () => {
    const history = Array.from({ length: integer(0, LONGEST_HISTORY) }, () => randomEvidence(integer));
    const scores = foldEvidence(rules, startState(rules), [...history, { class: 'challenge_failed' }]);
    const stoodAt = scores.at(-2)?.score ?? rules.startPpm;
    const after = scores.at(-1)?.score ?? 0n;
    const win = rules.startPpm > after ? rules.startPpm - after : 0n;
    if (stoodAt >= 250_000n && win > 0n) throw new Error(`a restart wins ${win} after ${stoodAt}`);
    return win;
  });
  const sum = wins.reduce((all, win) => all + win, 0n);
  return { mean: sum / BigInt(wins.length), most: wins.sort((left, right) => Number(right - left))[0] ?? 0n };
}

type Integers = (min: number, max: number) => number;

/** Whole numbers in `[min, max]`, always the same for a name. */
function createIntegers(name: string): Integers {
  let drawn = 0;
  return (min, max) => {
    drawn += 1;
    const word = createHash('sha256').update(`${name}/${drawn}`).digest().readUInt32LE(0);
    return min + (word % (max - min + 1));
  };
}

/** Mostly work, now and then a fault. */
function randomEvidence(integer: Integers): Evidence {
  const kind = integer(0, 99);
  if (kind < 70) {
    const [cluster, gpuSeconds] = [`buyer ${integer(0, 20)}`, BigInt(integer(0, 100_000))];
    return { class: 'delivered', cluster, isOwn: false, gpuSeconds };
  }
  if (kind < 90) return { class: 'epoch_end' };
  if (kind < 96) return { class: 'challenge_passed' };
  if (kind < 98) return { class: 'not_delivered' };
  return { class: kind === 98 ? 'dispute_lost' : 'slashed' };
}

function selfDealingText(): string {
  const rows = ORDERS.map((orders) => {
    const row = selfDealing(rules, orders);
    return [row.orders, row.linked, row.oneBuyer, row.manyBuyers, row.lastGain];
  });
  const hours = rules.gainCapSeconds / 3_600n;
  return `${tableOf(['orders', 'linked wallets', 'one unlinked wallet', 'as many unlinked wallets', 'the last of them gained'], rows)}

All within one reward epoch, from the start value on, each order of ${hours} GPU-hours; ${defaultOf('platform_fee_bps')} bps of each price are gone
as fee, the rest comes back to the attacker.`;
}

function tableOf(head: readonly string[], rows: readonly (readonly (bigint | number | string)[])[]): string {
  const line = (cells: readonly (bigint | number | string)[]) =>
    `| ${cells.map((each) => (typeof each === 'string' ? each : count(each))).join(' | ')} |`;
  return [line(head), line(head.map(() => '---:')), ...rows.map(line)].join('\n');
}

function count(value: bigint | number): string {
  return value.toLocaleString('en-US');
}

/** The document with the tables that the rules give. */
export function documentWithTables(document: string): string {
  const [start, end] = [document.indexOf(START), document.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`The document needs the lines ${START} and ${END}`);
  return `${document.slice(0, start)}${START}\n\n${attackTables()}\n\n${document.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(DOCUMENT, documentWithTables(readFileSync(DOCUMENT, 'utf8')));
}
