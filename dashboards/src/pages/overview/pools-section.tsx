/**
 * Operator pools of the staking program.
 * @module
 */
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PoolState } from '../../parts/pool-state.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import type { NetworkQuery } from '../../queries.generated.ts';
import { count, INT_DECIMALS, percent } from '../../text/amount.ts';

type Pools = NetworkQuery['pools'];
type Pool = Pools['edges'][number]['node'];

export function PoolsSection({ pools }: { pools: Pools | null }) {
  const note = pools?.pageInfo.hasNextPage ? `The first ${pools.edges.length} by address` : undefined;
  return (
    <Panel id="pools" title="Pools" {...(note ? { note } : {})}>
      <DataTable
        caption="Operator pools"
        rows={pools?.edges.map(({ node }) => node) ?? null}
        keyOf={(pool) => pool.address}
        emptyText="No pool has been created yet."
        columns={[
          // A name is foreign text: it is shown as text, whatever it holds.
          {
            header: 'Pool',
            cell: ({ name, address }) => (
              <a class="name" href={hrefOf.pool(address)}>
                {name || 'without a name'}
              </a>
            ),
          },
          { header: 'Address', cell: (pool) => <ShortKey value={pool.address} what="pool" /> },
          {
            header: 'Stake, INT',
            isNumber: true,
            isLong: true,
            cell: ({ totalStaked }) => <AmountText value={totalStaked} decimals={INT_DECIMALS} unit="INT" />,
          },
          { header: 'Commission', isNumber: true, cell: commissions },
          {
            header: 'Last accrued',
            isNumber: true,
            cell: ({ lastClaimedEpoch }) => (
              <a class="quiet-link" href={hrefOf.epoch(lastClaimedEpoch)}>
                {count(lastClaimedEpoch)}
              </a>
            ),
          },
          { header: 'State', cell: (pool) => <PoolState pool={pool} /> },
        ]}
      />
    </Panel>
  );
}

function commissions({ rewardCommissionBps, usdcCommissionBps }: Pool) {
  const title = `Rewards ${percent(rewardCommissionBps)}, USDC ${percent(usdcCommissionBps)}`;
  return (
    <span class="nowrap" title={title}>
      {percent(rewardCommissionBps)} / {percent(usdcCommissionBps)}
    </span>
  );
}
