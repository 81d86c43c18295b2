/** The tables of docs/programs.md against the interface file. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Idl } from '../../../programs/build/idl.ts';

const idl = JSON.parse(readFileSync(new URL('../../../programs/marketplace/idl.json', import.meta.url), 'utf8')) as Idl;
const lines = readFileSync(new URL('../../../docs/programs.md', import.meta.url), 'utf8').split('\n');

it('docs/programs.md lists every instruction, account and error of the marketplace, and every field of its events', () => {
  for (const { code, name, msg } of idl.errors) expect(lines).toContain(`| ${code} | ${name} | ${msg} |`);
  for (const { name } of idl.instructions)
    expect(lines.filter((line) => line.startsWith(`| \`${name}\` | `))).toHaveLength(1);
  for (const { name } of idl.accounts)
    expect(lines.filter((line) => line.startsWith(`| ${name} | \`"${name}"\``))).toHaveLength(1);
  for (const { name } of idl.events) {
    const fields = idl.types.find((type) => type.name === name)?.type.fields ?? [];
    expect(lines).toContain(`| ${name} | ${fields.map((field) => `\`${field.name}\``).join(', ')} |`);
  }
});
