/**
 * The co-signer process: judges every epoch that the authority publishes by its own record of the chain, and signs what it
 * finds. It commits nothing, and the authority commits nothing without it where REWARD_COSIGNER names its key.
 *
 *     plumbline co-sign
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { checkInput, messageOf } from '../../indexer/domain/errors.ts';
import type { Settings } from '../../indexer/domain/settings.ts';
import { startStatusServer } from '../../indexer/status-server.ts';
import { createStoreClient } from '../../indexer/store/clickhouse-client.ts';
import { readKeypairFile } from '../chain/keypair-file.ts';
import { createRewardContext } from '../rewards/reward-context.ts';
import { CoSigner } from './co-signer.ts';

const PAUSE_MS = 2_000;
/** Its status is at METRICS_PORT and this. */
const PORT_OFFSET = 2;

/** Run until `signal` is aborted. @throws InputError `COSIGN__NO_KEYPAIR`, `CHAIN__BAD_KEYPAIR`, `STATUS__PORT_TAKEN` */
export async function runCoSigner(settings: Settings, signal: AbortSignal): Promise<void> {
  const log = pino({ name: 'co-sign', level: settings.LOG_LEVEL }, pino.destination(2));
  const { COSIGNER_KEYPAIR: keypair, COSIGN_CLICKHOUSE_URL: theirUrl, METRICS_PORT: firstPort } = settings;
  checkInput(
    keypair !== '',
    'COSIGN__NO_KEYPAIR',
    'Set COSIGNER_KEYPAIR to the keypair file that verdicts are signed with',
  );
  const signer = await readKeypairFile(keypair);
  const store = createStoreClient(settings);
  const theirs = theirUrl === '' ? store : createStoreClient({ ...settings, CLICKHOUSE_URL: theirUrl });
  const coSigner = new CoSigner({ own: await createRewardContext(settings, store, signal), theirs, signer });
  const connection = { isConnected: true };
  const page = await startStatusServer(
    {
      process: 'cosigner',
      facts: () => ({ ...coSigner.status, ...connection, cosigner: signer.address }),
      metrics: [['isConnected', 'connected', 'gauge', '1 while the databases answer']],
    },
    settings.METRICS_HOST,
    firstPort === 0 ? 0 : firstPort + PORT_OFFSET,
  );
  log.info({ cosigner: signer.address }, 'judging published epochs');
  try {
    while (!signal.aborted) {
      await pass(coSigner, connection, log);
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await page.close();
    await store.close();
    if (theirs !== store) await theirs.close();
    log.info('stopped');
  }
}

async function pass(coSigner: CoSigner, connection: { isConnected: boolean }, log: Logger): Promise<void> {
  const before = `${coSigner.status.judgedRewardEpoch}/${coSigner.status.verdict}/${coSigner.status.reason}`;
  try {
    await coSigner.judgePublished();
    connection.isConnected = true;
  } catch (error) {
    if (connection.isConnected) log.warn({ error: messageOf(error) }, 'epochs cannot be judged now');
    connection.isConnected = false;
  }
  const { judgedRewardEpoch, verdict, reason } = coSigner.status;
  if (before === `${judgedRewardEpoch}/${verdict}/${reason}`) return;
  const text = verdict === 'blocked' ? 'an epoch is blocked' : 'an epoch was looked at';
  log[verdict === 'blocked' ? 'warn' : 'info']({ rewardEpoch: judgedRewardEpoch, verdict, reason }, text);
}
