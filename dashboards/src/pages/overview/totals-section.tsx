/**
 * What the network holds and has done in all.
 * @module
 */
import { Figure, Figures } from '../../parts/figures.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { NetworkQuery } from '../../queries.generated.ts';
import { count, gpuHours, INFER_DECIMALS, INT_DECIMALS, rounded, tokens } from '../../text/amount.ts';

type Totals = NetworkQuery['network']['totals'];

export function TotalsSection({ totals }: { totals: Totals | null }) {
  return (
    <Panel id="totals" title="In total" note={totals === null ? '' : noteOf(totals)}>
      <Figures>
        <Amount id="total-stake" name="Staked in pools" value={totals?.staked} decimals={INT_DECIMALS} unit="INT" />
        <Amount id="total-bond" name="Bonds of providers" value={totals?.bond} decimals={INFER_DECIMALS} unit="INFER" />
        <Count id="total-orders" name="Orders" value={totals?.orderCount} />
        <Count id="total-settled" name="Delivered" value={totals?.settledCount} />
        <Count id="total-refunded" name="Refunded" value={totals?.refundedCount} />
        <Figure
          id="total-hours"
          name="GPU-hours delivered"
          value={totals === null ? '–' : gpuHours(totals.gpuSeconds)}
        />
      </Figures>
    </Panel>
  );
}

function noteOf({ poolCount, providerCount }: Totals): string {
  return `Of ${count(poolCount)} pools and ${count(providerCount)} providers`;
}

function Count({ id, name, value }: { id: string; name: string; value: string | undefined }) {
  return <Figure id={id} name={name} value={value === undefined ? '–' : count(value)} />;
}

interface AmountProps {
  readonly id: string;
  readonly name: string;
  /** Base units. */
  readonly value: string | undefined;
  readonly decimals: number;
  readonly unit: string;
}

function Amount({ id, name, value, decimals, unit }: AmountProps) {
  if (value === undefined) return <Figure id={id} name={name} value="–" />;
  const exact = `${tokens(value, decimals)} ${unit}`;
  return <Figure id={id} name={name} value={rounded(value, decimals, 0)} unit={unit} exact={exact} />;
}
