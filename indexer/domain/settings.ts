/**
 * Every setting of every process: name, default, meaning, check. The only place that reads the environment.
 * `plumbline help` lists this table; a value that does not pass stops the process with one line that names it.
 * @module
 */
import { z } from 'zod';
import { InputError } from './errors.ts';
import { isKillPoint } from './kill-points.ts';
import { shownUrl } from './shown-url.ts';

const url = z
  .string()
  .regex(/^(https?|rediss?|wss?):\/\/\S+$/, 'must be a URL with its scheme')
  .refine((text) => URL.canParse(text), 'must be a URL with its scheme');
const clickHouseUrl = url.regex(/^https?:[^?#]+$/, 'must be an http or https URL without a query');
const urls = z
  .string()
  .regex(/^(https?:\/\/[^\s,]+)(\s*,\s*https?:\/\/[^\s,]+)*$/, 'must be a URL with its scheme, or several by comma');
const port = z.coerce.number().int().min(0).max(65_535);
const publicKey = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'must be a base58 public key');
const publicKeyOrNone = z.string().regex(/^([1-9A-HJ-NP-Za-km-z]{32,44})?$/, 'must be a base58 public key');
const positiveInteger = z.coerce.number().int().positive();

function setting<T extends z.ZodType>(schema: T, fallback: z.input<T> | undefined, meaning: string) {
  const withDefault = fallback === undefined ? schema.optional() : schema.prefault(fallback as never);
  return { schema: withDefault as unknown as z.ZodType<z.output<T>>, fallback, meaning };
}

export const settingTable = {
  DATA_DIR: setting(
    z.string().min(1),
    '.plumbline',
    'folder of everything that is kept: ClickHouse, Redis, local chain, keys',
  ),
  LOCAL_RPC_PORT: setting(port, '8899', 'JSON-RPC of the local chain'),
  LOCAL_WS_PORT: setting(port, '8900', 'websocket of the local chain'),
  LOCAL_YELLOWSTONE_PORT: setting(port, '10000', 'Yellowstone gRPC of the local chain'),
  LOCAL_SLOT_MS: setting(positiveInteger, '400', 'milliseconds of a slot of the local chain'),
  CLICKHOUSE_PORT: setting(port, '8123', 'HTTP of the embedded ClickHouse'),
  REDIS_PORT: setting(port, '6379', 'the Redis that `up` starts'),
  YELLOWSTONE_ENDPOINT: setting(
    urls,
    undefined,
    'Yellowstone gRPC endpoint, or several of one chain by comma, followed at once; unset: the local chain',
  ),
  YELLOWSTONE_X_TOKEN: setting(z.string(), '', 'token of the endpoint, by comma for several; empty for none'),
  YELLOWSTONE_TRANSPORT: setting(z.enum(['raw', 'official']), 'raw', 'raw bytes over gRPC, or the official client'),
  YELLOWSTONE_COMPRESSION: setting(
    z.enum(['none', 'gzip', 'zstd']),
    'none',
    'of what the endpoint sends, where it offers it; zstd needs the official client',
  ),
  YELLOWSTONE_FEED: setting(
    z.enum(['blocks', 'transactions']),
    'blocks',
    'filtered blocks, or transactions with block metas',
  ),
  SOLANA_RPC_URL: setting(url, undefined, 'Solana JSON-RPC endpoint; unset: the local chain'),
  SOLANA_GENESIS_HASH: setting(
    z.string(),
    '',
    'genesis hash the endpoint must have, empty to accept the first one seen',
  ),
  STAKING_PROGRAM_ID: setting(
    publicKey,
    'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG',
    'address of the staking program',
  ),
  MARKETPLACE_PROGRAM_ID: setting(z.string(), '', 'address of the marketplace program, empty for the one in its IDL'),
  EXCHANGE_PROGRAM_ID: setting(z.string(), '', 'address of the exchange program, empty for the one in its IDL'),
  GOVERNANCE_PROGRAM_ID: setting(z.string(), '', 'address of the governance program, empty for the one in its IDL'),
  PROGRAMS: setting(
    z.string(),
    '',
    'other programs to follow, by IDL: ADDRESS=FILE or ADDRESS=FILE@SLOT (in force from there), several by comma',
  ),
  OWN_PROGRAMS: setting(
    z.enum(['true', 'false']),
    'true',
    'follow Plumbline’s own programs; false follows PROGRAMS and added IDLs alone',
  ),
  START_SLOT: setting(
    z.coerce.bigint().nonnegative(),
    '0',
    'first slot of an empty database; 0 is the oldest the endpoint can replay',
  ),
  CLICKHOUSE_URL: setting(
    clickHouseUrl,
    undefined,
    'ClickHouse over HTTP, with the path of a proxy and user:password@ if need be; unset: the embedded one',
  ),
  CLICKHOUSE_USER: setting(z.string(), 'default', 'ClickHouse user, where CLICKHOUSE_URL names none'),
  CLICKHOUSE_PASSWORD: setting(z.string(), '', 'its password, where CLICKHOUSE_URL has none'),
  CLICKHOUSE_DATABASE: setting(
    z.string().regex(/^[A-Za-z_]\w*$/, 'must be an identifier'),
    'plumbline',
    'ClickHouse database',
  ),
  CLICKHOUSE_CLUSTER: setting(
    z.string().regex(/^(\w+|\{\w+\})?$/, 'must be the name of a cluster, or a macro as {cluster}'),
    '',
    'cluster of one shard whose replicas all hold the record; empty for one server',
  ),
  REDIS_URL: setting(url, undefined, 'Redis of the job queues; unset: the one that `up` starts'),
  API_HOST: setting(z.string().min(1), '127.0.0.1', 'address that the API listens on'),
  API_PORT: setting(port, '4000', 'port of the API and the dashboard'),
  API_POINTS_PER_MINUTE: setting(
    positiveInteger,
    '300000',
    'budget of an address, points of cost per minute; an API key has ten times as much; kept in Redis',
  ),
  API_KEY_HASHES: setting(
    z
      .string()
      .regex(/^([0-9a-fA-F]{64}(\s*,\s*[0-9a-fA-F]{64})*)?$/, 'must be SHA-256 in hexadecimal, several by comma'),
    '',
    'SHA-256 of API keys that may do everything, with ten times the budget of an address; several by comma',
  ),
  API_KEYS_FILE: setting(
    z.string(),
    '',
    'file of API keys, by their hashes, with scopes and budgets: docs/api.md; empty: everything is open to everybody',
  ),
  METRICS_HOST: setting(z.string().min(1), '127.0.0.1', 'address that the status and metrics of a process listen on'),
  METRICS_PORT: setting(port.max(65_533), '9464', 'first port of the metrics; each further process takes the next'),
  REWARD_AUTHORITY_KEYPAIR: setting(
    z.string(),
    '',
    'keypair file of the reward authority; empty: nothing is marked or committed',
  ),
  REWARD_AUTHORITY: setting(
    publicKeyOrNone,
    '',
    'address of the reward authority where its key is not here, as of a multisig; REWARD_AUTHORITY_KEYPAIR has its own',
  ),
  REWARD_COSIGNER: setting(
    publicKeyOrNone,
    '',
    'public key of the co-signer without whose approval nothing is committed; empty: nobody has to',
  ),
  COSIGNER_KEYPAIR: setting(z.string(), '', 'keypair file that plumbline co-sign signs its verdicts with'),
  COSIGN_CLICKHOUSE_URL: setting(
    z.union([clickHouseUrl, z.literal('')]),
    '',
    'ClickHouse of the authority, in which plumbline co-sign looks for artefacts and puts its verdicts; empty: CLICKHOUSE_URL',
  ),
  FEE_PAYER_KEYPAIR: setting(z.string(), '', 'keypair file that pays for accruals; empty: the reward authority pays'),
  REWARD_EPOCH_SECONDS: setting(positiveInteger, '86400', 'length of a reward epoch when the schedule has no row yet'),
  REWARD_EPOCH_START: setting(
    z.coerce.bigint().nonnegative(),
    '0',
    'Unix time at which reward epoch 1 starts; 0 takes the first block',
  ),
  REWARD_CHALLENGE_SECONDS: setting(
    z.coerce.number().int().nonnegative(),
    '3600',
    'time between publishing an epoch and its approval',
  ),
  REWARD_AUTO_APPROVE: setting(z.enum(['true', 'false']), 'false', 'approve epochs without a person; for local chains'),
  REWARD_FLAG_SHARE_BPS: setting(
    positiveInteger,
    '2500',
    'a pool that gets more of the emission than this is flagged, in basis points',
  ),
  REWARD_FLAG_CONCENTRATION_BPS: setting(
    positiveInteger,
    '2500',
    'sum of the squared shares above which an epoch is flagged; 10,000 where one pool has all',
  ),
  REWARD_FLAG_JUMP_BPS: setting(
    positiveInteger.min(10_000),
    '30000',
    'a pool that gets more than this part of its own mean, or as much less, is flagged',
  ),
  WEBHOOKS_FILE: setting(
    z.string(),
    '',
    'file of the webhooks that the worker tells of alerts, with their secrets: docs/webhooks.md; empty: nobody is told',
  ),
  LOG_LEVEL: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    'info',
    'lowest level that is logged',
  ),
  KILL_POINT: setting(
    z.string().refine(isKillPoint, 'must be a kill point, as after-cancel or after-cancel:2'),
    '',
    'for tests of crashes: where the process ends itself with SIGKILL',
  ),
} as const;

