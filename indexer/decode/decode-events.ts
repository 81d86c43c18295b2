/**
 * The events of one transaction that succeeded, from its logs and from self-CPI, with what could not be decoded.
 *
 * A self-CPI event has to be all of this: an instruction of the program, called by that same program, that begins with
 * Anchor's event tag and has the program's event authority as its only account. Source: anchor, lang/src/event.rs.
 * @module
 */
import type { Transaction } from '../domain/chain.ts';
import type { CallNode, CallTree } from './call-tree.ts';
import type { DecodedEvent, Undecoded, UndecodedReason } from './decoded-block.ts';
import { parseLogLine } from './log-line.ts';
import { type LogWalk, walkLogs } from './log-walk.ts';
import { type DiscriminatorIndex, startsWith, type TaggedEvent } from './program-version.ts';
import { type RegisteredProgram, versionAt } from './registry.ts';

/** First eight bytes of SHA-256 of `anchor:event`, reversed. */
const EVENT_TAG = Uint8Array.of(0xe4, 0x45, 0xa5, 0x2e, 0x51, 0xcb, 0x9a, 0x1d);
const NOTHING = new Uint8Array(0);

export interface TransactionEvents {
  readonly events: readonly DecodedEvent[];
  readonly undecoded: readonly Undecoded[];
  /** False when the logs were cut, absent or not to be trusted, so that events may be missing. */
  readonly isComplete: boolean;
}

export function decodeEvents(transaction: Transaction, tree: CallTree, slot: bigint): TransactionEvents {
  const walk = walkLogs(tree, transaction.logMessages);
  const collector = new EventCollector(transaction, slot);
  for (const step of walk.steps) {
    if (step.payload !== null) collector.takeLog(step.node, step.payload);
    else if (isEventCall(step.node, transaction)) collector.takeCall(step.node);
  }
  // Calls that the logs did not reach, or all of them when the logs are not believed: they need no logs.
  const enteredCount = walk.status === 'untrusted' ? 0 : walk.enteredCount;
  for (let index = enteredCount; index < tree.nodes.length; index += 1) {
    const node = tree.nodes[index] as CallNode;
    if (isEventCall(node, transaction)) collector.takeCall(node);
  }
  if (walk.status === 'untrusted') collector.takeUntrusted(tree, transaction.logMessages ?? []);
  return { ...collector.result(), isComplete: isComplete(walk, tree, transaction) };
}

/** True for a call that is nothing but the carrier of an event. */
export function isEventCall(node: CallNode, transaction: Transaction): boolean {
  const { program, parent, instruction } = node;
  if (program === null || parent?.program !== program || instruction.accounts.length !== 1) return false;
  if (!startsWith(instruction.data, 0, EVENT_TAG)) return false;
  const authority = transaction.accountKeys[instruction.accounts[0] ?? -1];
  return authority !== undefined && Buffer.compare(authority, program.eventAuthority) === 0;
}

/** Without logs nothing can be said of a transaction; with cut ones it matters only where our programs ran. */
function isComplete(walk: LogWalk, tree: CallTree, transaction: Transaction): boolean {
  if (walk.status === 'complete') return true;
  return (
    transaction.logMessages !== null &&
    tree.isSound &&
    !tree.callsOurs &&
    !logsNameOthers(tree, transaction.logMessages)
  );
}

/** True when the logs show more calls than the tree has: its inner instructions were left out by the server. */
function logsNameOthers(tree: CallTree, logs: readonly string[]): boolean {
  return logs.reduce((count, line) => count + (parseLogLine(line).kind === 'invoke' ? 1 : 0), 0) > tree.nodes.length;
}

class EventCollector {
  private readonly events: DecodedEvent[] = [];
  private readonly undecoded: Undecoded[] = [];
  /** Payloads so far: an event's position does not depend on whether those before it can be decoded. */
  private payloadCount = 0;

  constructor(
    private readonly transaction: Transaction,
    private readonly slot: bigint,
  ) {}

