/**
 * Writes `programs/<name>/src/interface.rs` from `programs/<name>/idl.json`, for the programs whose interface is ours:
 * marketplace, exchange, governance. The staking program's is fixed elsewhere and stands in its own source.
 *
 *   node --import tsx programs/build/generate-interfaces.ts [--fill | --check] [name...]
 *
 * `--fill` first writes missing and wrong discriminators into idl.json and sets its lines. `--check` writes nothing and
 * fails when a committed file is not what its IDL gives. In lib.rs: `mod interface;`, private, so that the compiler names
 * every event, error and argument that no handler uses.
 * @module
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkInput } from '../../indexer/domain/errors.ts';
import type { Idl } from './idl.ts';
import { idlText, withDiscriminators, wrongDiscriminators } from './idl-text.ts';
import { interfaceText } from './interface-text.ts';

const PROGRAMS = new URL('../', import.meta.url);
const NAMES = ['exchange', 'governance', 'marketplace'] as const;

function idlFile(name: string): URL {
  return new URL(`${name}/idl.json`, PROGRAMS);
}

function interfaceFile(name: string): URL {
  return new URL(`${name}/src/interface.rs`, PROGRAMS);
}

function readIdl(name: string): Idl {
  return JSON.parse(readFileSync(idlFile(name), 'utf8')) as Idl;
}

/** @throws InputError `IDL__WRONG_DISCRIMINATOR`, and what `interfaceText` throws */
export function checkedInterfaceText(idl: Idl): string {
  const wrong = wrongDiscriminators(idl);
  checkInput(wrong.length === 0, 'IDL__WRONG_DISCRIMINATOR', `Discriminators do not follow from: ${wrong.join(', ')}`, {
    program: idl.metadata.name,
    wrong,
  });
  return interfaceText(idl);
}

/** Programs of this generator that have an IDL. */
export function interfaceNames(): string[] {
  return NAMES.filter((name) => existsSync(idlFile(name)));
}

/** Names whose committed `interface.rs` differs from what the IDL gives. */
export function staleInterfaces(names = interfaceNames()): string[] {
  return names.filter((name) => {
    const file = interfaceFile(name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== checkedInterfaceText(readIdl(name));
  });
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: { fill: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : interfaceNames();
  if (values.check) {
    const stale = staleInterfaces(names);
    checkInput(stale.length === 0, 'IDL__STALE_INTERFACE', `Generate again: ${stale.join(', ')}`, { stale });
    return;
  }
  for (const name of names) {
    if (values.fill) writeFileSync(idlFile(name), idlText(withDiscriminators(readIdl(name))));
    mkdirSync(new URL('./', interfaceFile(name)), { recursive: true });
    writeFileSync(interfaceFile(name), checkedInterfaceText(readIdl(name)));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
