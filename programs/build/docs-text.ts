/**
 * Tables of a program for docs/programs, from its IDL and its measured costs. Pure.
 * @module
 */
import { InputError } from '../../indexer/domain/errors.ts';
import type { Idl } from './idl.ts';
import { accountBytes, typeNamed } from './idl-size.ts';

/** `programs/<name>/costs.json`: by instruction the compute units of the success path, by account its bytes. */
export interface Costs {
  readonly units: Readonly<Record<string, number>>;
  readonly bytes: Readonly<Record<string, number>>;
}

export const TABLES_START = '<!-- tables: written by programs/build/generate-docs.ts, not by hand -->';
export const TABLES_END = '<!-- end of tables -->';

/** The document with what stands between the markers replaced. @throws InputError `DOCS__NO_MARKERS` */
export function withTables(document: string, tables: string): string {
  const [start, end] = [document.indexOf(TABLES_START), document.indexOf(TABLES_END)];
  if (start < 0 || end < start) {
    throw new InputError('DOCS__NO_MARKERS', `The document needs the lines ${TABLES_START} and ${TABLES_END}`, {});
  }
  return `${document.slice(0, start)}${TABLES_START}\n\n${tables}\n\n${document.slice(end)}`;
}

/** Accounts, instructions, events and errors of one program. @throws InputError `IDL__UNKNOWN_TYPE` */
export function programTables(idl: Idl, costs: Costs | null): string {
  const accounts = idl.accounts.map((account) => {
    const bytes = costs?.bytes[account.name] ?? accountBytes(idl, account);
    return [account.name, bytes === null ? '' : count(bytes), docs(typeNamed(idl, account.name).docs)];
  });
  const instructions = idl.instructions.map(({ name, accounts: items, docs: lines }) => {
    const units = costs?.units[name];
    const signers = items.filter(({ signer }) => signer === true).map((item) => `\`${item.name}\``);
    const measured = units === undefined ? '' : count(units);
    return [`\`${name}\``, signers.join(', '), count(items.length), measured, docs(lines)];
  });
  const events = idl.events.map(({ name }) => {
    const { fields } = typeNamed(idl, name).type;
    return [name, fields.map((field) => `\`${field.name}\``).join(', ')];
  });
  const errors = idl.errors.map(({ code, name, msg }) => [String(code), name, msg ?? '']);
  return [
    section('Accounts', ['account', 'bytes', 'what'], accounts),
    section('Instructions', ['instruction', 'signed by', 'accounts', 'compute units', 'does'], instructions),
    section('Events', ['event', 'fields'], events),
    section('Errors', ['number', 'name', 'cause'], errors),
  ].join('\n\n');
}

/** One line per program. */
export function overviewTable(programs: readonly { readonly folder: string; readonly idl: Idl }[]): string {
  const rows = programs.map(({ folder, idl }) => {
    const counts = [idl.instructions, idl.accounts, idl.events, idl.errors].map(({ length }) => count(length));
    return [`[${folder}](programs/${folder}.md)`, ...counts];
  });
  return table(['program', 'instructions', 'accounts', 'events', 'errors'], rows);
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `### ${title}\n\n${table(head, rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))];
  return lines.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Docs as one line; runs of dashes and stars that came from banners are dropped. */
function docs(lines: readonly string[] | undefined): string {
  const text = (lines ?? []).join(' ').replace(/[-*]{2,}|\s\*\s/g, ' ');
  return text.replace(/\s+/g, ' ').trim();
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
