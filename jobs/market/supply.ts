/**
 * What is offered and what of it is busy, by model, region, jurisdiction and tier of the provider. Pure.
 * @module
 */
import { groupBy } from '../group-by.ts';

export interface SuppliedOffer {
  readonly model: number;
  readonly region: number;
  readonly units: number;
  readonly unitsFree: number;
  readonly isClosed: boolean;
  readonly provider: Uint8Array;
  /** Of the provider: two capital letters. */
  readonly jurisdiction: string;
  readonly tier: number;
}

export interface SupplyGroup extends Pick<SuppliedOffer, 'model' | 'region' | 'jurisdiction' | 'tier'> {
  readonly units: number;
  readonly unitsBusy: number;
  /** Memory of all units. */
  readonly vramGb: bigint;
  readonly offerCount: number;
  readonly providerCount: number;
}

/** Groups of open offers, by model, region, jurisdiction and tier. @param vramGbOfModel by model number */
export function supplyOf(offers: readonly SuppliedOffer[], vramGbOfModel: readonly number[]): SupplyGroup[] {
  const open = offers.filter(({ isClosed }) => !isClosed);
  const groups = groupBy(open, ({ model, region, jurisdiction, tier }) =>
    [model, region, jurisdiction, tier].join('/'),
  );
  return [...groups.values()].map((group) => groupOf(group, vramGbOfModel)).sort(compareGroups);
}

function groupOf(offers: readonly SuppliedOffer[], vramGbOfModel: readonly number[]): SupplyGroup {
  const { model, region, jurisdiction, tier } = offers[0] as SuppliedOffer;
  const units = offers.reduce((sum, each) => sum + each.units, 0);
  const unitsFree = offers.reduce((sum, each) => sum + each.unitsFree, 0);
  return {
    ...{ model, region, jurisdiction, tier, units },
    unitsBusy: units - unitsFree,
    vramGb: BigInt(units) * BigInt(vramGbOfModel[model] ?? 0),
    offerCount: offers.length,
    providerCount: new Set(offers.map(({ provider }) => Buffer.from(provider).toString('hex'))).size,
  };
}

function compareGroups(left: SupplyGroup, right: SupplyGroup): number {
  const byNumber = left.model - right.model || left.region - right.region;
  if (byNumber !== 0) return byNumber;
  if (left.jurisdiction !== right.jurisdiction) return left.jurisdiction < right.jurisdiction ? -1 : 1;
  return left.tier - right.tier;
}
