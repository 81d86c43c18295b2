/**
 * What the treasury holds, where it came from, and what votes have spent.
 * @module
 */
import { DataTable } from '../../parts/data-table.tsx';
import { AccountLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TokenAmount } from '../../parts/token-amount.tsx';
import type { ParametersQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { type Mints, tokenOf } from '../../text/token.ts';
import { inWords } from '../../text/words.ts';

type Vault = ParametersQuery['network']['treasury'][number];
type Flow = Vault['inflows'][number];

export function TreasurySection({ treasury, mints }: { treasury: readonly Vault[] | null; mints: Mints | null }) {
  const amount = (value: string | null, mint: string) => <TokenAmount value={value} mint={mint} mints={mints} />;
  const sum = (flows: readonly Flow[]) => String(flows.reduce((total, each) => total + BigInt(each.amount), 0n));
  return (
    <Panel
      id="treasury"
      title="Treasury"
      note="Nothing but an executed vote can take anything out; open a token for its flows"
    >
      <DataTable
        caption="The treasury’s tokens"
        rows={treasury}
        keyOf={({ vault }) => vault}
        nameOf={({ mint }) => tokenOf(mint, mints)?.unit ?? mint}
        emptyText="Governance is not set up yet."
        columns={[
          { header: 'Token', cell: ({ mint }) => tokenOf(mint, mints)?.unit ?? 'another token' },
          { header: 'Balance', isNumber: true, cell: ({ balance, mint }) => amount(balance, mint) },
          { header: 'Came in', isNumber: true, cell: ({ inflows, mint }) => amount(sum(inflows), mint) },
          { header: 'Spent', isNumber: true, cell: ({ spending, mint }) => amount(sum(spending), mint) },
          { header: 'Account', cell: ({ vault }) => <AccountLink address={vault} what="token account" /> },
        ]}
        detail={({ inflows, spending, mint }) => (
          <DataTable
            caption="Flows by source"
            rows={[...inflows, ...spending]}
            keyOf={({ source }) => source}
            emptyText="Nothing came in and nothing was spent."
            columns={[
              { header: 'Source', cell: ({ source }) => inWords(source) },
              {
                header: 'Amount',
                isNumber: true,
                cell: (flow) => amount(flow.amount, mint),
                sortBy: (flow) => BigInt(flow.amount),
              },
              { header: 'Events', isNumber: true, cell: ({ eventCount }) => count(eventCount) },
            ]}
          />
        )}
      />
    </Panel>
  );
}
