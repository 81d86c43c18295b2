/**
 * The text of an idl.json and the discriminators in it. Pure: the same IDL gives the same text.
 *
 * A value stands on one line where it fits into the line width, and on a line for each item where it does not.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Idl } from './idl.ts';
import { DISCRIMINATOR_BYTES } from './idl-size.ts';

const LINE_WIDTH = 120;

/** First 8 bytes of `sha256("<namespace>:<name>")`: Anchor's rule. */
export function discriminator(namespace: 'account' | 'event' | 'global', name: string): number[] {
  return [...createHash('sha256').update(`${namespace}:${name}`).digest().subarray(0, DISCRIMINATOR_BYTES)];
}

/** The IDL with every discriminator as its name gives it; nothing else is changed, keys keep their order. */
export function withDiscriminators(idl: Idl): Idl {
  return {
    ...idl,
    instructions: idl.instructions.map((item) => ({ ...item, discriminator: discriminator('global', item.name) })),
    accounts: idl.accounts.map((item) => ({ ...item, discriminator: discriminator('account', item.name) })),
    events: idl.events.map((item) => ({ ...item, discriminator: discriminator('event', item.name) })),
  };
}

/** Names of the items whose discriminator is missing or another than their name gives. */
export function wrongDiscriminators(idl: Idl): string[] {
  const right = withDiscriminators(idl);
  return (['instructions', 'accounts', 'events'] as const).flatMap((kind) =>
    idl[kind].flatMap(({ name, discriminator: found }, index) => {
      return String(found) === String(right[kind][index]?.discriminator) ? [] : [name];
    }),
  );
}

/** The file's text, with a line feed at its end. */
export function idlText(idl: Idl): string {
  return `${valueText(idl, 0, 0)}\n`;
}

/** @param lead characters that stand before the value on its line, with the indent, and the comma after it */
function valueText(value: unknown, indent: number, lead: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const line = lineText(value);
  if (indent > 0 && lead + line.length <= LINE_WIDTH) return line;
  const inner = indent + 2;
  const items = Array.isArray(value)
    ? value.map((item) => valueText(item, inner, inner + 1))
    : Object.entries(value).map(([key, item]) => {
        const label = `${JSON.stringify(key)}: `;
        return `${label}${valueText(item, inner, inner + label.length + 1)}`;
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const pad = ' '.repeat(inner);
  return `${open}\n${items.map((item) => `${pad}${item}`).join(',\n')}\n${' '.repeat(indent)}${close}`;
}

function lineText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${lineText(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
