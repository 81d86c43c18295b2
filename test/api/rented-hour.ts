/**
 * Leases and a session of the market's record, written by hand.
 * @module
 */
import { expect } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { bytesOf } from '../indexer/store/small-chain.ts';
import type { ChosenEvent } from '../jobs/market/market-chain.ts';
import { billedPerSecond } from '../jobs/market/session-price.ts';

const USDC = bytesOf('USDC');

/** Leases that end by themselves in 300 and, extended, in 500 seconds; others later, or ended already. */
export function leases(now: bigint): ChosenEvent[] {
  const lease = (name: string, secondsLeft: bigint, extendedBy = 0n) => {
    const of = { order: bytesOf(name), provider: bytesOf('provider'), buyer: bytesOf('a') };
    const seconds = 1_000 + Number(secondsLeft - extendedBy);
    const extended = { table: 'marketplace_order_extended', fields: { ...of, seconds: seconds + Number(extendedBy) } };
    return [
      { table: 'marketplace_order_created', fields: { ...of, model: 0, units: 4, seconds } },
      { table: 'marketplace_delivery_started', fields: { ...of, started_at: now - 1_000n } },
      ...(extendedBy > 0n ? [extended] : []),
    ];
  };
  return [
    ...[...lease('extended lease', 500n, 200n), ...lease('second lease', 300n), ...lease('long lease', 601n)],
    ...[...lease('ended lease', 10n), { table: 'marketplace_lease_ended', fields: { order: bytesOf('ended lease') } }],
  ];
}

/** Two GPUs for 3,661 seconds at 1,000,003 an hour, settled in three pieces by the rule of the marketplace. */
export function session(): ChosenEvent[] {
  const of = { order: bytesOf('session'), provider: bytesOf('provider'), buyer: bytesOf('a'), mint: USDC, model: 1 };
  const terms = { units: 2, pricePerGpuHour: 1_000_003n };
  let settled = 0n;
  const pieces = [1n, 3_600n, 60n].map((seconds) => {
    const amount = billedPerSecond(terms, settled + seconds) - billedPerSecond(terms, settled);
    settled += seconds;
    const counted = { seconds: Number(seconds), settled_seconds: Number(settled), gpu_seconds: 2n * seconds };
    return {
      table: 'marketplace_usage_settled',
      fields: { ...of, ...counted, amount, price_per_gpu_hour: 1_000_003n },
    };
  });
  const created = { ...of, units: 2, price_per_gpu_hour: 1_000_003n, is_streaming: true };
  return [{ table: 'marketplace_order_created', fields: created }, ...pieces];
}

/** Sessions that are over: closed after ten paid seconds, refunded unused, and ruled on after ten paid seconds; newest last. */
export function endedSessions(now: bigint): ChosenEvent[] {
  const created = (name: string) => {
    const of = { order: bytesOf(name), provider: bytesOf('provider'), buyer: bytesOf('a'), mint: USDC, model: 1 };
    const terms = { units: 1, price_per_gpu_hour: 3_600n, amount: 100n, is_streaming: true };
    return { of, event: { table: 'marketplace_order_created', fields: { ...of, ...terms } } };
  };
  const piece = { seconds: 10, settled_seconds: 10, gpu_seconds: 10n, amount: 10n, provider_amount: 9n, fee: 1n };
  const [closed, unused, ruled] = ['closed', 'unused', 'ruled'].map((name) => created(`${name} session`)) as [
    ...[ReturnType<typeof created>, ReturnType<typeof created>, ReturnType<typeof created>],
  ];
  const paid = { amount: 50n, provider_amount: 45n, fee: 5n, refunded: 40n, gpu_seconds: 0n };
  return [
    closed.event,
    { table: 'marketplace_usage_settled', fields: { ...closed.of, ...piece } },
    { table: 'marketplace_session_closed', fields: { ...closed.of, refunded: 90n, closed_at: now } },
    unused.event,
    { table: 'marketplace_order_refunded', fields: { ...unused.of, amount: 100n, refunded_at: now + 1n } },
    ruled.event,
    { table: 'marketplace_usage_settled', fields: { ...ruled.of, ...piece } },
    { table: 'marketplace_order_settled', fields: { ...ruled.of, ...paid, settled_at: now + 2n } },
  ];
}

/** They and their orders are told as over, with what was paid for them. */
// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
export async function expectEndedSessions(answer: (query: string) => Promise<any>, endedAt: bigint): Promise<void> {
  const { sessions } = await answer(
    `{ sessions(first: 5) { edges { node { settledSeconds billed closedAt refunded } } } }`,
  );
  expect(sessions.edges.slice(1).map(({ node }: { node: object }) => node)).toEqual([
    { settledSeconds: '10', billed: '10', closedAt: String(endedAt + 2n), refunded: '40' },
    { settledSeconds: '0', billed: '0', closedAt: String(endedAt + 1n), refunded: '100' },
    { settledSeconds: '10', billed: '10', closedAt: String(endedAt), refunded: '90' },
  ]);
  const { orders } = await answer(`{ orders(first: 20) { edges { node { address state providerAmount fee } } } }`);
  const states = ['session', 'ruled session', 'unused session', 'closed session'].map((name) => {
    const address = toBase58(bytesOf(name));
    const { state, providerAmount, fee } = orders.edges.find(
      (edge: { node: { address: string } }) => edge.node.address === address,
    ).node;
    return [state, providerAmount, fee];
  });
  expect(states).toEqual([
    ['CREATED', null, null],
    ['SETTLED', '54', '6'],
    ['REFUNDED', null, null],
    ['SETTLED', '9', '1'],
  ]);
}
