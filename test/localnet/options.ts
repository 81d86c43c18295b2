/**
 * What a local chain can be told at its start, with defaults, and the reading of the command line of `main.ts`.
 * @module
 */
import { InputError } from '../../indexer/domain/errors.ts';

export interface LocalnetOptions {
  /** 0 takes any free port, here and below. */
  readonly rpcPort: number;
  readonly wsPort: number;
  readonly grpcPort: number;
  /** Absent: no control port. */
  readonly controlPort?: number | undefined;
  readonly dataDir: string;
  readonly seed: number;
  readonly programs: readonly { readonly id: string; readonly path: string }[];
  readonly usdcMintAuthority?: string | undefined;
  readonly slotMs: number;
  /** How far in the past a new chain begins; `passTime` brings it to the present. */
  readonly beginsSecondsAgo: number;
  readonly xToken?: string | undefined;
  /** Blocks on top of a block that is confirmed. */
  readonly confirmDepth: number;
  /** Slots that a stream can be replayed from. */
  readonly replaySlots: number;
  /** Bytes of a stream that may wait for a slow client. */
  readonly streamQueueBytes: number;
}

export const defaultOptions = {
  ...{ rpcPort: 8899, wsPort: 8900, grpcPort: 10_000, seed: 1, programs: [] },
  ...{ slotMs: 400, beginsSecondsAgo: 0, confirmDepth: 1, replaySlots: 150, streamQueueBytes: 256 << 20 },
} as const;

/** Thirty days. */
const LONGEST_PAST_SECONDS = 2_592_000;

const usage =
  'usage: main.ts --data-dir DIR [--rpc-port N] [--ws-port N] [--grpc-port N] [--control-port N] [--seed N] [--program ID=PATH]... [--usdc-mint-authority KEY] [--block-ms N] [--begins-seconds-ago N] [--x-token T]';

/** @throws InputError `LOCALNET__BAD_ARGUMENT`, naming the first argument that cannot be used */
export function readArguments(args: readonly string[]): LocalnetOptions {
  const given = new Map<string, string>();
  const programs: { id: string; path: string }[] = [];
  for (let i = 0; i < args.length; i += 2) {
    const [name, value] = [args[i] ?? '', args[i + 1]];
    if (!knownArguments.has(name) || value === undefined) throw bad(name, value);
    if (name === '--program') programs.push(readProgramArgument(value));
    else given.set(name, value);
  }
  const dataDir = given.get('--data-dir');
  if (dataDir === undefined) throw bad('--data-dir', undefined);
  return {
    ...defaultOptions,
    dataDir,
    programs,
    rpcPort: readNumber(given, '--rpc-port', defaultOptions.rpcPort, 65_535),
    wsPort: readNumber(given, '--ws-port', defaultOptions.wsPort, 65_535),
    grpcPort: readNumber(given, '--grpc-port', defaultOptions.grpcPort, 65_535),
    controlPort: given.has('--control-port') ? readNumber(given, '--control-port', 0, 65_535) : undefined,
    seed: readNumber(given, '--seed', defaultOptions.seed, Number.MAX_SAFE_INTEGER),
    slotMs: Math.max(1, readNumber(given, '--block-ms', defaultOptions.slotMs, 3_600_000)),
    beginsSecondsAgo: readNumber(given, '--begins-seconds-ago', defaultOptions.beginsSecondsAgo, LONGEST_PAST_SECONDS),
    usdcMintAuthority: given.get('--usdc-mint-authority'),
    xToken: given.get('--x-token'),
  };
}

const knownArguments = new Set(usage.match(/--[a-z-]+/g));

function readNumber(given: ReadonlyMap<string, string>, name: string, fallback: number, maximum: number): number {
  const text = given.get(name);
  if (text === undefined) return fallback;
  if (!/^\d{1,16}$/.test(text) || Number(text) > maximum) throw bad(name, text);
  return Number(text);
}

function readProgramArgument(value: string): { id: string; path: string } {
  const [id, path] = [value.slice(0, value.indexOf('=')), value.slice(value.indexOf('=') + 1)];
  if (id === '' || path === '' || !value.includes('=')) throw bad('--program', value);
  return { id, path };
}

function bad(name: string, value: string | undefined): InputError {
  const what = value === undefined ? `Argument ${name} is missing or unknown` : `Argument ${name} cannot be ${value}`;
  return new InputError('LOCALNET__BAD_ARGUMENT', `${what}; ${usage}`, { name });
}
