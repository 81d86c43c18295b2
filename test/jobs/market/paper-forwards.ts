/**
 * Monotone convex forwards by the formulas as the paper prints them, in fractions without any rounding: slow, and what
 * the curve is compared with. Source: Hagan and West (2006), section "monotone convex"; the collar is that of the spec.
 * @module
 */
export class Exact {
  readonly over: bigint;
  readonly under: bigint;

  constructor(over: bigint, under = 1n) {
    [this.over, this.under] = under < 0n ? [-over, -under] : [over, under];
  }

  static of(value: number): Exact {
    let [whole, under] = [value, 1n];
    for (; !Number.isInteger(whole); whole *= 2) under *= 2n;
    return new Exact(BigInt(whole), under);
  }

  plus(other: Exact): Exact {
    return new Exact(this.over * other.under + other.over * this.under, this.under * other.under);
  }

  minus(other: Exact): Exact {
    return this.plus(other.times(-1));
  }

  times(other: Exact | number): Exact {
    const by = typeof other === 'number' ? Exact.of(other) : other;
    return new Exact(this.over * by.over, this.under * by.under);
  }

  per(other: Exact): Exact {
    return new Exact(this.over * other.under, this.under * other.over);
  }

  isBelow(other: Exact | number): boolean {
    return this.minus(typeof other === 'number' ? Exact.of(other) : other).over < 0n;
  }

  within(least: Exact, most: Exact): Exact {
    if (this.isBelow(least)) return least;
    return most.isBelow(this) ? most : this;
  }
}

const ZERO = new Exact(0n);
const ONE = new Exact(1n);

interface Quotes {
  readonly start: number;
  readonly periodEnds: readonly number[];
  readonly averages: readonly number[];
}

/** The knots of quoted periods, first to last. */
export function paperKnots({ start, periodEnds, averages }: Quotes): Exact[] {
  const times = [start, ...periodEnds].map(Exact.of);
  const quoted = averages.map(Exact.of);
  const [t, f] = [(index: number) => times[index] ?? ZERO, (index: number) => quoted[index - 1] ?? ZERO];
  const count = quoted.length;
  if (count === 1) return [f(1), f(1)];
  const length = (i: number) => t(i).minus(t(i - 1));
  const inner = (i: number) =>
    length(i)
      .times(f(i + 1))
      .plus(length(i + 1).times(f(i)))
      .per(length(i).plus(length(i + 1)));
  const outer = (average: Exact, knot: Exact) => average.minus(knot.minus(average).times(0.5));
  const bare = [
    outer(f(1), inner(1)),
    ...quoted.slice(1).map((_, index) => inner(index + 1)),
    outer(f(count), inner(count - 1)),
  ];
  return bare.map((knot, i) => knot.within(ZERO, least(f(Math.max(i, 1)), f(Math.min(i + 1, count))).times(2)));
}

function least(left: Exact, right: Exact): Exact {
  return left.isBelow(right) ? left : right;
}

/** How far the forward is from the average at `x` in (0, 1): the paper's `g`. */
export function paperDeviation(g0: Exact, g1: Exact, x: Exact): Exact {
  const opposed = g0.times(g1).isBelow(0);
  if (!opposed) return g0.over === 0n || g1.over === 0n ? ZERO : fourth(g0, g1, x);
  const ratio = g1.per(g0).times(-1);
  if (new Exact(2n).isBelow(ratio)) {
    const eta = g1.plus(g0.times(2)).per(g1.minus(g0));
    return eta.isBelow(x) ? g0.plus(g1.minus(g0).times(squared(x.minus(eta).per(ONE.minus(eta))))) : g0;
  }
  if (ratio.isBelow(0.5)) {
    const eta = g1.times(3).per(g1.minus(g0));
    return x.isBelow(eta) ? g1.plus(g0.minus(g1).times(squared(eta.minus(x).per(eta)))) : g1;
  }
  const square = squared(x).times(3);
  return g0.times(ONE.minus(x.times(4)).plus(square)).plus(g1.times(square.minus(x.times(2))));
}

function fourth(g0: Exact, g1: Exact, x: Exact): Exact {
  const eta = g1.per(g1.plus(g0));
  const a = g0.times(g1).per(g0.plus(g1)).times(-1);
  return x.isBelow(eta)
    ? a.plus(g0.minus(a).times(squared(eta.minus(x).per(eta))))
    : a.plus(g1.minus(a).times(squared(x.minus(eta).per(ONE.minus(eta)))));
}

function squared(value: Exact): Exact {
  return value.times(value);
}
