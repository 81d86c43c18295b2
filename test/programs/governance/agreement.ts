/**
 * The on-chain program and the rules of governance/ side by side: random proposals, values that drift before they execute,
 * and the verdict of both at submit and at execution, down to key, value and limit.
 *
 * A proposal that was submitted is put into the queue by writing its account, since the vote has no part in the verdict.
 * Every number is handed over the same way. Nothing else is written, but for drifts that stand for an older table.
 * @module
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Change, validateChanges, validateExecution } from '../../../governance/bounds.ts';
import { parameterOf, parameters } from '../../../governance/parameters.ts';
import { refusalOf, refusalRule } from '../../../governance/refusal.ts';
import {
  encodeParameters,
  encodeProposal,
  GOVERNANCE_PROGRAM_ADDRESS,
  type ParameterChange,
} from '../../../programs/governance/client.generated.ts';
import { readIdl } from '../scenario.ts';
import { Chamber, INFER, type Member } from './chamber.ts';
import { changing, create, executeChange, STATUS, stake } from './moves.ts';

const KEYS = [...parameters.keys()];
const UNKNOWN = 'no_such_key';
const ROWS = 128;
const PROPOSAL_BYTES = 1_024;
const PARAMETERS_BYTES = 2_304;
const STAKE = 100_000_000n * INFER;
const REFUSAL_LINE = /^Program log: Parameter (\w+): (\w+), value (-?\d+), limit (-?\d+)$/;
const MARGINS = ['initial_margin_bps', 'maintenance_margin_bps'];
const FEE_PARTS = ['fee_burn_bps', 'fee_treasury_bps', 'fee_verifier_bps'];
const errorNames = new Map(readIdl('governance').errors.map(({ code, name }) => [code, name]));

/** A verdict in the words of both: the rule, and what it says of key, value and limit. */
interface Verdict {
  readonly rule: string;
  readonly key?: string | undefined;
  readonly value?: bigint | undefined;
  readonly limit?: bigint | undefined;
}
const ALLOWED: Verdict = { rule: 'OK' };

/** Where a proposed value lies: at or beside a limit of bounds or step, or anywhere. */
const aim = fc.record({
  key: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...KEYS) },
    { weight: 3, arbitrary: fc.constantFrom(...FEE_PARTS) },
    { weight: 2, arbitrary: fc.constantFrom(...MARGINS) },
    { weight: 1, arbitrary: fc.constant(UNKNOWN) },
  ),
  at: fc.constantFrom('anywhere', 'current', 'max', 'min', 'step down', 'step up', 'step up', 'step down'),
  offset: fc.constantFrom(0n, 0n, -1n, 1n),
  part: fc.nat(1_000),
});
type Aim = typeof aim extends fc.Arbitrary<infer T> ? T : never;

export const sequence = fc.record({
  aims: fc.array(aim, { minLength: 0, maxLength: 4 }),
  isSorted: fc.boolean(),
  sumsUp: fc.boolean(),
  drift: fc.constantFrom('none', 'older table', 'proposal', 'proposal'),
  driftAim: aim,
  waitSeconds: fc.constantFrom(0n, 1n, 604_799n, 604_800n, 1_000_000n),
});
type Sequence = typeof sequence extends fc.Arbitrary<infer T> ? T : never;

export class Agreement {
  readonly chamber: Chamber;
  readonly verdicts = new Map<string, number>();
  private readonly alice: Member;
  /** What the account holds, read again after everything that may have changed it. */
  private table: ReturnType<Chamber['parameters']>;
  /** Rows written from outside the bounds, until a proposal brings them back. */
  private readonly foreign = new Set<string>();

  private constructor(chamber: Chamber, alice: Member) {
    this.chamber = chamber;
    this.alice = alice;
    this.table = chamber.parameters();
  }

  static async create(): Promise<Agreement> {
    const chamber = await Chamber.create();
    const alice = await chamber.member('alice', STAKE);
    chamber.run(stake(chamber, alice, STAKE));
    const agreement = new Agreement(chamber, alice);
    agreement.write({ handedOver: new Uint8Array(ROWS).fill(1) });
    return agreement;
  }