export type SettingName = keyof typeof settingTable;
type TableValues = { readonly [K in SettingName]: z.output<(typeof settingTable)[K]['schema']> };

/** Addresses that, left unset, are those of what `plumbline up` starts on this machine. */
const localAddresses = {
  YELLOWSTONE_ENDPOINT: 'LOCAL_YELLOWSTONE_PORT',
  SOLANA_RPC_URL: 'LOCAL_RPC_PORT',
  CLICKHOUSE_URL: 'CLICKHOUSE_PORT',
  REDIS_URL: 'REDIS_PORT',
} as const satisfies Partial<Record<SettingName, SettingName>>;

export type AddressSetting = keyof typeof localAddresses;
export type Settings = Omit<TableValues, AddressSetting> & Readonly<Record<AddressSetting, string>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from an environment.
 * @throws InputError `SETTINGS__INVALID`, naming the first setting that does not pass
 */
export function readSettings(environment: Environment = process.env): Settings {
  const entries = Object.entries(settingTable).map(([name, { schema }]) => {
    const given = environment[name];
    const result = schema.safeParse(given === '' ? undefined : given);
    if (!result.success) {
      const reason = result.error.issues[0]?.message ?? 'not valid';
      // A URL may hold a password or a key.
      const shown = given?.includes('://') ? shownUrl(given) : (given ?? '');
      throw new InputError('SETTINGS__INVALID', `Setting ${name}=${shown} cannot be used: ${reason}`, { name });
    }
    return [name, result.data] as const;
  });
  const values = Object.fromEntries(entries) as TableValues;
  return { ...values, ...addressesOf(values) };
}

/** True when the service at this address is one that `plumbline up` starts itself. */
export function isLocalAddress(environment: Environment, name: AddressSetting): boolean {
  return (environment[name] ?? '') === '';
}

function addressesOf(values: TableValues): Record<AddressSetting, string> {
  const address = (name: AddressSetting, scheme: string) =>
    values[name] ?? `${scheme}://127.0.0.1:${values[localAddresses[name]]}`;
  return {
    YELLOWSTONE_ENDPOINT: address('YELLOWSTONE_ENDPOINT', 'http'),
    SOLANA_RPC_URL: address('SOLANA_RPC_URL', 'http'),
    CLICKHOUSE_URL: address('CLICKHOUSE_URL', 'http'),
    REDIS_URL: address('REDIS_URL', 'redis'),
  };
}
