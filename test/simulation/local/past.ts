/**
 * The past of a local chain: a new one begins some hours ago and is brought to the present step by step, so that what takes
 * a day by the rules of the programs has happened by the time somebody looks.
 * @module
 */
import type { Network } from '../network.ts';

export interface ChainTime {
  /** What the next transactions read. */
  readonly unixSeconds: bigint;
  /** 0 in the present, which any chain but a new local one is in. */
  readonly behindSeconds: bigint;
}

interface PastRpc {
  localnet_passTime(seconds: number): { send(): Promise<{ readonly [Name in keyof ChainTime]: number }> };
}

const UNKNOWN_METHOD = -32_601;
/** A chain's clock may be behind that of this machine. */
const CLOCK_MARGIN_SECONDS = 2n;

/** Lets seconds of the past go by, 0 to learn the time. A chain that cannot be moved is in the present. */
export async function passTime({ rpc, sender }: Network, seconds: bigint): Promise<ChainTime> {
  try {
    const past = rpc as never as PastRpc;
    const time = await sender.patiently(() => past.localnet_passTime(Number(seconds)).send());
    return { unixSeconds: BigInt(time.unixSeconds), behindSeconds: BigInt(time.behindSeconds) };
  } catch (error) {
    if (codeOf(error) !== UNKNOWN_METHOD) throw error;
    const nowSeconds = BigInt(Math.floor(Date.now() / 1_000));
    return { unixSeconds: nowSeconds - CLOCK_MARGIN_SECONDS, behindSeconds: 0n };
  }
}

function codeOf(error: unknown): number | null {
  const { context } = error as { readonly context?: { readonly __code?: unknown } };
  return context?.__code === undefined ? null : Number(context.__code);
}