  /** One proposal through both checks. */
  async play({ aims, isSorted, sumsUp, drift, driftAim, waitSeconds }: Sequence): Promise<void> {
    const drawn = aims.map((each) => this.changeAt(each));
    const sums = sumsUp ? this.feePartsFor(drawn) : [];
    const changes = arrange([...drawn, ...sums], isSorted);
    const proposal = await this.submit(changes);
    if (proposal === null) return;
    this.chamber.wait(waitSeconds);
    if (drift === 'older table') this.driftFromOutside(driftAim);
    if (drift === 'proposal') await this.driftByProposal(changes, driftAim);
    this.execute(proposal, changes);
    this.checkBounds();
  }

  /** Submit to both; the address when both allow it. */
  private async submit(changes: readonly Change[]) {
    const { chamber, alice } = this;
    const expected = verdictOf(() => validateChanges(changes, (key) => this.valueOf(key)));
    const proposal = await chamber.nextProposal();
    const sent = chamber.send(create(chamber, alice, proposal, changing(...changes.map(onWire))));
    const found = sent.failure === null ? ALLOWED : refusalIn(sent.failure.code, sent.logs);
    if (found.rule === 'TOO_MANY_ACTIVE_PROPOSALS') return null;
    this.agree('submit', changes, found, expected);
    if (found !== ALLOWED) return null;
    const state = chamber.proposal(proposal);
    const queued = { ...state, status: STATUS.queued, executesFrom: 0n, expiresAt: 1n << 62n };
    chamber.svm.put(proposal, padded(encodeProposal(queued), PROPOSAL_BYTES), GOVERNANCE_PROGRAM_ADDRESS);
    return proposal;
  }

  /** Execute on both: the same ending, and on the chain the values that follow from it. */
  private execute(proposal: Parameters<Chamber['proposal']>[0], changes: readonly Change[]): void {
    const { chamber, alice } = this;
    const before = this.table;
    const expected = verdictOf(() =>
      validateExecution(
        changes,
        (key) => this.valueOf(key),
        (key) => this.sinceChange(key),
      ),
    );
    chamber.run(executeChange(chamber, alice, proposal));
    this.table = chamber.parameters();
    const { status, refusal } = chamber.proposal(proposal);
    const rule = refusalRule(refusal.rule);
    const told = { rule, key: KEYS[refusal.id], value: refusal.value, limit: refusal.limit };
    const found = status === STATUS.executed ? ALLOWED : told;
    this.agree('execute', changes, found, expected);
    if (found !== ALLOWED) {
      expect(status).toBe(STATUS.invalidated);
      expect(this.table).toEqual(before);
      return;
    }
    for (const { key, proposed } of changes) {
      const { min, max, maxStep } = parameterOf(key);
      const was = before.values[KEYS.indexOf(key)] as bigint;
      const from = clamp(was, min, max);
      const step = proposed > from ? proposed - from : from - proposed;
      expect([this.valueOf(key), maxStep === 0n || step <= maxStep]).toEqual([proposed, true]);
      this.foreign.delete(key);
    }
  }

  private agree(when: string, changes: readonly Change[], found: Verdict, expected: Verdict): void {
    const count = `${when} ${expected.rule}`;
    this.verdicts.set(count, (this.verdicts.get(count) ?? 0) + 1);
    const comparable = Object.fromEntries(Object.keys(expected).map((name) => [name, found[name as keyof Verdict]]));
    expect({ when, changes, verdict: comparable }).toEqual({ when, changes, verdict: expected });
  }

  private checkBounds(): void {
    for (const key of KEYS) {
      if (this.foreign.has(key)) continue;
      const { min, max } = parameterOf(key);
      const value = this.valueOf(key);
      if (value < min || value > max) throw new Error(`${key} is ${value}, outside ${min} to ${max}`);
    }
  }

  /** A value that an older table allowed, left in the account. Parts of a sum stay as they are. */
  private driftFromOutside({ key, part }: Aim): void {
    if (key === UNKNOWN || FEE_PARTS.includes(key) || MARGINS.includes(key)) return;
    const id = KEYS.indexOf(key);
    const { min, max } = parameterOf(key);
    // The stake must go on reaching its minimum, and no proposal may find its place taken.
    if (['max_active_proposals', 'min_proposal_stake'].includes(key)) return;
    const value = part % 2 === 0 ? max + BigInt(part) : min - BigInt(part);
    const { values, changedAt } = this.table;
    this.write({ values: values.with(id, value), changedAt: changedAt.with(id, this.chamber.now - BigInt(part)) });
    this.foreign.add(key);
  }

