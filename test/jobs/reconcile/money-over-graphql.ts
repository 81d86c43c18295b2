/**
 * Ledger, treasury and supply of a recorded day as the API answers them.
 * @module
 */
import { expect } from 'vitest';
import { fromBase58, toBase58 } from '../../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import { vaultSurpluses } from '../../../indexer/store/queries/ledger/token-balances.ts';
import { readTokenSupply } from '../../../jobs/ledger/token-supply.ts';
import { readTreasury } from '../../../jobs/ledger/treasury.ts';
import { startApi } from '../../api/start-api.ts';
import type { RecordedDay } from './recorded-day.ts';

interface EntryAnswer {
  readonly account: string;
  readonly holder: string | null;
  readonly amount: string;
}

interface SettlementAnswer {
  readonly kind: string;
  readonly subject: string;
  readonly mint: string;
  readonly customer: string;
  readonly amount: string;
  readonly settledOnchainAt: string | null;
  readonly signature: string;
  readonly entries: readonly EntryAnswer[];
}

type Ask = (query: string) => Promise<Record<string, unknown>>;

const FIELDS = `pageInfo { hasNextPage endCursor }
  edges { node { kind subject mint customer amount settledOnchainAt signature entries { account holder amount } } }`;

async function wholeLedger(ask: Ask, filter = ''): Promise<SettlementAnswer[]> {
  const found: SettlementAnswer[] = [];
  for (let after = ''; ; ) {
    const { ledger } = await ask(`{ ledger(first: 7${filter}${after}) { ${FIELDS} } }`);
    const { edges, pageInfo } = ledger as {
      edges: { node: SettlementAnswer }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    found.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return found;
    after = `, after: "${pageInfo.endCursor}"`;
  }
}

async function expectLedger(ask: Ask): Promise<void> {
  const all = await wholeLedger(ask);
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['ORDER', 'SESSION', 'WORKLOAD']));
  for (const { entries, amount, customer, settledOnchainAt } of all) {
    expect(entries.reduce((sum, entry) => sum + BigInt(entry.amount), 0n)).toBe(0n);
    expect(entries[0]).toEqual({ account: 'CUSTOMER', holder: customer, amount: `-${amount}` });
    expect(BigInt(settledOnchainAt ?? 0)).toBeGreaterThan(0n);
  }
  const { customer, mint } = all[0] as SettlementAnswer;
  const byCustomer = await wholeLedger(ask, `, customer: "${customer}", mint: "${mint}"`);
  expect(byCustomer).toEqual(all.filter((each) => each.customer === customer && each.mint === mint));
  const byKind = await wholeLedger(ask, ', kind: WORKLOAD');
  expect(byKind).toEqual(all.filter(({ kind }) => kind === 'WORKLOAD'));

  const { ledgerTotals, ledgerProof } = await ask(`{ ledgerTotals { mint settlementCount debited sum }
    ledgerProof { ledgerThroughSlot faultCount faults(first: 3) { kind } } }`);
  for (const totals of ledgerTotals as { mint: string; settlementCount: string; debited: string; sum: string }[]) {
    const own = all.filter((each) => each.mint === totals.mint);
    expect(totals.sum).toBe('0');
    expect(totals.settlementCount).toBe(String(own.length));
    expect(totals.debited).toBe(String(own.reduce((sum, { amount }) => sum + BigInt(amount), 0n)));
  }
  expect(ledgerProof).toMatchObject({ faultCount: '0', faults: [] });
}

/** Asks everything about money, and compares it with the record. */
export async function expectMoneyOverGraphql({ store, settings, finalizedSlot }: RecordedDay): Promise<void> {
  const api = await startApi(store, await loadProgramRegistry(settings));
  const ask: Ask = async (query) => {
    const { data, errors } = await api.ask(query);
    expect(errors).toBeUndefined();
    return data as Record<string, unknown>;
  };
  try {
    await expectLedger(ask);
    const { _meta } = await ask('{ _meta { incidentCount vaultSurpluses(first: 1) { vault amount } } }');
    const [surplus] = await vaultSurpluses(store, 1);
    const shown = [{ vault: toBase58(surplus?.vault ?? new Uint8Array()), amount: String(surplus?.amount) }];
    expect(_meta).toEqual({ incidentCount: '0', vaultSurpluses: shown });
    const { network } = await ask(`{ network {
      treasury { inflows { source amount } spending { source amount } balance observed { slot amount unexplained } }
      supply { token minted supply burned circulating isMintRevoked mintAuthority locked { place amount } } } }`);
    const text = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each)));
    const vaults = await readTreasury(store, finalizedSlot);
    const supplies = await readTokenSupply(store, fromBase58(settings.STAKING_PROGRAM_ID), finalizedSlot);
    const flow = ({ source, amount }: { source: string; amount: bigint }) => ({ source, amount });
    expect(network).toEqual(
      text({
        treasury: vaults.map(({ inflows, spending, folded, observed }) => ({
          ...{ inflows: inflows.map(flow), spending: spending.map(flow), balance: folded, observed },
        })),
        supply: supplies.map(({ token, minted, observed, burned, circulating, locked }) => ({
          ...{ token, minted, supply: observed?.supply, burned, circulating, locked },
          ...{ isMintRevoked: true, mintAuthority: null },
        })),
      }),
    );
  } finally {
    await api.stop();
  }
}
