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
import { LogWalker } from './log-walk.ts';
import { type DiscriminatorIndex, startsWith, type TaggedEvent } from './program-version.ts';
import { type RegisteredProgram, versionAt } from './registry.ts';

/** First eight bytes of SHA-256 of `anchor:event`, reversed. */
export const EVENT_TAG = Uint8Array.of(0xe4, 0x45, 0xa5, 0x2e, 0x51, 0xcb, 0x9a, 0x1d);
const NOTHING = new Uint8Array(0);

/** Where the events of a block go, and what is none but may become one. */
export interface EventSink {
  readonly events: DecodedEvent[];
  readonly undecoded: Undecoded[];
}

/** True for a call that is nothing but the carrier of an event. */
export function isEventCall(node: CallNode, transaction: Transaction): boolean {
  const { program, parent, instruction } = node;
  if (program === null || parent?.program !== program || instruction.accounts.length !== 1) return false;
  if (!startsWith(instruction.data, 0, EVENT_TAG)) return false;
  const authority = transaction.accountKeys[instruction.accounts[0] ?? -1];
  return authority !== undefined && Buffer.compare(authority, program.eventAuthority) === 0;
}

/** True when the logs show more calls than the tree has: its inner instructions were left out by the server. */
function logsNameOthers(tree: CallTree, logs: readonly string[]): boolean {
  return logs.reduce((count, line) => count + (parseLogLine(line).kind === 'invoke' ? 1 : 0), 0) > tree.nodes.length;
}

/** Decodes the events of one transaction after another. */
export class EventDecoder {
  private readonly walker = new LogWalker();
  private transactionIndex = 0;
  /** Payloads of the transaction so far: an event's position does not depend on whether those before it can be decoded. */
  private payloadCount = 0;

  constructor(
    private readonly sink: EventSink,
    private readonly slot: bigint,
  ) {}

  /**
   * Take the events of a transaction that succeeded.
   * @returns false when its logs were cut, absent or not to be trusted, so that events may be missing
   */
  take(transaction: Transaction, tree: CallTree): boolean {
    const { walker } = this;
    const { logMessages } = transaction;
    const status = walker.walk(tree, logMessages);
    this.transactionIndex = transaction.index;
    this.payloadCount = 0;
    for (let step = 0; step < walker.stepCount; step += 1) {
      const node = walker.nodes[step] as CallNode;
      const payload = walker.payloads[step] as string | null;
      if (payload !== null) this.takeLog(node, payload);
      else if (isEventCall(node, transaction)) this.takeCall(node);
    }
    // Calls that the logs did not reach, or all of them when the logs are not believed: they need no logs.
    const enteredCount = status === 'untrusted' ? 0 : walker.enteredCount;
    for (let index = enteredCount; index < tree.nodes.length; index += 1) {
      const node = tree.nodes[index] as CallNode;
      if (isEventCall(node, transaction)) this.takeCall(node);
    }
    if (status === 'untrusted') this.takeUntrusted(tree, logMessages ?? []);
    if (status === 'complete') return true;
    // Without logs nothing can be said of a transaction; with cut ones it matters only where our programs ran.
    return logMessages !== null && tree.isSound && !tree.callsOurs && !logsNameOthers(tree, logMessages);
  }

  private takeLog(node: CallNode, payload: string): void {
    const data = fromBase64(payload);
    if (data === null) this.refuse(node, 'log', 'not_base64', Buffer.from(payload));
    else this.takePayload(node, 'log', data);
  }

  private takeCall(node: CallNode): void {
    this.takePayload(node, 'cpi', node.instruction.data.subarray(EVENT_TAG.length));
  }

  /** Keep what looks like an event of ours, under nobody's path: logs and instructions contradict each other. */
  private takeUntrusted(tree: CallTree, logs: readonly string[]): void {
    const programs = new Set(tree.nodes.flatMap(({ program }) => program ?? []));
    for (const [ordinal, text] of logs.entries()) {
      const line = parseLogLine(text);
      const data = line.kind === 'data' ? (fromBase64(line.payload) ?? NOTHING) : NOTHING;
      const program = data.length === 0 ? undefined : [...programs].find((each) => this.eventsOf(each)?.find(data, 0));
      if (program === undefined) continue;
      const { transactionIndex } = this;
      const at = { transactionIndex, path: [], programId: program.id, ordinal, position: 0, publicKey: null };
      this.sink.undecoded.push({ ...at, ...LOGGED, reason: 'untrusted_logs', data });
    }
  }

  private takePayload(node: CallNode, transport: DecodedEvent['transport'], data: Uint8Array): void {
    const program = node.program as RegisteredProgram;
    const read = readEvent(this.eventsOf(program), data);
    if (typeof read === 'string') {
      this.refuse(node, transport, read, data);
      return;
    }
    // Member by member: a spread inside a literal costs more than the decoding of the event.
    this.sink.events.push({
      transactionIndex: this.transactionIndex,
      path: node.path,
      programId: program.id,
      ordinal: node.eventCount,
      position: this.payloadCount,
      transport,
      data,
      name: read.name,
      table: read.table,
      fields: read.fields,
      payloadAt: read.payloadAt,
      layout: read.layout,
    });
    this.count(node);
  }

  private eventsOf(program: RegisteredProgram): DiscriminatorIndex<TaggedEvent> | null {
    return versionAt(program, this.slot)?.events ?? null;
  }

  private count(node: CallNode): void {
    node.eventCount += 1;
    this.payloadCount += 1;
  }

  private refuse(
    node: CallNode,
    transport: DecodedEvent['transport'],
    reason: UndecodedReason,
    data: Uint8Array,
  ): void {
    const { path, program, eventCount: ordinal } = node;
    const programId = (program as RegisteredProgram).id;
    const { transactionIndex, payloadCount: position } = this;
    const at = { transactionIndex, path, programId, ordinal, position, publicKey: null };
    this.sink.undecoded.push({ ...at, ...LOGGED, transport, reason, data });
    this.count(node);
  }
}

const LOGGED = { source: 'event', transport: 'log', accounts: [] } as const;

export type ReadEvent = Required<Pick<DecodedEvent, 'name' | 'table' | 'fields' | 'payloadAt' | 'layout'>>;

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
