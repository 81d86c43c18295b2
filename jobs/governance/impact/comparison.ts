/**
 * Old against new, by measure and by whom: sums per operator class, who wins and who loses most. Pure.
 * @module
 */
import { compareBytes } from '../../../indexer/domain/base58.ts';

/** What is compared; base units of its token, scores in ppm. */
export const MEASURES = ['rewards', 'incentives', 'score', 'income_infer', 'income_usdc'] as const;
export type Measure = (typeof MEASURES)[number];

/** Tier of the provider; of a pool that of the provider with most work for it, or none. */
export const OPERATOR_CLASSES = ['consumer', 'mining_fleet', 'data_center', 'stake_only'] as const;
export type OperatorClass = (typeof OPERATOR_CLASSES)[number];

export interface Compared {
  readonly old: bigint;
  readonly proposed: bigint;
}

export interface Mover extends Compared {
  readonly measure: Measure;
  /** A pool for rewards, else a provider. */
  readonly address: Uint8Array;
  readonly operatorClass: OperatorClass;
}

export interface ClassImpact extends Compared {
  readonly measure: Measure;
  readonly operatorClass: OperatorClass;
  /** Pools or providers. */
  readonly count: number;
}

/** Collects what each subject has on both sides. */
export class Comparison {
  readonly #subjects = new Map<Measure, Map<string, { address: Uint8Array; old: bigint; proposed: bigint }>>();

  add(measure: Measure, address: Uint8Array, { old, proposed }: Compared): void {
    const of = this.#of(measure, address);
    of.old += old;
    of.proposed += proposed;
  }

  /** Of what is not summed over epochs: the last one counts. */
  set(measure: Measure, address: Uint8Array, { old, proposed }: Compared): void {
    Object.assign(this.#of(measure, address), { old, proposed });
  }

  /** Subjects of a measure, the greatest gain first; equal ones by address. */
  movers(measure: Measure, classOf: (address: Uint8Array) => OperatorClass): Mover[] {
    const all = [...(this.#subjects.get(measure)?.values() ?? [])];
    return all
      .map(({ address, old, proposed }) => ({ measure, address, old, proposed, operatorClass: classOf(address) }))
      .sort((left, right) => compareGains(left, right) || compareBytes(left.address, right.address));
  }

  #of(measure: Measure, address: Uint8Array) {
    const subjects = this.#subjects.get(measure) ?? new Map();
    this.#subjects.set(measure, subjects);
    const name = Buffer.from(address).toString('latin1');
    const found = subjects.get(name) ?? { address, old: 0n, proposed: 0n };
    subjects.set(name, found);
    return found;
  }
}

function compareGains(left: Compared, right: Compared): number {
  const [one, other] = [left.proposed - left.old, right.proposed - right.old];
  return one === other ? 0 : one > other ? -1 : 1;
}

/** Sums of each class; of scores the mean, rounded down. Classes without anybody are left out. */
export function classImpacts(movers: readonly Mover[]): ClassImpact[] {
  return OPERATOR_CLASSES.flatMap((operatorClass) => {
    const of = movers.filter((each) => each.operatorClass === operatorClass);
    const [first] = of;
    if (first === undefined) return [];
    const divisor = first.measure === 'score' ? BigInt(of.length) : 1n;
    const sum = (side: 'old' | 'proposed') => of.reduce((all, each) => all + each[side], 0n) / divisor;
    return [{ measure: first.measure, operatorClass, count: of.length, old: sum('old'), proposed: sum('proposed') }];
  });
}
