/**
 * What holds of the money of a recorded day: ledger, treasury and supply, from the record, against the chain's own token
 * accounts at its end.
 * @module
 */
import { type Address, isOffCurveAddress } from '@solana/kit';
import { expect } from 'vitest';
import { fromBase58, toBase58 } from '../../../indexer/domain/base58.ts';
import { ledgerStatus, openLedgerFaults } from '../../../indexer/store/queries/ledger/ledger-faults.ts';
import { tokenBalancesBefore, vaultSurpluses } from '../../../indexer/store/queries/ledger/token-balances.ts';
import { ledgerTotals } from '../../../indexer/store/queries/market/settlements.ts';
import { proveNewBlocks } from '../../../jobs/ledger/ledger-proof.ts';
import { readTokenSupply } from '../../../jobs/ledger/token-supply.ts';
import { readTreasury, type TreasuryVault } from '../../../jobs/ledger/treasury.ts';
import { reconciledPrograms } from '../../../jobs/reconcile/program-folds.ts';
import { INFER_SUPPLY, INT_SUPPLY } from '../../simulation/genesis.ts';
import type { RecordedDay } from './recorded-day.ts';

const ALL = { fromSlot: 0n, toSlot: 2n ** 63n };

/** Every settlement is what the rule has, and there are some of each kind. */
export async function expectProvenLedger({ store, settings, finalizedSlot }: RecordedDay): Promise<void> {
  const [, marketplace, exchange, governance] = reconciledPrograms(settings).map(({ key }) => key);
  if (!marketplace || !exchange || !governance) throw new Error('no programs');
  const programs = { marketplace, exchange, governance };
  await proveNewBlocks({ store, programs, nowMicros: () => 1n, signal: new AbortController().signal });
  expect(await openLedgerFaults(store, ALL, 10)).toEqual([]);
  expect((await ledgerStatus(store)).ledgerThroughSlot).toBe(finalizedSlot);
  const totals = await ledgerTotals(store, {}, finalizedSlot);
  expect(totals.map(({ sum }) => sum)).toEqual([0n, 0n]);
  for (const kind of ['order', 'session', 'workload'] as const) {
    const ofKind = await ledgerTotals(store, { kind }, finalizedSlot);
    expect(ofKind.reduce((count, { settlementCount }) => count + settlementCount, 0n)).toBeGreaterThan(0n);
  }
}

/** Events say what the vaults hold, to the unit. */
export async function expectWholeTreasury({ store, finalizedSlot, tokens }: RecordedDay): Promise<TreasuryVault[]> {
  const vaults = await readTreasury(store, finalizedSlot);
  expect(vaults.length).toBe(2);
  for (const { vault, folded, observed, opening, inflows } of vaults) {
    const held = tokens.get(toBase58(vault) as Address)?.amount ?? -1n;
    expect([opening, folded, observed?.amount]).toEqual([0n, held, held]);
    expect(observed?.unexplained).toBe(0n);
    expect(inflows.length).toBeGreaterThan(0);
  }
  return vaults;
}

/** Every account that no key can sign for was told of, to its last unit; what came unsaid is what the day begins with. */
export async function expectComparedVaults({ store, finalizedSlot, tokens }: RecordedDay): Promise<void> {
  const vaults = [...tokens].filter(([, { owner, amount }]) => isOffCurveAddress(owner) && amount > 0n);
  const keys = vaults.map(([vault]) => fromBase58(vault));
  const told = await tokenBalancesBefore(store, finalizedSlot, keys);
  const amounts = new Map(told.map(({ account, amount }) => [toBase58(account), amount]));
  expect(vaults.map(([vault]) => [vault, amounts.get(vault)])).toEqual(
    vaults.map(([vault, { amount }]) => [vault, amount]),
  );
  expect(vaults.length).toBeGreaterThan(40);
  // The stray transfer of the exchange's day, and the emission that genesis put into the reward vault.
  const surpluses = await vaultSurpluses(store, 100);
  expect(surpluses.map(({ amount }) => amount)).toEqual([1_000_000_000n, 1_500_000_000_000_000_000n]);
}

/** What was minted is burned, in accounts that no key can sign for, or in circulation. */
export async function expectCountedSupply({ store, settings, finalizedSlot, tokens }: RecordedDay): Promise<void> {
  const supplies = await readTokenSupply(store, fromBase58(settings.STAKING_PROGRAM_ID), finalizedSlot);
  expect(supplies.map(({ token, minted }) => [token, minted])).toEqual([
    ['INFER', INFER_SUPPLY],
    ['INT', INT_SUPPLY],
  ]);
  for (const { mint, observed, burned, minted, locked, circulating } of supplies) {
    expect([observed?.mintAuthority.length, observed?.freezeAuthority.length]).toEqual([0, 0]);
    const all = [...tokens.values()].filter((each) => each.mint === toBase58(mint));
    const held = sumOf(all.filter(({ owner }) => isOffCurveAddress(owner)));
    expect(sumOf(all)).toBe((minted ?? 0n) - burned);
    expect(sumOf(locked)).toBe(held);
    expect(circulating).toBe(sumOf(all) - held);
    expect(locked.filter(({ amount }) => amount > 0n).length).toBeGreaterThan(2);
  }
  expect(supplies[0]?.burned).toBeGreaterThan(0n);
}

function sumOf(amounts: readonly { readonly amount: bigint }[]): bigint {
  return amounts.reduce((sum, { amount }) => sum + amount, 0n);
}
