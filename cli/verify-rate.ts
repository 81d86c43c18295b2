/**
 * `plumbline verify rate <model> <time>`: the reference rate of the window that holds a time, computed again from the
 * purchases on record and compared with what was published; prints every input.
 * @module
 */
import { toBase58 } from '../indexer/domain/base58.ts';
import { checkInput, checkInvariant } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { programKeys } from '../jobs/chain/program-ids.ts';
import { type PricedPurchase, rateInputs } from '../jobs/market/rate-inputs.ts';
import { publishedRate } from '../jobs/market/refresh-rates.ts';
import { isRateEqual, windowRates } from '../jobs/market/window-rates.ts';
import { say } from './say.ts';

const [HOUR_SECONDS, DAY_SECONDS] = [3_600n, 86_400n];

/**
 * @param time Unix seconds, or a date such as 2026-11-21T14:00:00Z
 * @throws InputError `CLI__BAD_MODEL`, `CLI__BAD_TIME`, `VERIFY__NO_RATE`; InvariantError `VERIFY__RATE_DIFFERS`
 */
export async function runVerifyRate(
  settings: Settings,
  model: string,
  time: string,
  options: { daily?: boolean },
): Promise<void> {
  checkInput(/^\d{1,3}$/.test(model) && Number(model) < 256, 'CLI__BAD_MODEL', `${model} is not a model's number`);
  const lengthSeconds = options.daily === true ? DAY_SECONDS : HOUR_SECONDS;
  const at = timeOf(time);
  const window = { start: at - (at % lengthSeconds), lengthSeconds };
  const store = createStoreClient(settings);
  try {
    const inputs = await rateInputs(store, programKeys(settings), window, Number(model));
    const computed = inputs === null ? undefined : windowRates(inputs)[0];
    checkInput(computed !== undefined, 'VERIFY__NO_RATE', `Model ${model} has no purchases in that window`);
    for (const purchase of inputs?.purchases ?? []) say(lineOf(purchase));
    const published = await publishedRate(store, window, Number(model));
    checkInput(
      published !== null,
      'VERIFY__NO_RATE',
      'The rate of that window is not published: the worker has not come to it',
    );
    checkInvariant(
      isRateEqual(published, computed),
      'VERIFY__RATE_DIFFERS',
      `Published ${published.rate} of inputs ${published.inputHash}, computed ${computed.rate} of inputs ${computed.inputHash}`,
      { model, windowStart: window.start },
    );
    say(`window    ${window.start} + ${lengthSeconds} s, slots ${computed.firstSlot} to ${computed.lastSlot}`);
    say(
      `rate      ${computed.status === 'OK' ? `${computed.rate} base units of USDC per GPU-hour times 10^6` : computed.status}`,
    );
    say(`inputs    ${computed.purchaseCount}, of them ${computed.excludedCount} excluded; hash ${computed.inputHash}`);
    say(`equal to what was published (${computed.ruleVersion})`);
  } finally {
    await store.close();
  }
}

function timeOf(text: string): bigint {
  const milliseconds = /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  checkInput(Number.isFinite(milliseconds), 'CLI__BAD_TIME', `${text} is neither Unix seconds nor a date`);
  return BigInt(Math.floor(milliseconds / 1_000));
}

function lineOf({ slot, signature, price, gpuSeconds, cluster, exclusion }: PricedPurchase): string {
  const standing = exclusion === null ? '' : `  ${exclusion}`;
  return `slot ${slot}  ${toBase58(signature)}  ${gpuSeconds} GPU-s at ${price}  cluster ${cluster.slice(0, 16)}${standing}`;
}
