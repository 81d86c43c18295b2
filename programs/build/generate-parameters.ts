/**
 * Writes `programs/shared/src/parameters.rs` from the parameter table, so that programs and platform know the same bounds.
 *
 * `node --import tsx programs/build/generate-parameters.ts` writes; with `--check` it writes nothing and fails when the
 * committed file is not what the table gives. A parameter's id is its row in the table: rows are appended, never moved.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkInput } from '../../indexer/domain/errors.ts';

/** One row of `governance/parameters.json`, as far as programs need it. */
interface Row {
  readonly key: string;
  readonly program: string;
  readonly min: number;
  readonly max: number;
  readonly maxStep: number;
  readonly default: number;
  readonly cooldownSeconds: number;
}

const TABLE = new URL('../../governance/parameters.json', import.meta.url);
export const PARAMETERS_FILE = new URL('../shared/src/parameters.rs', import.meta.url);

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

/** Text of `parameters.rs`. */
export function parametersText(): string {
  const rows = JSON.parse(readFileSync(TABLE, 'utf8')) as Row[];
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
  const text = parametersText();
  if (!args.includes('--check')) {
    writeFileSync(PARAMETERS_FILE, text);
    return;
  }
  const isCurrent = readFileSync(PARAMETERS_FILE, 'utf8') === text;
  checkInput(isCurrent, 'PROGRAMS__STALE_PARAMETERS', 'Generate programs/shared/src/parameters.rs again', {});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
