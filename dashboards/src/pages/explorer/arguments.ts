/**
 * Arguments of a call as a flat list: those of structs by their path. Pure.
 * @module
 */
import { shortened } from '../../text/shortened.ts';

export interface Argument {
  readonly name: string;
  readonly text: string;
  readonly short: string;
}

const LONG = 24;

/** @param args JSON of the call's arguments, as the API gives it */
export function argumentsOf(args: string): Argument[] {
  return flat('', JSON.parse(args) as unknown);
}

function flat(name: string, value: unknown): Argument[] {
  const isStruct = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isStruct) {
    return Object.entries(value).flatMap(([key, each]) =>
      flat(name === '' || name === 'args' ? key : `${name}.${key}`, each),
    );
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [{ name, text, short: text.length > LONG ? shortened(text) : text }];
}
