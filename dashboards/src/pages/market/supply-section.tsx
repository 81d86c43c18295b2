/**
 * What is offered, by model, and how much of it is in use; leases that end within a day.
 * @module
 */
import { DataTable } from '../../parts/data-table.tsx';
import { AccountLink, hrefOf, KeyLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { MarketQuery } from '../../queries.generated.ts';
import { count, percentOfPpm } from '../../text/amount.ts';
import { countryName, tierName } from '../../text/words.ts';

type Supply = MarketQuery['supply'][number];
type Lease = MarketQuery['leasesEnding'][number];

/** Short leases end by the dozen within a day. */
const FOLDED_ROWS = 8;

interface SupplyOfModel {
  readonly model: number;
  readonly units: number;
  readonly unitsBusy: number;
  readonly vramGb: bigint;
  readonly parts: readonly Supply[];
}

interface SupplySectionProps {
  readonly supply: readonly Supply[] | null;
  readonly leases: readonly Lease[] | null;
  readonly models: readonly string[];
}

export function SupplySection({ supply, leases, models }: SupplySectionProps) {
  const name = (model: number) => models[model] ?? `Model ${model}`;
  return (
    <div class="columns">
      <Panel id="supply" title="In use, by model" note="GPUs in open offers; open a model for its regions and tiers">
        <DataTable
          caption="GPUs offered and in use by model"
          rows={supply === null ? null : byModel(supply)}
          keyOf={({ model }) => String(model)}
          nameOf={({ model }) => name(model)}
          emptyText="Nothing is offered yet."
          columns={[
            { header: 'Model', cell: ({ model }) => name(model), sortBy: ({ model }) => name(model) },
            {
              header: 'In use',
              isNumber: true,
              cell: (each) => <Use {...each} />,
              sortBy: ({ units, unitsBusy }) => unitsBusy / units,
            },
            {
              header: 'GPUs',
              isNumber: true,
              cell: ({ units, unitsBusy }) => `${count(unitsBusy)} of ${count(units)}`,
              sortBy: ({ units }) => units,
            },
            {
              header: 'Memory, GB',
              isNumber: true,
              cell: ({ vramGb }) => count(vramGb),
              sortBy: ({ vramGb }) => vramGb,
            },
          ]}
          detail={({ parts }) => <Parts parts={parts} />}
        />
      </Panel>
      <Panel id="leases" title="Leases about to end" note="Within a day; their GPUs will be free">
        <DataTable
          caption="Leases that end within a day, soonest first"
          rows={leases}
          keyOf={({ order }) => order}
          emptyText="No lease ends within a day."
          foldedTo={FOLDED_ROWS}
          columns={[
            { header: 'Ends', cell: ({ endsAt }) => <Moment at={endsAt} />, sortBy: ({ endsAt }) => BigInt(endsAt) },
            { header: 'Model', cell: ({ model }) => name(model) },
            { header: 'GPUs', isNumber: true, cell: ({ units }) => count(units), sortBy: ({ units }) => units },
            {
              header: 'Provider',
              cell: ({ provider }) => <KeyLink href={hrefOf.provider(provider)} value={provider} what="provider" />,
            },
            { header: 'Order', cell: ({ order }) => <AccountLink address={order} what="order" /> },
          ]}
        />
      </Panel>
    </div>
  );
}

function byModel(supply: readonly Supply[]): SupplyOfModel[] {
  const models = new Map<number, Supply[]>();
  for (const each of supply) models.set(each.model, [...(models.get(each.model) ?? []), each]);
  return [...models].map(([model, parts]) => ({
    ...{ model, parts },
    units: parts.reduce((sum, each) => sum + each.units, 0),
    unitsBusy: parts.reduce((sum, each) => sum + each.unitsBusy, 0),
    vramGb: parts.reduce((sum, each) => sum + BigInt(each.vramGb), 0n),
  }));
}

function Use({ units, unitsBusy }: { units: number; unitsBusy: number }) {
  const part = units === 0 ? 0 : unitsBusy / units;
  return (
    <span class="score">
      <span class="gauge" aria-hidden="true">
        <i style={{ width: `${part * 100}%` }} />
      </span>
      {percentOfPpm(Math.round(part * 1_000_000))}
    </span>
  );
}

function Parts({ parts }: { parts: readonly Supply[] }) {
  return (
    <DataTable
      caption="By region, jurisdiction and tier"
      rows={parts}
      keyOf={({ region, jurisdiction, tier }) => `${region}/${jurisdiction}/${tier}`}
      emptyText=""
      columns={[
        { header: 'Region', cell: ({ region }) => String(region) },
        { header: 'Jurisdiction', cell: ({ jurisdiction }) => countryName(jurisdiction) },
        { header: 'Tier', cell: ({ tier }) => tierName(tier) },
        { header: 'GPUs', isNumber: true, cell: ({ units, unitsBusy }) => `${count(unitsBusy)} of ${count(units)}` },
        { header: 'Offers', isNumber: true, cell: ({ offerCount }) => count(offerCount) },
        { header: 'Providers', isNumber: true, cell: ({ providerCount }) => count(providerCount) },
      ]}
    />
  );
}
