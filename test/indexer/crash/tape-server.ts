/**
 * A Yellowstone server that plays a recorded tape: to whoever asks for a slot, everything from the first message about
 * that slot on. What it does wrong follows from a seed: messages come twice, stretches are told again, connections end in
 * the middle. What is dropped is dropped from every connection, so that every indexer has to live with the same.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SubscribeRequest } from '@triton-one/yellowstone-grpc';
import { createRandom, type Random } from '../../simulation/random.ts';
import { type ReplayServer, type Script, startReplayServer } from '../stream/replay-server.ts';
import type { TapeMessage } from './recorded-chain.ts';

export interface TapeOptions {
  readonly seed: number;
  readonly isDropped?: (message: TapeMessage) => boolean;
  /** Milliseconds between two slots of the tape; 0 plays as fast as it is taken. */
  readonly slotMs?: number;
  /** Whether the tape goes on while nobody listens, as a chain does, or waits, so that no process gets it all at once. */
  readonly whileAway?: 'plays' | 'waits';
  /** Connections that are cut before the first that is not. */
  readonly cuts?: number;
}

const DOUBLED = 0.1;
const TOLD_AGAIN = 0.01;
const STRETCH_MESSAGES = 25;
const MESSAGES_BEFORE_CUT = { least: 150, most: 400 };
const UNAVAILABLE = 14;

export function startTapeServer(tape: readonly TapeMessage[], options: TapeOptions): Promise<ReplayServer> {
  const { seed, isDropped = () => false, slotMs = 0, cuts = 0, whileAway = 'waits' } = options;
  const messages = withDoubles(
    tape.filter((each) => !isDropped(each)),
    createRandom(BigInt(seed)),
  );
  const startedAt = performance.now();
  let connectionCount = 0;
  const script: Script = async (call, request) => {
    const number = connectionCount++;
    const random = createRandom(BigInt(seed + number + 1));
    const { least, most } = MESSAGES_BEFORE_CUT;
    let left = number < cuts ? random.integer(least, most) : Number.POSITIVE_INFINITY;
    const wanted = messages.slice(firstIndexOf(messages, request));
    const [from, since] = whileAway === 'plays' ? [messages[0], startedAt] : [wanted[0], performance.now()];
    for (const message of wanted) {
      const dueMs = since + Number(message.slot - (from?.slot ?? 0n)) * slotMs - performance.now();
      if (dueMs > 0) await sleep(dueMs);
      if (call.cancelled || call.destroyed) return;
      if (left-- <= 0) {
        endStream(call, random.chance(0.5));
        return;
      }
      if (!call.write(message.bytes)) await drained(call);
    }
  };
  return startReplayServer(script);
}

type Call = Parameters<Script>[0];

function drained(call: Call): Promise<void> {
  const events = ['drain', 'close', 'cancelled'];
  return new Promise((resolve) => {
    const go = () => {
      for (const event of events) call.off(event, go);
      resolve();
    };
    for (const event of events) call.on(event, go);
  });
}

function endStream(call: Call, isOrderly: boolean): void {
  if (isOrderly) call.end();
  else call.emit('error', { code: UNAVAILABLE, details: 'the server goes away' });
}

function firstIndexOf(messages: readonly TapeMessage[], { fromSlot }: SubscribeRequest): number {
  const wanted = BigInt(fromSlot ?? '0');
  const index = messages.findIndex(({ slot }) => slot >= wanted);
  return index < 0 ? messages.length : index;
}

function withDoubles(tape: readonly TapeMessage[], random: Random): TapeMessage[] {
  const messages: TapeMessage[] = [];
  for (const [index, message] of tape.entries()) {
    messages.push(message);
    if (random.chance(DOUBLED)) messages.push(message);
    if (random.chance(TOLD_AGAIN)) messages.push(...tape.slice(Math.max(0, index - STRETCH_MESSAGES), index + 1));
  }
  return messages;
}
