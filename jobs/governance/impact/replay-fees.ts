/**
 * What the payments of past reward epochs would have brought providers and network under other fees.
 * @module
 */
import type { Slot } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { type FeeRules, type IncomeRow, incomeUnder } from '../../../indexer/store/queries/rewards/archived-epochs.ts';
import type { Compared, Comparison } from './comparison.ts';

/** Base units, by what becomes of a fee and the token it was paid in. */
export type NetworkFees = readonly (Compared & {
  readonly token: 'INFER' | 'USDC';
  readonly part: 'burned' | 'treasury' | 'verifiers';
})[];

export interface FeeSides {
  /** Values in question, old and proposed; all others are those that govern now. */
  readonly sides: readonly [ReadonlyMap<string, bigint>, ReadonlyMap<string, bigint>];
  readonly currentOf: (key: string) => bigint;
}

export async function feesUnder(
  store: StoreClient,
  range: { readonly firstSlot: Slot; readonly lastSlot: Slot },
  usdcMint: Uint8Array,
  { sides, currentOf }: FeeSides,
  comparison: Comparison,
): Promise<NetworkFees> {
  const rulesOf = (values: ReadonlyMap<string, bigint>): FeeRules => {
    const value = (key: string) => values.get(key) ?? currentOf(key);
    return {
      ...{ platformFeeBps: value('platform_fee_bps'), hostBps: value('fee_split_host_pct') },
      ...{ burnBps: value('fee_burn_bps'), verifierBps: value('fee_verifier_bps') },
    };
  };
  const found = await incomeUnder(store, range, usdcMint, [rulesOf(sides[0]), rulesOf(sides[1])]);
  const isUsdc = ({ mint }: IncomeRow) => Buffer.compare(mint, usdcMint) === 0;
  for (const row of found) {
    const measure = isUsdc(row) ? 'income_usdc' : 'income_infer';
    comparison.add(measure, row.provider, { old: row.income, proposed: row.otherIncome });
  }
  return (['INFER', 'USDC'] as const).flatMap((token) => {
    const of = found.filter((row) => isUsdc(row) === (token === 'USDC'));
    const sum = (pick: (row: IncomeRow) => bigint) => of.reduce((all, row) => all + pick(row), 0n);
    const compared = (old: (row: IncomeRow) => bigint, proposed: (row: IncomeRow) => bigint) => {
      return { old: sum(old), proposed: sum(proposed) };
    };
    const treasury = compared(
      (row) => row.fee - row.burned - row.forVerifiers,
      (row) => row.otherFee - row.otherBurned - row.otherForVerifiers,
    );
    return [
      { token, part: 'treasury' as const, ...treasury },
      {
        token,
        part: 'burned' as const,
        ...compared(
          (row) => row.burned,
          (row) => row.otherBurned,
        ),
      },
      {
        token,
        part: 'verifiers' as const,
        ...compared(
          (row) => row.forVerifiers,
          (row) => row.otherForVerifiers,
        ),
      },
    ];
  });
}
