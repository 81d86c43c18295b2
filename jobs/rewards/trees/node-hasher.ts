/**
 * SHA-256 of tree nodes, and of nothing else: 0x01, left, right are always 65 bytes, two blocks of which the second holds
 * one byte of the message. Its 256 possible schedules are made once, so a node costs one expansion and two compressions,
 * without a call into native code. Source: FIPS 180-4, section 6.2; names are the standard's.
 * @module
 */

const WORDS = 8;
const ROUNDS = 64;

/** Fractional parts of roots of the first primes, as the standard defines its constants. */
function constants(count: number, exponent: number): Int32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return Int32Array.from(primes, (prime) => rootFraction(BigInt(prime), exponent));
}

/** First 32 bits of the fraction of the square (2) or cube (3) root, by integer arithmetic. */
function rootFraction(prime: bigint, exponent: number): number {
  const scaled = prime << BigInt(32 * exponent);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(exponent) <= scaled) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}

const K = constants(ROUNDS, 3);
const H = constants(WORDS, 2);

/** Fills `w[16..]` from `w[..16]`, then adds the round constants. */
function expand(w: Int32Array): void {
  for (let t = 16; t < ROUNDS; t += 1) {
    const a = w[t - 15] as number;
    const b = w[t - 2] as number;
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    w[t] = ((w[t - 16] as number) + s0 + (w[t - 7] as number) + s1) | 0;
  }
  for (let t = 0; t < ROUNDS; t += 1) w[t] = ((w[t] as number) + (K[t] as number)) | 0;
}

/** The second block's schedules, one per last byte: that byte, 0x80, zeros, the length of 520 bits. */
const lastSchedules: readonly Int32Array[] = Array.from({ length: 256 }, (_, byte) => {
  const w = new Int32Array(ROUNDS);
  w[0] = (byte << 24) | 0x80_0000;
  w[15] = 520;
  expand(w);
  return w;
});

/** One compression of `state` by a schedule that has the round constants in it. */
function compress(state: Int32Array, w: Int32Array): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < ROUNDS; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + (w[t] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}

/**
 * Hash every level of a heap of nodes from its leaves to its root.
 * @param words eight big-endian words per node, as numbers; node 0 is unused, the leaves fill the second half
 */
export function hashHeap(words: Int32Array): void {
  const state = new Int32Array(WORDS);
  const w = new Int32Array(ROUNDS);
  for (let node = words.length / WORDS / 2 - 1; node >= 1; node -= 1) {
    const children = 2 * node * WORDS;
    // The leading byte shifts all words of the children by eight bits.
    let previous = 1;
    for (let index = 0; index < 16; index += 1) {
      const word = words[children + index] as number;
      w[index] = (previous << 24) | (word >>> 8);
      previous = word;
    }
    expand(w);
    state.set(H);
    compress(state, w);
    compress(state, lastSchedules[previous & 0xff] as Int32Array);
    words.set(state, node * WORDS);
  }
}
