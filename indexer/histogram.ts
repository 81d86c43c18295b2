/**
 * Counts of observed values below fixed bounds, as a Prometheus histogram: what percentiles over any time are taken from.
 * @module
 */
export interface HistogramFacts {
  readonly count: number;
  readonly sum: number;
  /** Upper bound, inclusive, and the number of values up to it; the last bound is `+Inf`. */
  readonly buckets: readonly (readonly [upperBound: string, count: number])[];
}

export class Histogram {
  readonly #counts: number[];
  #sum = 0;

  /** @param bounds ascending */
  constructor(private readonly bounds: readonly number[]) {
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(value: number): void {
    const index = this.bounds.findIndex((bound) => value <= bound);
    const bucket = index < 0 ? this.bounds.length : index;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += value;
  }

  facts(): HistogramFacts {
    let count = 0;
    const buckets = this.#counts.map((each, index) => {
      count += each;
      return [String(this.bounds[index] ?? '+Inf'), count] as const;
    });
    return { count, sum: this.#sum, buckets };
  }
}
