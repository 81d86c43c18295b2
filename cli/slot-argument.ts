/**
 * A slot on the command line.
 * @module
 */
import { checkInput } from '../indexer/domain/errors.ts';
import type { Slot } from '../indexer/domain/units.ts';

/** @throws InputError `CLI__BAD_SLOT` */
export function slotArgument(flag: string, text: string): Slot {
  checkInput(/^\d{1,15}$/.test(text), 'CLI__BAD_SLOT', `${flag} takes a slot, not ${text}`);
  return BigInt(text);
}
