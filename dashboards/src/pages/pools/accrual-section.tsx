/**
 * What every epoch brought to a pool, from the events of its accruals.
 * @module
 */
import { axisText } from '../../chart/axis-text.ts';
import { Bars } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { PoolQuery } from '../../queries.generated.ts';
import { asNumber, INT_DECIMALS, rounded, USDC_DECIMALS } from '../../text/amount.ts';

type AccrualEvent = PoolQuery['accruals']['edges'][number]['node'];

interface Accrual {
  readonly epoch: string;
  readonly total_rewards_transferred: string;
  readonly delegator_rewards: string;
  readonly operator_reward_commission: string;
  readonly total_usdc_transferred: string;
  readonly delegator_usdc_earnings: string;
  readonly signature: string;
  readonly blockTime: string | null;
}

const int = (value: string) => <AmountText value={value} decimals={INT_DECIMALS} unit="INT" />;
const usdc = (value: string) => <AmountText value={value} decimals={USDC_DECIMALS} unit="USDC" />;

export function AccrualSection({ accruals }: { accruals: readonly AccrualEvent[] | null }) {
  const rows =
    accruals?.map(({ fields, signature, blockTime }) => ({
      ...(JSON.parse(fields) as Accrual),
      signature,
      blockTime,
    })) ?? null;
  return (
    <Panel id="accruals" title="Reward history" note="What each epoch brought, as the chain paid it">
      {rows !== null && rows.length > 0 && <AccrualChart accruals={rows.toReversed()} />}
      <DataTable
        caption="Accruals, newest first"
        rows={rows}
        keyOf={({ epoch, signature }) => `${epoch}/${signature}`}
        emptyText="No epoch has been accrued yet."
        columns={[
          {
            header: 'Epoch',
            cell: ({ epoch }) => <a href={hrefOf.epoch(epoch)}>Epoch {epoch}</a>,
            sortBy: ({ epoch }) => BigInt(epoch),
          },
          {
            header: 'Rewards, INT',
            isNumber: true,
            cell: (each) => int(each.total_rewards_transferred),
            sortBy: (each) => BigInt(each.total_rewards_transferred),
          },
          {
            header: 'To the stake',
            isNumber: true,
            cell: (each) => int(each.delegator_rewards),
            sortBy: (each) => BigInt(each.delegator_rewards),
          },
          {
            header: 'Commission',
            isNumber: true,
            cell: (each) => int(each.operator_reward_commission),
            sortBy: (each) => BigInt(each.operator_reward_commission),
          },
          {
            header: 'Earnings, USDC',
            isNumber: true,
            cell: (each) => usdc(each.total_usdc_transferred),
            sortBy: (each) => BigInt(each.total_usdc_transferred),
          },
          { header: 'To the shares', isNumber: true, cell: (each) => usdc(each.delegator_usdc_earnings) },
          { header: 'When', cell: ({ blockTime }) => <Moment at={blockTime} /> },
          { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
        ]}
      />
    </Panel>
  );
}

function AccrualChart({ accruals }: { accruals: readonly Accrual[] }) {
  const value = (each: Accrual) => asNumber(each.total_rewards_transferred, INT_DECIMALS);
  const most = Math.max(...accruals.map(value), 0);
  const first = Number(accruals[0]?.epoch);
  const last = Number(accruals.at(-1)?.epoch);
  return (
    <Plot
      label="Rewards by epoch"
      height={150}
      x={{ from: first - 0.6, to: last + 0.6, kind: 'number' }}
      y={{ low: 0, high: most, text: axisText(most) }}
      picks={accruals.map((each) => ({
        x: Number(each.epoch),
        title: `Epoch ${each.epoch}`,
        values: [
          { name: 'rewards', mark: 'a', text: `${rounded(each.total_rewards_transferred, INT_DECIMALS, 2)} INT` },
          { name: 'earnings', text: `${rounded(each.total_usdc_transferred, USDC_DECIMALS, 2)} USDC` },
        ],
      }))}
    >
      {(scales) => (
        <Bars
          scales={scales}
          mark="a"
          bars={accruals.map((each) => ({
            from: Number(each.epoch) - 0.35,
            to: Number(each.epoch) + 0.35,
            y: value(each),
            exact: each.total_rewards_transferred,
          }))}
        />
      )}
    </Plot>
  );
}
