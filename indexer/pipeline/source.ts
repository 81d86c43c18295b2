/**
 * The stage that stays connected: subscribes from the last committed block, assembles, hands facts on, and starts again
 * whenever the stream ends, breaks, falls silent or says something unreadable.
 *
 * Each connection has a stream and an assembler of its own: the server tells everything from the checkpoint anew, and
 * what was handed on already is recognised by the linker.
 * @module
 */
import { Assembler, type Fact } from '../assemble/assembler.ts';
import { PlumblineError, UpstreamError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import { type Feed, subscribeRequest } from '../stream/subscription.ts';
import type { StreamTransport, UpdateStream } from '../stream/transport.ts';
import type { Update } from '../stream/update.ts';
import { type Backoff, delayMs, pause } from './retry.ts';
import type { EndpointStatus } from './status.ts';

export interface SourceOptions {
  readonly transport: StreamTransport;
  readonly feed: Feed;
  readonly programs: readonly string[];
  /** First slot wanted now: the checkpoint, or the first slot of an empty database. */
  readonly fromSlot: () => Slot;
  /** Resolves when there is room for more; the socket waits meanwhile. */
  readonly emit: (fact: Fact) => Promise<void>;
  readonly status: EndpointStatus;
  readonly backoff: Backoff;
  /** Longest time without any message before the connection counts as dead. A server pings every 10 s. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
  readonly onDisconnect: (error: PlumblineError | null) => void;
}

/** Where to subscribe from instead of the checkpoint, after the server refused it. */
interface Replay {
  readonly fromSlot: Slot | null;
  readonly refusals: number;
}

/** Attempts from a slot before the tip is asked for. */
const PATIENCE = 3;

/**
 * Run until the signal is aborted. The first connection must come about; later ones are tried for ever.
 * @throws InputError `STREAM__UNAUTHENTICATED`, `STREAM__BAD_ENDPOINT`, `STREAM__SUBSCRIPTION_REFUSED`, and UpstreamError `STREAM__UNREACHABLE`, at start only
 */
export async function runSource(options: SourceOptions): Promise<void> {
  const { status, signal, backoff, onDisconnect } = options;
  let replay: Replay | null = null;
  let hasConnected = false;
  for (let failureCount = 0; !signal.aborted; ) {
    const blocksBefore = status.headSlot;
    const error = await followOnce(options, replay === null ? options.fromSlot() : replay.fromSlot);
    if (signal.aborted) return;
    hasConnected ||= status.isConnected;
    status.isConnected = false;
    replay = replayAfter(error, replay);
    if (replay !== null && replay.refusals < PATIENCE) continue;
    if (error !== null && !hasConnected && isFatalAtStart(error)) throw error;
    onDisconnect(error);
    status.reconnects += 1;
    status.lastError = error?.message ?? 'the server ended the stream';
    const isUseless = status.headSlot === blocksBefore || error?.code === 'STREAM__DISAGREES';
    failureCount = isUseless ? failureCount + 1 : 1;
    // Whoever will not replay may say so in words that nobody here knows: the tip is tried then, and RPC fills the rest.
    if (error?.code === 'STREAM__BROKEN' && failureCount >= PATIENCE) replay = { fromSlot: null, refusals: PATIENCE };
    await pause(delayMs(backoff, failureCount - 1), signal);
  }
}

/** A wrong address or token is for a person to mend, who is there when a process starts and not when it has run for a week. */
function isFatalAtStart(error: PlumblineError): boolean {
  return !error.retryable || error.code === 'STREAM__UNREACHABLE';
}

/** One connection, from its first request to its end; the error it ended with. */
async function followOnce(options: SourceOptions, fromSlot: Slot | null): Promise<PlumblineError | null> {
  const { transport, feed, programs, signal, status } = options;
  let stream: UpdateStream | null = null;
  const close = () => stream?.close();
  signal.addEventListener('abort', close);
  try {
    stream = await transport.open(subscribeRequest({ feed, programs, fromSlot }));
    status.queuedBytes = stream.queuedBytes ?? (() => 0);
    if (!signal.aborted) await follow(stream, options);
    return null;
  } catch (error) {
    if (error instanceof PlumblineError) return error;
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
    status.queuedBytes = () => 0;
    close();
  }
}

async function follow(stream: UpdateStream, options: SourceOptions): Promise<void> {
  const { status, emit, silenceMs, signal } = options;
  const assembler = new Assembler({ hasAccounts: true });
  for await (const updates of watched(stream, silenceMs)) {
    status.isConnected = true;
    for (const update of updates) {
      for (const fact of assembler.push(update)) await emit(fact);
    }
    if (assembler.headSlot !== null && assembler.headSlot > (status.headSlot ?? -1n)) {
      status.headSlot = assembler.headSlot;
    }
    if (signal.aborted) return;
  }
}

/** The same batches; a silence ends them with UpstreamError `STREAM__SILENT`. */
async function* watched(stream: UpdateStream, silenceMs: number): AsyncGenerator<readonly Update[]> {
  const batches = stream[Symbol.asyncIterator]();
  for (;;) {
    const next = await beforeSilence(batches.next(), silenceMs);
    if (next.done === true) return;
    yield next.value;
  }
}

function beforeSilence<T>(arrival: Promise<T>, silenceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `The stream was silent for ${silenceMs} ms`;
      reject(new UpstreamError('STREAM__SILENT', message, { silenceMs }));
    }, silenceMs);
    arrival.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Slots above the oldest one, since the server drops the oldest while we come back for it. */
const REPLAY_MARGIN_SLOTS = 4n;

/** From where to ask next: the oldest slot the server can replay, then a little later, then the tip. RPC fills the rest. */
function replayAfter(error: PlumblineError | null, before: Replay | null): Replay | null {
  if (error?.code !== 'STREAM__OUT_OF_RANGE') return null;
  const refusals = (before?.refusals ?? 0) + 1;
  const oldest = error.context['firstSlot'];
  if (typeof oldest !== 'bigint' || refusals >= PATIENCE) return { fromSlot: null, refusals };
  return { fromSlot: refusals === 1 ? oldest : oldest + REPLAY_MARGIN_SLOTS, refusals };
}
