/**
 * Writes `programs/shared/src/parameters.rs` and `docs/parameters.md` from the parameter table, so that programs, platform
 * and readers know the same bounds.
 *
 * `node --import tsx programs/build/generate-parameters.ts` writes; with `--check` it writes nothing and fails when a
 * committed file is not what the table gives. A parameter's id is its row in the table: rows are appended, never moved.
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkInput } from '../../indexer/domain/errors.ts';

/** One row of `governance/parameters.json`. */
interface Row {
  readonly key: string;
  readonly program: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly maxStep: number;
  readonly default: number;
  readonly cooldownSeconds: number;
  readonly rationale: string;
}

const TABLE = new URL('../../governance/parameters.json', import.meta.url);
const PARAMETERS_FILE = new URL('../shared/src/parameters.rs', import.meta.url);
const DOCUMENT_FILE = new URL('../../docs/parameters.md', import.meta.url);

const HEAD = `//! The governed numbers: bounds, steps, starting values and cooldowns. Generated from \`governance/parameters.json\` by
//! \`programs/build/generate-parameters.ts\`; an id is the row in that table.

/// Who keeps a copy of the value in force, beside the governance program that keeps all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Exchange,
    Governance,
    /// No program: the platform reads it from the governance program's events.
    Ledger,
    Marketplace,
    Staking,
}

pub struct Parameter {
    pub key: &'static str,
    pub holder: Holder,
    pub min: i64,
    pub max: i64,
    /// Largest change at once; 0 for no limit.
    pub max_step: i64,
    pub default: i64,
    pub cooldown_seconds: i64,
}
`;

const DOCUMENT_HEAD = `# Parameters

Written by \`programs/build/generate-parameters.ts\` from \`governance/parameters.json\`, the only place where a governed number is defined. Its number on the wire is its row, from 0.

A value lies between minimum and maximum. A proposal moves it by one step at most, where there is a limit, from the value in force, and not before the cooldown of its last change is over. \`fee_treasury_bps\`,
\`fee_burn_bps\` and \`fee_verifier_bps\` sum to 10000; \`maintenance_margin_bps\` stays below \`initial_margin_bps\`; each of these groups is handed over to governance together.
The program is the one that acts by the number; the ledger is the platform itself.
`;

function readRows(): Row[] {
  return JSON.parse(readFileSync(TABLE, 'utf8')) as Row[];
}

/** Text of `docs/parameters.md`. */
function documentText(rows: readonly Row[]): string {
  const number = (value: number) => value.toLocaleString('en-US');
  const cooldown = (seconds: number) => (seconds === 0 ? 'none' : `${number(seconds / 3_600)} h`);
  const lines = rows.map((row, id) => {
    const step = row.maxStep === 0 ? 'any' : number(row.maxStep);
    const values = [row.min, row.max].map(number);
    const cells = [id, `\`${row.key}\``, row.program, row.unit, ...values, step, number(row.default)];
    return `| ${[...cells, cooldown(row.cooldownSeconds), row.rationale].join(' | ')} |`;
  });
  const head = ['number', 'key', 'program', 'unit', 'min', 'max', 'step', 'default', 'cooldown', 'why'];
  const rule = head.map(() => '---');
  return [DOCUMENT_HEAD, `| ${head.join(' | ')} |`, `| ${rule.join(' | ')} |`, ...lines, ''].join('\n');
}

/** The files as they should be. */
function generated(): { readonly file: URL; readonly text: string }[] {
  const rows = readRows();
  return [
    { file: PARAMETERS_FILE, text: parametersText(rows) },
    { file: DOCUMENT_FILE, text: documentText(rows) },
  ];
}

/** Paths of the committed files that are not what the table gives. */
export function staleParameterFiles(): string[] {
  return generated()
    .filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
    .map(({ file }) => fileURLToPath(file));
}

/** Text of `parameters.rs`. */
function parametersText(rows: readonly Row[]): string {
  const entries = rows.map(
    (row) =>
      `    row("${row.key}", Holder::${capital(row.program)}, ${row.min}, ${row.max}, ${row.maxStep}, ${row.default}, ${row.cooldownSeconds}),`,
  );
  const ids = rows.map(({ key }, id) => `    pub const ${key.toUpperCase()}: u16 = ${id};`);
  return [
    HEAD,
    `pub const COUNT: usize = ${rows.length};\n`,
    '#[rustfmt::skip]',
    'pub static PARAMETERS: [Parameter; COUNT] = [',
    ...entries,
    '];\n',
    'const fn row(',
    "    key: &'static str,",
    '    holder: Holder,',
    '    min: i64,',
    '    max: i64,',
    '    max_step: i64,',
    '    default: i64,',
    '    cooldown_seconds: i64,',
    ') -> Parameter {',
    '    Parameter { key, holder, min, max, max_step, default, cooldown_seconds }',
    '}\n',
    '/// Ids by name.',
    'pub mod id {',
    ...ids,
    '}\n',
  ].join('\n');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function main(args: readonly string[]): void {
  if (!args.includes('--check')) {
    for (const { file, text } of generated()) writeFileSync(file, text);
    return;
  }
  const stale = staleParameterFiles();
  checkInput(stale.length === 0, 'PROGRAMS__STALE_PARAMETERS', `Generate again: ${stale.join(', ')}`, { stale });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
