/**
 * PROGRAMS: other programs to follow, by their IDL alone. Each becomes a row of the registry at the first start that names
 * it, so that every process and every later start know it.
 * @module
 */
import { addIdl, type NewIdl } from './add-idl.ts';
import { checkInput } from './domain/errors.ts';
import type { Settings } from './domain/settings.ts';
import type { StoreClient } from './store/clickhouse-client.ts';

const ENTRY = /^([1-9A-HJ-NP-Za-km-z]{32,44})=([^@]+?)(?:@(\d{1,15}))?$/;

/**
 * `ADDRESS=FILE[@SLOT]`, several by comma; without a slot the IDL is in force from the start of the chain.
 * @throws InputError `SETTINGS__INVALID`
 */
export function parsePrograms(text: string): NewIdl[] {
  const entries = text.split(',').map((each) => each.trim());
  return entries
    .filter((each) => each !== '')
    .map((each) => {
      const [, program, path, slot] = ENTRY.exec(each) ?? [];
      checkInput(
        program !== undefined && path !== undefined,
        'SETTINGS__INVALID',
        `Setting PROGRAMS has ${each.slice(0, 80)}: it takes ADDRESS=FILE or ADDRESS=FILE@SLOT, several by comma`,
        { name: 'PROGRAMS' },
      );
      return { program, path, fromSlot: BigInt(slot ?? '0'), prefix: null };
    });
}

/** @throws InputError `SETTINGS__INVALID` and the codes of `addIdl` */
export async function addConfiguredPrograms(settings: Settings, client: StoreClient): Promise<void> {
  for (const each of parsePrograms(settings.PROGRAMS)) await addIdl(settings, client, each);
}
