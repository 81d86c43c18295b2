import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultOf, parameters } from '../../../governance/parameters.ts';
import { parameterInForce, parametersInForce } from '../../../jobs/rewards/inputs/parameters-in-force.ts';
import { keyOf, type MarketRecord, openMarketRecord, type RecordedEvent } from '../market-record.ts';

const rows = [...parameters.keys()];
const id = (key: string) => rows.indexOf(key);
const programs = { marketplace: keyOf('marketplace'), exchange: keyOf('exchange'), governance: keyOf('governance') };
const BASE = 1_000n;

let record: MarketRecord;

beforeAll(async () => {
  record = await openMarketRecord();
  const changed = (...changes: readonly (readonly [string, bigint])[]) => ({
    table: 'governance_parameters_changed',
    fields: { changes: changes.map(([key, to]) => ({ id: id(key), from: 0n, to })) },
  });
  const set = (...changes: readonly (readonly [string, bigint])[]) => ({
    table: 'marketplace_parameters_set',
    fields: { changes: changes.map(([key, value]) => ({ id: id(key), value })) },
  });
  const at = (slot: bigint, transactions: readonly RecordedEvent[]) => ({ slot, time: slot, transactions });
  await record.write([
    at(BASE, [
      {
        table: 'governance_governance_initialized',
        fields: { values: rows.map((key) => (key === 'reputation_start_ppm' ? 120_000n : defaultOf(key))) },
      },
      {
        table: 'marketplace_marketplace_initialized',
        fields: { parameters: [{ id: id('heartbeat_interval_seconds'), value: 300n }] },
      },
      { table: 'exchange_exchange_initialized', fields: { rules_trade_fee_bps: 11n, rules_index_clamp_ppm: 5n } },
    ]),
    at(BASE + 1n, [changed(['work_share_bps', 7_000n], ['reputation_gain_ppm', 30_000n])]),
    at(BASE + 2n, [
      changed(['work_share_bps', 6_000n]),
      // Governance has decided; the marketplace acts by it only when told.
      changed(['heartbeat_interval_seconds', 100n]),
    ]),
    at(BASE + 3n, [
      set(['heartbeat_interval_seconds', 200n], ['bond_ratio_bps', 1_500n]),
      set(['bond_ratio_bps', 1_600n]),
      { table: 'exchange_parameters_set', fields: { rules_trade_fee_bps: 12n, rules_index_clamp_ppm: 5n } },
    ]),
  ]);
}, 180_000);

afterAll(() => record?.stop());

const valuesAt = async (slot: bigint, afterSlot = 0n) => {
  const inForce = await parametersInForce(record.store, programs, afterSlot, slot);
  return (key: string) => parameterInForce(inForce, key);
};

it('before any program was set up, every number has the value of the table', async () => {
  const value = await valuesAt(BASE - 1n);
  for (const key of rows) expect(value(key)).toBe(defaultOf(key));
});

it('a number has the value its program started with until it is changed', async () => {
  const value = await valuesAt(BASE);
  expect(value('reputation_start_ppm')).toBe(120_000n);
  expect(value('heartbeat_interval_seconds')).toBe(300n);
  expect(value('trade_fee_bps')).toBe(11n);
  expect(value('work_share_bps')).toBe(defaultOf('work_share_bps'));
});

it('a change counts from its slot on, the last one of a slot', async () => {
  expect((await valuesAt(BASE + 1n))('work_share_bps')).toBe(7_000n);
  const value = await valuesAt(BASE + 3n);
  expect(value('work_share_bps')).toBe(6_000n);
  expect(value('reputation_gain_ppm')).toBe(30_000n);
  expect(value('bond_ratio_bps')).toBe(1_600n);
  expect(value('trade_fee_bps')).toBe(12n);
});

it("a decision of governance is in force for the marketplace's numbers only once the marketplace has it", async () => {
  expect((await valuesAt(BASE + 2n))('heartbeat_interval_seconds')).toBe(300n);
  expect((await valuesAt(BASE + 3n))('heartbeat_interval_seconds')).toBe(200n);
});

it('events up to the slot from which accounts stand for the past are not read', async () => {
  const value = await valuesAt(BASE + 3n, BASE + 1n);
  expect(value('reputation_gain_ppm')).toBe(defaultOf('reputation_gain_ppm'));
  expect(value('work_share_bps')).toBe(6_000n);
});
