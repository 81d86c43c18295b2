/**
 * `GET /price/<model>`: what an hour of a GPU costs, as JSON: the newest reference rate with its status and what it was
 * made of, and the on-chain index beside it. A model is named by its number or its name in the catalogue.
 * @module
 */
import { toBase58 } from '../../indexer/domain/base58.ts';
import { checkInput } from '../../indexer/domain/errors.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import { canonicalHead } from '../../indexer/store/queries/chain/blocks.ts';
import { ratesBetween } from '../../indexer/store/queries/market/reference-rates.ts';
import { indexStateAsOf } from '../../indexer/store/queries/market/series.ts';
import { accountsAsOf } from '../../indexer/store/queries/rows/accounts.ts';
import { REFERENCE_RATE_RULE } from '../../jobs/market/reference-rate.ts';
import { decodeMarketplace } from '../../programs/marketplace/client.generated.ts';
import type { ProcessContext } from '../context.ts';

const HOUR_SECONDS = 3_600n;
/** Hours that are looked back over for the newest window with purchases. */
const HOURS_BACK = 24n * 31n;
const PATH = /^\/price\/([A-Za-z0-9_-]{1,64})$/;

/** `null` for a path that is none of a price. */
export function pricePath(path: string): string | null {
  return PATH.exec(path)?.[1] ?? null;
}

/** @throws InputError `API__NO_MODEL`; errors of the store */
export async function readPrice({ store, programs }: ProcessContext, asked: string): Promise<Record<string, unknown>> {
  const head = await canonicalHead(store);
  const slot = head?.slot ?? 0n;
  const { model, name } = await modelNamed({ store, programs }, asked, slot);
  const now = (await timeAtSlot(store, slot)) ?? 0n;
  const thisHour = now - (now % HOUR_SECONDS);
  const range = { lengthSeconds: HOUR_SECONDS, ruleVersion: REFERENCE_RATE_RULE };
  const fromTime = thisHour - HOURS_BACK * HOUR_SECONDS;
  const [rates, index] = await Promise.all([
    ratesBetween(store, { ...range, fromTime, toTime: thisHour }, model),
    indexStateAsOf(store, model, slot),
  ]);
  const rate = rates.at(-1);
  return {
    model,
    name,
    asOf: { slot, blockhash: head === null ? null : toBase58(head.blockhash), blockTime: now },
    referenceRate:
      rate === undefined
        ? null
        : {
            status: rate.status,
            usdcPerGpuHour: rate.status === 'OK' ? rate.rate : null,
            unit: 'base units of USDC (6 decimals) per GPU-hour, times 10^6',
            windowStart: rate.windowStart,
            windowSeconds: rate.lengthSeconds,
            isNewestWindow: rate.windowStart + HOUR_SECONDS === thisHour,
            ruleVersion: rate.ruleVersion,
            inputs: {
              purchaseCount: rate.purchaseCount,
              excludedCount: rate.excludedCount,
              gpuSeconds: rate.gpuSeconds,
              excludedGpuSeconds: rate.excludedGpuSeconds,
              // As over GraphQL: a partition that does not count has no price.
              partitions: rate.partitionValues.map((value) => (value === 0n ? null : value)),
              fromSlot: rate.firstSlot,
              toSlot: rate.lastSlot,
              sha256: rate.inputHash,
            },
          },
    index: index && {
      inferPerGpuHour: index.price,
      anchor: index.anchor,
      unit: 'base units of INFER (9 decimals) per GPU-hour, times 10^6',
      updatedAt: index.updatedAt,
    },
  };
}

async function modelNamed({ store, programs }: Pick<ProcessContext, 'store' | 'programs'>, asked: string, slot: Slot) {
  const [account] = await accountsAsOf(store, { program: programs.marketplace, name: 'Marketplace', slot, limit: 1 });
  const names = account ? decodeMarketplace(account.data).models.map(({ name }) => name) : [];
  const byName = names.findIndex((name) => name.toLowerCase() === asked.toLowerCase());
  const model = byName >= 0 ? byName : /^\d{1,3}$/.test(asked) ? Number(asked) : -1;
  checkInput(
    model >= 0 && model <= 255 && model < Math.max(names.length, 1),
    'API__NO_MODEL',
    `There is no GPU model ${asked}`,
  );
  return { model, name: names[model] ?? null };
}
