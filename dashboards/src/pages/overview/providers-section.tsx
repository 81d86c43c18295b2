/**
 * Providers of the marketplace and what became of the orders they took.
 * @module
 */
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { NetworkQuery } from '../../queries.generated.ts';
import { count, gpuHours, INFER_DECIMALS } from '../../text/amount.ts';
import { tierName } from '../../text/words.ts';

type Providers = NetworkQuery['providers'];

export function ProvidersSection({ providers }: { providers: Providers | null }) {
  const note = providers?.pageInfo.hasNextPage ? `The first ${providers.edges.length} by address` : undefined;
  return (
    <Panel id="providers" title="Providers" {...(note ? { note } : {})}>
      <DataTable
        caption="Providers of the marketplace"
        rows={providers?.edges.map(({ node }) => node) ?? null}
        keyOf={(provider) => provider.address}
        emptyText="No provider has registered yet."
        columns={[
          {
            header: 'Provider',
            cell: (provider) => (
              <KeyLink href={hrefOf.provider(provider.address)} value={provider.address} what="provider" />
            ),
          },
          { header: 'Tier', cell: ({ tier }) => tierName(tier) },
          { header: 'Orders', isNumber: true, cell: (provider) => count(provider.orderCount) },
          { header: 'Delivered', isNumber: true, cell: (provider) => count(provider.settledCount) },
          { header: 'Refunded', isNumber: true, cell: (provider) => count(provider.refundedCount) },
          {
            header: 'GPU-hours',
            isNumber: true,
            cell: ({ gpuSeconds }) => <span title={`${count(gpuSeconds)} GPU-seconds`}>{gpuHours(gpuSeconds)}</span>,
          },
          {
            header: 'Bond, INFER',
            isNumber: true,
            cell: ({ bond }) => <AmountText value={bond} decimals={INFER_DECIMALS} unit="INFER" />,
          },
        ]}
      />
    </Panel>
  );
}
