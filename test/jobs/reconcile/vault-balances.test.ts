/** Vaults beside their calls: what is missing is found wherever it went, what strangers bring is told apart. */
import type { Address } from '@solana/kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ToldBalance,
  VaultBalances,
  type VaultCall,
  type VaultDifference,
} from '../../../jobs/reconcile/vault-balances.ts';
import type { VaultMove } from '../../../jobs/reconcile/vault-move.ts';

const PROGRAM = 'program' as Address;
const VAULTS = ['bond', 'order', 'treasury'] as Address[];

/** What a transaction does to a vault: its calls say `move`, and strangers bring some before it and within it. */
interface Life {
  readonly vault: Address;
  readonly move: VaultMove | null;
  readonly broughtBefore: bigint;
  readonly broughtWithin: bigint;
}

const some = fc.bigInt(0n, 1_000n);
const seldom = fc.oneof({ weight: 3, arbitrary: fc.constant(0n) }, { weight: 1, arbitrary: some });
const life = fc
  .record({
    vault: fc.constantFrom(...VAULTS),
    isEmptied: fc.boolean(),
    amount: fc.bigInt(-1_000n, 1_000n),
    broughtBefore: seldom,
    broughtWithin: seldom,
    isNamed: fc.boolean(),
  })
  .map(({ vault, isEmptied, amount, isNamed, ...brought }): Life => {
    const move: VaultMove = isEmptied ? { vault, leaves: 0n } : { vault, by: amount };
    return { vault, move: isNamed ? move : null, ...brought };
  });
/** Transactions of blocks. */
const lives = fc.array(fc.array(life, { maxLength: 4 }), { minLength: 1, maxLength: 12 });

interface Found {
  readonly lacking: VaultDifference[];
  readonly beyond: bigint;
}

interface Written {
  readonly calls: VaultCall[];
  readonly balances: ToldBalance[];
}

/** The blocks as the chain writes them, one transaction for each life. */
function written(blocks: readonly (readonly Life[])[]): { blocks: Written[]; brought: bigint } {
  const held = new Map<Address, bigint>();
  let brought = 0n;
  const found = blocks.map((all): Written => {
    const [calls, balances]: [VaultCall[], ToldBalance[]] = [[], []];
    for (const [transactionIndex, { vault, move, broughtBefore, broughtWithin }] of all.entries()) {
      const before = (held.get(vault) ?? 0n) + broughtBefore;
      // A program pays out no more than there is.
      const by = move !== null && 'by' in move ? (before + move.by < 0n ? -before : move.by) : 0n;
      const isEmptied = move !== null && 'leaves' in move;
      const after = isEmptied ? 0n : before + by + broughtWithin;
      held.set(vault, after);
      brought += broughtBefore + (isEmptied ? 0n : broughtWithin);
      const said: VaultMove = isEmptied ? { vault, leaves: 0n } : { vault, by };
      calls.push({ transactionIndex, program: PROGRAM, moves: [said] });
      if (before !== after) balances.push({ transactionIndex, account: vault, before, after });
    }
    return { calls, balances };
  });
  return { blocks: found, brought };
}

function compared(
  blocks: readonly Written[],
  learned: ReadonlyMap<Address, bigint> = new Map(VAULTS.map((each) => [each, 0n])),
): Found {
  const ledger = new VaultBalances();
  for (const [vault, amount] of learned) ledger.learn(vault, amount);
  const lacking: VaultDifference[] = [];
  let beyond = 0n;
  for (const { calls, balances } of blocks) {
    ledger.compare(
      calls,
      balances,
      true,
      (each) => lacking.push(each),
      (_, amount) => {
        beyond += amount;
      },
    );
  }
  return { lacking, beyond };
}