  /** Another proposal that changes one of the same keys and executes first. */
  private async driftByProposal(changes: readonly Change[], driftAim: Aim): Promise<void> {
    const key = changes[0]?.key;
    if (key === undefined || FEE_PARTS.includes(key)) return;
    const change = this.changeAt({ ...driftAim, key });
    const proposal = await this.submit([change]);
    if (proposal !== null) this.execute(proposal, [change]);
  }

  private changeAt({ key, at, offset, part }: Aim): Change {
    if (key === UNKNOWN) return { key, proposed: 1n };
    const { min, max, maxStep } = parameterOf(key);
    const current = this.valueOf(key);
    const from = clamp(current, min, max);
    const base = {
      anywhere: min + ((max - min) * BigInt(part)) / 1_000n,
      current,
      max,
      min,
      'step down': from - maxStep,
      'step up': from + maxStep,
    }[at];
    return { key, proposed: base + offset };
  }

  /** The parts of the fee that make the sum whole with those drawn already. */
  private feePartsFor(drawn: readonly Change[]): Change[] {
    const own = drawn.filter(({ key }) => FEE_PARTS.includes(key));
    const rest = FEE_PARTS.filter((key) => own.every((change) => change.key !== key));
    const [last] = rest;
    if (own.length === 0 || last === undefined) return [];
    const known = own.reduce((sum, { proposed }) => sum + proposed, 0n);
    const kept = rest.slice(1).reduce((sum, key) => sum + this.valueOf(key), 0n);
    return [{ key: last, proposed: 10_000n - known - kept }];
  }

  private valueOf(key: string): bigint {
    return this.table.values[KEYS.indexOf(key)] as bigint;
  }

  private sinceChange(key: string): bigint | null {
    const changedAt = this.table.changedAt[KEYS.indexOf(key)] as bigint;
    return changedAt === 0n ? null : this.chamber.now - changedAt;
  }

  private write(change: Partial<ReturnType<Chamber['parameters']>>): void {
    const { chamber } = this;
    this.table = { ...this.table, ...change };
    const data = padded(encodeParameters(this.table), PARAMETERS_BYTES);
    chamber.svm.put(chamber.at.parameters, data, GOVERNANCE_PROGRAM_ADDRESS);
  }
}

function onWire({ key, proposed }: Change): ParameterChange {
  return { id: key === UNKNOWN ? ROWS - 1 : KEYS.indexOf(key), value: proposed };
}

function arrange(changes: readonly Change[], isSorted: boolean): Change[] {
  if (!isSorted) return [...changes];
  const unique = new Map(changes.map((change) => [change.key, change]));
  return [...unique.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** The verdict of the rules of governance/; no key, value or limit where a rule names none. */
function verdictOf(check: () => void): Verdict {
  const refusal = refusalOf(check);
  if (refusal === null) return ALLOWED;
  const { rule, key, value, limit } = refusal;
  return {
    rule,
    ...(key === null || value === null ? {} : { key }),
    ...(value === null ? {} : { value, limit: limit ?? 0n }),
  };
}

/** The verdict of the program, from its error number and its log line. */
function refusalIn(code: number | null, logs: readonly string[]): Verdict {
  const rule = (errorNames.get(code ?? 0) ?? `error ${code}`).replace(/(?<=.)([A-Z])/g, '_$1').toUpperCase();
  const [, key, named, value, limit] = logs.map((line) => REFUSAL_LINE.exec(line)).find((line) => line !== null) ?? [];
  if (named === undefined) return { rule };
  return { rule: rule === named ? rule : `${rule} with a line of ${named}`, key, value: big(value), limit: big(limit) };
}

function clamp(value: bigint, min: bigint, max: bigint): bigint {
  if (value < min) return min;
  return value > max ? max : value;
}

function big(text: string | undefined): bigint {
  return BigInt(text ?? '0');
}

function padded(data: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(data);
  return bytes;
}
