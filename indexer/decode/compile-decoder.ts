/**
 * A decoder made once per type: JavaScript written from the layout and compiled, which reads bytes at constant offsets
 * wherever the layout has them. Strict: a bad bool, tag or UTF-8 text, a list longer than the bytes that are left, or
 * a wrong length is a reason, never an exception and never a guess.
 *
 * The source text contains nothing of the IDL but names as JSON strings, which `parse-idl.ts` restricts to identifiers.
 * Source of the encoding: the Borsh specification.
 * @module
 */
import { DecoderSource } from './decoder-source.ts';
import type { StructLayout } from './layout.ts';
import { fixedSize } from './layout.ts';
import type { DecodedFields } from './value.ts';

export type DecodeFailure = 'length_mismatch' | 'trailing_bytes' | 'bad_encoding';

export interface Decoder {
  readonly layout: StructLayout;
  /** Fields of the bytes from `start` to the end, all of which must be used; a text is the reason why not. */
  decodeExact(data: Uint8Array, start: number): DecodedFields | DecodeFailure;
  /** Fields at `start`, whatever follows; `endOffset` of the last call is the first byte not used. */
  decodePrefix(data: Uint8Array, start: number): DecodedFields | DecodeFailure;
  endOffset(): number;
}

/** What the compiled text gives back: reads a value, throws one of the two signals. */
interface CompiledReader {
  read(data: Uint8Array, start: number): DecodedFields;
  end(): number;
}

/** Thrown inside compiled readers only. Not errors: no stack is taken, since hostile input throws them by the million. */
const SHORT = { reason: 'length_mismatch' } as const;
const BAD = { reason: 'bad_encoding' } as const;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Longer texts are left to the decoder, which looks at many bytes at once. */
const SHORT_TEXT_BYTES = 96;

function readText(data: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT_TEXT_BYTES && isAscii(data, start, end)) {
    return Buffer.prototype.latin1Slice.call(data, start, end);
  }
  try {
    return utf8.decode(data.subarray(start, end));
  } catch {
    throw BAD;
  }
}

function isAscii(data: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((data[at] as number) > 0x7f) return false;
  return true;
}

/** Compile a layout. Costs about a millisecond; the result is kept for the life of the registry. */
export function compileDecoder(layout: StructLayout): Decoder {
  const source = new DecoderSource(layout).text();
  const reader = new Function('SHORT', 'BAD', 'readText', source)(SHORT, BAD, readText) as CompiledReader;
  // All values have one length or there are many: a wrong one is told apart from bytes after a sound value.
  const fixed = fixedSize(layout);
  const wrongEnd: DecodeFailure = fixed === null ? 'trailing_bytes' : 'length_mismatch';
  const attempt = (data: Uint8Array, start: number): DecodedFields | DecodeFailure => {
    try {
      return reader.read(data, start);
    } catch (signal) {
      if (signal === SHORT || signal === BAD) return (signal as typeof SHORT | typeof BAD).reason;
      throw signal;
    }
  };
  return {
    layout,
    decodePrefix: attempt,
    decodeExact(data, start) {
      if (fixed !== null && data.length - start !== fixed) return 'length_mismatch';
      const fields = attempt(data, start);
      return typeof fields === 'string' || reader.end() === data.length ? fields : wrongEnd;
    },
    endOffset: () => reader.end(),
  };
}