  result(): { readonly events: readonly DecodedEvent[]; readonly undecoded: readonly Undecoded[] } {
    return { events: this.events, undecoded: this.undecoded };
  }

  takeLog(node: CallNode, payload: string): void {
    const data = fromBase64(payload);
    if (data === null) this.refuse(node, this.nextPlace(node, 'log'), 'not_base64', Buffer.from(payload));
    else this.take(node, 'log', data);
  }

  takeCall(node: CallNode): void {
    this.take(node, 'cpi', node.instruction.data.subarray(EVENT_TAG.length));
  }

  /** Keep what looks like an event of ours, under nobody's path: logs and instructions contradict each other. */
  takeUntrusted(tree: CallTree, logs: readonly string[]): void {
    const programs = new Set(tree.nodes.flatMap(({ program }) => program ?? []));
    for (const [ordinal, text] of logs.entries()) {
      const line = parseLogLine(text);
      const data = line.kind === 'data' ? (fromBase64(line.payload) ?? NOTHING) : NOTHING;
      const program = data.length === 0 ? undefined : [...programs].find((each) => this.eventsOf(each)?.find(data, 0));
      if (program === undefined) continue;
      const { index } = this.transaction;
      const at = { transactionIndex: index, path: [], programId: program.id, ordinal, position: 0, publicKey: null };
      this.undecoded.push({ ...at, ...LOGGED, reason: 'untrusted_logs', data });
    }
  }

  private take(node: CallNode, transport: 'log' | 'cpi', data: Uint8Array): void {
    const place = this.nextPlace(node, transport);
    const program = node.program as RegisteredProgram;
    const read = readEvent(this.eventsOf(program), data);
    if (typeof read === 'string') {
      this.refuse(node, place, read, data);
      return;
    }
    this.events.push({
      transactionIndex: this.transaction.index,
      path: node.path,
      programId: program.id,
      ...place,
      data,
      ...read,
    });
  }

  private eventsOf(program: RegisteredProgram): DiscriminatorIndex<TaggedEvent> | null {
    return versionAt(program, this.slot)?.events ?? null;
  }

  private nextPlace(node: CallNode, transport: DecodedEvent['transport']): EventPlace {
    const ordinal = node.eventCount;
    node.eventCount += 1;
    const position = this.payloadCount;
    this.payloadCount += 1;
    return { ordinal, position, transport };
  }

  private refuse(node: CallNode, place: EventPlace, reason: UndecodedReason, data: Uint8Array): void {
    const { path, program } = node;
    const programId = (program as RegisteredProgram).id;
    const { index: transactionIndex } = this.transaction;
    this.undecoded.push({ transactionIndex, path, programId, ...LOGGED, ...place, reason, data, publicKey: null });
  }
}

type EventPlace = Pick<DecodedEvent, 'ordinal' | 'position' | 'transport'>;

const LOGGED = { source: 'event', transport: 'log', accounts: [] } as const;

export type ReadEvent = Pick<DecodedEvent, 'name' | 'table' | 'fields' | 'payloadAt' | 'layout'>;

/** What a payload is by the events of a program's version; the reason where it is none of them. */
export function readEvent(
  index: DiscriminatorIndex<TaggedEvent> | null,
  data: Uint8Array,
): ReadEvent | UndecodedReason {
  if (index === null) return 'unknown_program_version';
  const event = index.find(data, 0);
  if (event === null) return 'unknown_discriminator';
  const { decoder, discriminator, name, table } = event;
  if (decoder === null) return 'unsupported_layout';
  const fields = decoder.decodeExact(data, discriminator.length);
  return typeof fields === 'string'
    ? fields
    : { name, table, fields, payloadAt: discriminator.length, layout: decoder.layout };
}

/** Bytes of one base64 text as the runtime writes it; `null` for several texts or anything else. */
function fromBase64(text: string): Uint8Array | null {
  if (text.length === 0 || text.length % 4 !== 0) return null;
  const data = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  // Node skips what is not base64 instead of refusing it, which the length gives away.
  return data.length === (text.length / 4) * 3 - padding ? data : null;
}
