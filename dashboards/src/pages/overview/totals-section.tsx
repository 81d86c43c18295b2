/**
 * What the network holds and has done in all: sums of the pools and providers that are listed below.
 * @module
 */
import { Figure, Figures } from '../../parts/figures.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { NetworkQuery } from '../../queries.generated.ts';
import { count, gpuHours, INFER_DECIMALS, INT_DECIMALS, rounded, tokens } from '../../text/amount.ts';

type Listed = Pick<NetworkQuery, 'pools' | 'providers'>;

export function TotalsSection({ listed }: { listed: Listed | null }) {
  const pools = listed?.pools.edges.map(({ node }) => node) ?? null;
  const providers = listed?.providers.edges.map(({ node }) => node) ?? null;
  return (
    <Panel id="totals" title="In total" note={listed === null ? '' : noteOf(listed)}>
      <Figures>
        <Amount
          id="total-stake"
          name="Staked in pools"
          values={pools?.map(({ totalStaked }) => totalStaked) ?? null}
          decimals={INT_DECIMALS}
          unit="INT"
        />
        <Amount
          id="total-bond"
          name="Bonds of providers"
          values={providers?.map(({ bond }) => bond) ?? null}
          decimals={INFER_DECIMALS}
          unit="INFER"
        />
        <Sum id="total-orders" name="Orders" values={providers?.map(({ orderCount }) => orderCount) ?? null} />
        <Sum id="total-settled" name="Delivered" values={providers?.map(({ settledCount }) => settledCount) ?? null} />
        <Sum
          id="total-refunded"
          name="Refunded"
          values={providers?.map(({ refundedCount }) => refundedCount) ?? null}
        />
        <Figure
          id="total-hours"
          name="GPU-hours delivered"
          value={providers === null ? '–' : gpuHours(sumOf(providers.map(({ gpuSeconds }) => gpuSeconds)))}
        />
      </Figures>
    </Panel>
  );
}

function noteOf({ pools, providers }: Listed): string {
  const some = (name: string, { edges, pageInfo }: Listed['pools'] | Listed['providers']) =>
    `${pageInfo.hasNextPage ? 'the first ' : ''}${count(edges.length)} ${name}`;
  return `Of ${some('pools', pools)} and ${some('providers', providers)}`;
}

function Sum({ id, name, values }: { id: string; name: string; values: readonly string[] | null }) {
  return <Figure id={id} name={name} value={values === null ? '–' : count(sumOf(values))} />;
}

interface AmountProps {
  readonly id: string;
  readonly name: string;
  /** Base units. */
  readonly values: readonly string[] | null;
  readonly decimals: number;
  readonly unit: string;
}

function Amount({ id, name, values, decimals, unit }: AmountProps) {
  if (values === null) return <Figure id={id} name={name} value="–" />;
  const sum = sumOf(values);
  return (
    <Figure
      id={id}
      name={name}
      value={rounded(sum, decimals, 0)}
      unit={unit}
      exact={`${tokens(sum, decimals)} ${unit}`}
    />
  );
}

function sumOf(values: readonly string[]): string {
  return String(values.reduce((sum, value) => sum + BigInt(value), 0n));
}
