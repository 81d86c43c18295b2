/**
 * Operator pools of the staking program.
 * @module
 */
import { DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import type { NetworkQuery } from '../../queries.generated.ts';
import { count, INT_DECIMALS, percent, tokens } from '../../text/amount.ts';

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
          { header: 'Pool', cell: (pool) => <span class="name">{pool.name}</span> },
          { header: 'Address', cell: (pool) => <ShortKey value={pool.address} what="pool" /> },
          {
            header: 'Stake, INT',
            isNumber: true,
            isLong: true,
            cell: (pool) => tokens(pool.totalStaked, INT_DECIMALS),
          },
          { header: 'Commission', isNumber: true, cell: commissions },
          { header: 'Last claimed', isNumber: true, cell: (pool) => count(pool.lastClaimedEpoch) },
          { header: 'State', cell: stateOf },
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

function stateOf({ closedAtEpoch, haltedAt }: Pool): string {
  if (closedAtEpoch !== null) return `closed in ${closedAtEpoch}`;
  return haltedAt === null ? 'open' : 'halted';
}