describe('vaults', () => {
  it('lack nothing when calls say all that left, whatever strangers bring and whenever', () => {
    fc.assert(
      fc.property(lives, (all) => {
        const { blocks, brought } = written(all);
        const { lacking, beyond } = compared(blocks);
        expect(lacking).toEqual([]);
        // What came and went again unseen, in a transaction that tells the same on both sides, is nobody's.
        expect(beyond).toBeLessThanOrEqual(brought);
      }),
      { numRuns: 500 },
    );
  });

  it('show what strangers brought to the unit, while it is not swept away', () => {
    const kept = lives.map((all) =>
      all.map((block) =>
        block.filter(({ move }) => move === null || 'by' in move).map((each) => ({ ...each, move: null })),
      ),
    );
    fc.assert(
      fc.property(kept, (all) => {
        const closing: Life[] = VAULTS.map((vault) => ({ vault, move: null, broughtBefore: 0n, broughtWithin: 1n }));
        const { blocks, brought } = written([...all, closing]);
        expect(compared(blocks).beyond).toBe(brought);
      }),
    );
  });

  it('lack what a transaction took without a call that says so, to the unit', () => {
    fc.assert(
      fc.property(lives, fc.nat(), fc.bigInt(1n, 50n), (all, place, stolen) => {
        const { blocks } = written(all);
        const rows = blocks.flatMap(({ balances }) => balances);
        const row = rows[place % Math.max(1, rows.length)];
        fc.pre(row !== undefined && row.after >= stolen);
        const robbed = blocks.map((block) => ({
          ...block,
          balances: block.balances.map((each) => (each === row ? { ...each, after: each.after - stolen } : each)),
        }));
        const { lacking } = compared(robbed);
        const shortage = { vault: row?.account, program: PROGRAM, field: 'balance' } as const;
        const within = compared(blocks).beyond;
        // What a stranger brought in the same transaction may hide as much.
        if (within === 0n)
          expect(lacking).toContainEqual(
            expect.objectContaining({ ...shortage, seen: (row as ToldBalance).after - stolen }),
          );
      }),
      { numRuns: 500 },
    );
  });

  it('lack nothing when a sweep counts what a stranger brought to the very vault that keeps it', () => {
    const [vault = PROGRAM] = VAULTS;
    const call = (moves: VaultMove[]): VaultCall => ({ transactionIndex: 0, program: PROGRAM, moves });
    const blocks = [
      { calls: [call([{ vault, leaves: 107n }])], balances: [] },
      {
        calls: [call([{ vault, by: 5n }])],
        balances: [{ transactionIndex: 0, account: vault, before: 107n, after: 112n }],
      },
    ];
    expect(compared(blocks, new Map([[vault, 100n]]))).toEqual({ lacking: [], beyond: 7n });
  });

  it('lack what left between two transactions', () => {
    const vault = VAULTS[0] as Address;
    const calls = [{ transactionIndex: 3, program: PROGRAM, moves: [{ vault, by: 5n }] }];
    const balances = [{ transactionIndex: 3, account: vault, before: 90n, after: 95n }];
    const { lacking } = compared([{ calls, balances }], new Map([[vault, 100n]]));
    expect(lacking).toEqual([{ vault, program: PROGRAM, field: 'balance before', expected: 100n, seen: 90n }]);
  });

  it('lack what a call says came, when no transaction tells of it', () => {
    const vault = VAULTS[0] as Address;
    const calls = [{ transactionIndex: 0, program: PROGRAM, moves: [{ vault, by: 5n }] }];
    const { lacking } = compared([{ calls, balances: [] }], new Map([[vault, 100n]]));
    expect(lacking).toEqual([{ vault, program: PROGRAM, field: 'balance', expected: 105n, seen: 100n }]);
  });

  it('are not judged by blocks from before balances were told', () => {
    const vault = VAULTS[0] as Address;
    const ledger = new VaultBalances();
    const never = () => expect.unreachable();
    const calls = (by: bigint) => [{ transactionIndex: 0, program: PROGRAM, moves: [{ vault, by }] }];
    ledger.compare(calls(7n), [], false, never, never);
    ledger.compare(calls(-2n), [{ transactionIndex: 0, account: vault, before: 40n, after: 38n }], true, never, never);
    expect(ledger.isKnown(vault)).toBe(true);
  });
});
