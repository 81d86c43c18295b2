/**
 * The logs of one packed transaction beside its calls, byte by byte: what `decode/log-walk.ts` does for the lines that
 * nearly all logs consist of. At the first one that is anything else it gives up, and nothing of the walk counts.
 * @module
 */
import { ByteSource, isSame } from '../byte-source.ts';
import type { PackedCalls } from './calls.ts';
import type { CalledProgram } from './programs.ts';

const sourceOf = (text: string) => new ByteSource(Buffer.from(text));
const PROGRAM = sourceOf('Program ');
const TEXT = sourceOf('log: ');
const DATA = sourceOf('data: ');
const NO_DATA = sourceOf('data:');
const SUCCESS = sourceOf('success');
const INVOKE = sourceOf('invoke [');
const FAILED = sourceOf('failed: ');
const CONSUMED = sourceOf('consumed ');
const TRUNCATED = sourceOf('Log truncated');
const BEHIND = PROGRAM.bytes.length;
const SPACE = 0x20;
const BRACKET = 0x5d;
const ZERO = 0x30;

export class PackedLogs {
  /** What happened in calls of our programs: they began, or gave data to the log. */
  stepCount = 0;
  readonly calls: number[] = [];
  /** Where a payload stands and how long its text is; -1 for the beginning of the call. */
  readonly payloadsAt: number[] = [];
  readonly payloadLengths: number[] = [];
  private entered = 0;
  private running = -1;

  constructor(private readonly tree: PackedCalls) {}

  /** Walk the log; false where it is not one of a transaction that succeeded and was told as a whole. */
  walk(tape: Int32Array, from: ByteSource): boolean {
    const { tree } = this;
    this.stepCount = 0;
    this.entered = 0;
    this.running = -1;
    for (let log = 0, at = tree.logsAt; log < tree.logCount; log += 1, at += 2) {
      if (!this.take(from, tape[at] as number, tape[at + 1] as number)) return false;
    }
    return this.running < 0 && this.entered === tree.count;
  }

  private take(from: ByteSource, at: number, length: number): boolean {
    if (length < BEHIND || !isSame(PROGRAM, 0, from, at, BEHIND)) return !isWhole(TRUNCATED, from, at, length);
    const first = from.bytes[at + BEHIND];
    if (first === LETTER_L && startsWith(TEXT, from, at + BEHIND, at + length)) return true;
    if (first === LETTER_D) {
      if (startsWith(DATA, from, at + BEHIND, at + length)) return this.emit(at + DATA_BEHIND, length - DATA_BEHIND);
      if (isWhole(NO_DATA, from, at + BEHIND, length - BEHIND)) return false;
    }
    return this.takeCall(from, at, at + length);
  }

  /** A line about a call: its end, the beginning of the next one, or something that moves nothing. */
  private takeCall(from: ByteSource, at: number, end: number): boolean {
    const { tree, running, entered } = this;
    if (running >= 0) {
      const { line } = tree.programs[running] as CalledProgram;
      const behind = at + line.bytes.length;
      if (behind < end && isSame(line, 0, from, at, line.bytes.length)) {
        if (isWhole(SUCCESS, from, behind, end - behind)) {
          this.running = tree.parents[running] as number;
          return true;
        }
        if (startsWith(CONSUMED, from, behind, end)) return true;
      }
    }
    if (entered < tree.count && tree.parents[entered] === running && this.isInvoke(entered, from, at, end)) {
      this.entered += 1;
      this.running = entered;
      if ((tree.programs[entered] as CalledProgram).ours !== null) this.addStep(entered, -1, 0);
      return true;
    }
    return movesNothing(from, at, end);
  }

  private isInvoke(call: number, from: ByteSource, at: number, end: number): boolean {
    const { tree } = this;
    const { line } = tree.programs[call] as CalledProgram;
    const behind = at + line.bytes.length;
    const heightAt = behind + INVOKE.bytes.length;
    if (heightAt > end || !isSame(line, 0, from, at, line.bytes.length)) return false;
    if (!isSame(INVOKE, 0, from, behind, INVOKE.bytes.length)) return false;
    const height = tree.heights[call] as number;
    const { bytes } = from;
    if (height < 10)
      return end === heightAt + 2 && bytes[heightAt] === ZERO + height && bytes[heightAt + 1] === BRACKET;
    return (
      end === heightAt + 3 &&
      bytes[heightAt] === ZERO + 1 &&
      bytes[heightAt + 1] === ZERO + height - 10 &&
      bytes[heightAt + 2] === BRACKET
    );
  }

  private emit(at: number, length: number): boolean {
    const { running } = this;
    if (running < 0) return false;
    if ((this.tree.programs[running] as CalledProgram).ours !== null) this.addStep(running, at, length);
    return true;
  }

  private addStep(call: number, payloadAt: number, payloadLength: number): void {
    this.calls[this.stepCount] = call;
    this.payloadsAt[this.stepCount] = payloadAt;
    this.payloadLengths[this.stepCount] = payloadLength;
    this.stepCount += 1;
  }
}

const LETTER_D = 0x64;
const LETTER_L = 0x6c;
const DATA_BEHIND = BEHIND + DATA.bytes.length;

function startsWith(text: ByteSource, from: ByteSource, at: number, end: number): boolean {
  return at + text.bytes.length <= end && isSame(text, 0, from, at, text.bytes.length);
}

function isWhole(text: ByteSource, from: ByteSource, at: number, length: number): boolean {
  return length === text.bytes.length && isSame(text, 0, from, at, length);
}

/** True unless the line may say that a call began, was counted or ended; as `parseLogLine` looks behind the first word. */
function movesNothing(from: ByteSource, at: number, end: number): boolean {
  let behind = at + BEHIND;
  while (behind < end && from.bytes[behind] !== SPACE) behind += 1;
  if (behind === end) return true;
  return ![SUCCESS, INVOKE, FAILED, CONSUMED].some((text) => startsWith(text, from, behind + 1, end));
}
