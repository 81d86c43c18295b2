/**
 * Two providers in a marketplace written by hand, with everything that is evidence: orders, a session, a workload,
 * attestations, challenges, disputes, refunds, slashes and heartbeats.
 * @module
 */
import { parameters } from '../../governance/parameters.ts';
import { keyOf, type MarketRecord, type RecordedEvent } from './market-record.ts';

export const a = keyOf('provider a');
export const b = keyOf('provider b');
const [pool, usdc, infer] = [keyOf('pool'), keyOf('usdc'), keyOf('infer')];
const heartbeatId = [...parameters.keys()].indexOf('heartbeat_interval_seconds');

type Fields = RecordedEvent['fields'];
const event = (name: string, fields: Fields): RecordedEvent => ({ table: `marketplace_${name}`, fields });
const registered = (provider: Uint8Array) =>
  event('provider_registered', {
    provider,
    owner: keyOf(`owner ${Buffer.from(provider).toString('hex')}`),
    tier: 1,
    registered_at: 100n,
  });
const settled = (
  order: string,
  provider: Uint8Array,
  buyer: string,
  seconds: bigint,
  endsAt: bigint,
  more: Fields = {},
) =>
  event('order_settled', {
    ...{ order: keyOf(order), provider, operator_pool: pool, buyer: keyOf(buyer), mint: infer, gpu_seconds: seconds },
    ...{ amount: 10n, fee: 1n, challenge_ends_at: endsAt },
    ...more,
  });
const usage = (order: string, seconds: bigint) =>
  event('usage_settled', {
    ...{ order: keyOf(order), provider: a, operator_pool: pool, buyer: keyOf('s'), mint: usdc, gpu_seconds: seconds },
    ...{ amount: 7n, fee: 1n },
  });
const attestation = (name: string, order: string, fields: Fields = {}): Fields => ({
  ...{ attestation: keyOf(name), order: keyOf(order), provider: a },
  ...fields,
});
const resolved = (name: string, order: string, outcome: number, at: bigint, slashAmount: bigint) =>
  event(
    'challenge_resolved',
    attestation(name, order, { challenge: keyOf(`c ${name}`), outcome, slash_amount: slashAmount, resolved_at: at }),
  );
const slashed = (provider: Uint8Array, name: number, at: bigint) =>
  event('provider_slashed', { provider, class: name, evidence: keyOf(`evidence ${name}`), amount: 5n, slashed_at: at });

const setUp = [
  event('marketplace_initialized', {
    ...{ tier_minimum_bonds: [100n, 200n, 300n], usdc_mint: usdc, models: [{ weight: 1_000 }] },
    parameters: [{ id: heartbeatId, value: 250n }],
  }),
  ...[registered(a), registered(b)],
  event('bond_posted', { provider: a, bond_total: 100n }),
  event('benchmark_submitted', { benchmark: keyOf('device'), provider: a, model: 0, units: 8 }),
];

/** Events by slot; blocks are 100 s apart. Ends with slot 40, after the third epoch of `scoreEpoch`. */
const blocks: Readonly<Record<number, readonly (RecordedEvent | readonly RecordedEvent[])[]>> = {
  1: setUp,
  10: [settled('o1', a, 'x', 3_600n, 1_500n), event('heartbeat_sent', { provider: a, sent_at: 1_000n })],
  11: [
    settled('o2', a, 'y', 1_000n, 1_600n),
    event('attestation_committed', attestation('t2', 'o2')),
    settled('o3', a, 'z', 700n, 1_700n),
    event('attestation_committed', attestation('t3', 'o3')),
  ],
  12: [
    event('attestation_drawn', attestation('t2', 'o2', { is_selected: true, drawn_at: 1_200n, slash_amount: 150n })),
    event('attestation_drawn', attestation('t3', 'o3', { is_selected: true, drawn_at: 1_200n, slash_amount: 9n })),
    event('heartbeat_sent', { provider: a, sent_at: 1_250n }),
  ],
  13: [
    event('order_refunded', { provider: b, order: keyOf('r1'), reason: 1, refunded_at: 1_300n }),
    event('order_refunded', { provider: b, order: keyOf('r0'), reason: 0, refunded_at: 1_300n }),
  ],
  14: [usage('s1', 100n), resolved('t3', 'o3', 6, 1_400n, 9n)],
  15: [
    event('heartbeat_sent', { provider: a, sent_at: 1_500n }),
    event('heartbeat_sent', { provider: a, sent_at: 1_510n }),
  ],
  16: [
    event('workload_settled', {
      ...{ provider: a, operator_pool: pool, customer: keyOf('w'), mint: infer, gpu_seconds: 50n, fee: 2n, amount: 4n },
    }),
  ],
  17: [
    [
      event('dispute_resolved', { provider: b, order: keyOf('o5'), provider_bps: 4_999, resolved_at: 1_700n }),
      settled('o5', b, 'x', 10n, 1_750n),
    ],
    [
      event('dispute_resolved', { provider: b, order: keyOf('o6'), provider_bps: 5_000, resolved_at: 1_700n }),
      settled('o6', b, 'x', 10n, 1_800n),
    ],
    event('heartbeat_sent', { provider: a, sent_at: 1_750n }),
  ],
  18: [slashed(b, 2, 1_800n), slashed(b, 0, 1_800n), event('dispute_opened', { provider: b })],
  22: [usage('s1', 100n)],
  23: [
    event('session_closed', {
      order: keyOf('s1'),
      provider: a,
      operator_pool: pool,
      buyer: keyOf('s'),
      closed_at: 2_300n,
    }),
  ],
  25: [resolved('t2', 'o2', 5, 2_500n, 150n)],
  26: [
    settled('o7', a, 'q', 90_000n, 2_650n),
    event('attestation_committed', attestation('t7', 'o7')),
    event('attestation_drawn', attestation('t7', 'o7', { is_selected: false, drawn_at: 2_660n })),
  ],
  31: [slashed(a, 1, 3_100n)],
};

/** Writes all of it. */
export async function writeScenario(record: MarketRecord): Promise<void> {
  const slots = Array.from({ length: 40 }, (_, index) => BigInt(index + 1));
  await record.write(slots.map((slot) => ({ slot, time: slot * 100n, transactions: blocks[Number(slot)] ?? [] })));
}
