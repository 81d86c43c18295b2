/**
 * Every setting of every process: name, default, meaning, check. The only place that reads the environment.
 * `plumbline help` lists this table; a value that does not pass stops the process with one line that names it.
 * @module
 */
import { z } from 'zod';
import { InputError } from './errors.ts';

const url = z.string().regex(/^(https?|rediss?|wss?):\/\/\S+$/, 'must be a URL with its scheme');
const port = z.coerce.number().int().min(0).max(65_535);
const publicKey = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'must be a base58 public key');
const positiveInteger = z.coerce.number().int().positive();

function setting<T extends z.ZodType>(schema: T, fallback: z.input<T> | undefined, meaning: string) {
  const withDefault = fallback === undefined ? schema.optional() : schema.default(fallback as never);
  return { schema: withDefault as unknown as z.ZodType<z.output<T>>, fallback, meaning };
}

export const settingTable = {
  DATA_DIR: setting(z.string().min(1), '.plumbline', 'folder of everything that is kept: ClickHouse, Redis, local chain, keys'),
  YELLOWSTONE_ENDPOINT: setting(url, 'http://127.0.0.1:10000', 'Yellowstone gRPC endpoint'),
  YELLOWSTONE_X_TOKEN: setting(z.string(), '', 'token of the endpoint, empty for none'),
  YELLOWSTONE_TRANSPORT: setting(z.enum(['raw', 'official']), 'raw', 'raw bytes over gRPC, or the official client'),
  YELLOWSTONE_FEED: setting(z.enum(['blocks', 'transactions']), 'blocks', 'filtered blocks, or transactions with block metas'),
  SOLANA_RPC_URL: setting(url, 'http://127.0.0.1:8899', 'Solana JSON-RPC endpoint'),
  SOLANA_GENESIS_HASH: setting(z.string(), '', 'genesis hash the endpoint must have, empty to accept the first one seen'),
  STAKING_PROGRAM_ID: setting(publicKey, 'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG', 'address of the staking program'),
  MARKETPLACE_PROGRAM_ID: setting(z.string(), '', 'address of the marketplace program, empty for the one in its IDL'),
  START_SLOT: setting(z.coerce.bigint().nonnegative(), '0', 'first slot of an empty database; 0 is the oldest the endpoint can replay'),
  CLICKHOUSE_URL: setting(url, 'http://127.0.0.1:8123', 'ClickHouse over HTTP, embedded or server'),
  CLICKHOUSE_USER: setting(z.string(), 'default', 'ClickHouse user'),
  CLICKHOUSE_PASSWORD: setting(z.string(), '', 'password of that user'),
  CLICKHOUSE_DATABASE: setting(z.string().regex(/^[A-Za-z_]\w*$/, 'must be an identifier'), 'plumbline', 'ClickHouse database'),
  REDIS_URL: setting(url, 'redis://127.0.0.1:6379', 'Redis of the job queues'),
  API_HOST: setting(z.string().min(1), '127.0.0.1', 'address that the API listens on'),
  API_PORT: setting(port, '4000', 'port of the API and the dashboard'),
  METRICS_PORT: setting(port, '9464', 'first port of the metrics; each further process takes the next'),
  REWARD_AUTHORITY_KEYPAIR: setting(z.string(), '', 'keypair file of the reward authority; empty: nothing is marked or committed'),
  FEE_PAYER_KEYPAIR: setting(z.string(), '', 'keypair file that pays for accruals; empty: the reward authority pays'),
  REWARD_EPOCH_SECONDS: setting(positiveInteger, '86400', 'length of a reward epoch when the schedule has no row yet'),
  REWARD_EPOCH_START: setting(z.coerce.bigint().nonnegative(), '0', 'Unix time at which reward epoch 1 starts; 0 takes the first block'),
  REWARD_CHALLENGE_SECONDS: setting(z.coerce.number().int().nonnegative(), '3600', 'time between publishing an epoch and its approval'),
  REWARD_AUTO_APPROVE: setting(z.enum(['true', 'false']), 'false', 'approve epochs without a person; for local chains'),
  LOG_LEVEL: setting(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info', 'lowest level that is logged'),
} as const;

export type SettingName = keyof typeof settingTable;
export type Settings = { readonly [K in SettingName]: z.output<(typeof settingTable)[K]['schema']> };

/**
 * Settings from an environment.
 * @throws InputError `SETTINGS__INVALID`, naming the first setting that does not pass
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const entries = Object.entries(settingTable).map(([name, { schema }]) => {
    const given = environment[name];
    const result = schema.safeParse(given === '' ? undefined : given);
    if (!result.success) {
      const reason = result.error.issues[0]?.message ?? 'not valid';
      throw new InputError('SETTINGS__INVALID', `Setting ${name}=${given ?? ''} cannot be used: ${reason}`, { name });
    }
    return [name, result.data] as const;
  });
  return Object.fromEntries(entries) as Settings;
}
