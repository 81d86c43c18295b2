/**
 * Every setting as a flag: `API_PORT` is `--api-port`. A flag wins over the environment.
 * @module
 */
import { type Command, Option } from 'commander';
import { type Environment, type SettingName, settingTable } from '../indexer/domain/settings.ts';

const names = Object.keys(settingTable) as SettingName[];
const flagOf = (name: SettingName) => name.toLowerCase().replaceAll('_', '-');
const optionKeyOf = (name: SettingName) => flagOf(name).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Hidden from each command's own help: the list stands once, in `plumbline help`. */
export function addSettingFlags(command: Command): void {
  for (const name of names)
    command.addOption(new Option(`--${flagOf(name)} <value>`, settingTable[name].meaning).hideHelp());
}

export function environmentWithFlags(
  environment: Environment,
  options: Readonly<Record<string, unknown>>,
): Environment {
  const given = names.flatMap((name) => {
    const value = options[optionKeyOf(name)];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { ...environment, ...Object.fromEntries(given) };
}

export function settingsHelp(): string {
  const rows = names.map((name) => {
    const { fallback, meaning } = settingTable[name];
    return `  ${name.padEnd(31)}${meaning}${fallback ? ` (${String(fallback)})` : ''}`;
  });
  return ['', 'Settings, from the environment or as a flag (API_PORT=4001 or --api-port 4001):', ...rows].join('\n');
}
