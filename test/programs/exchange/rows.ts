/**
 * Rows of the parameter table by key.
 * @module
 */
import { parameters } from '../../../governance/parameters.ts';

const ROWS = [...parameters.keys()];

/** @throws Error for a key that is not in the table */
export function id(key: string): number {
  const row = ROWS.indexOf(key);
  if (row < 0) throw new Error(`no parameter ${key}`);
  return row;
}
