import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../indexer/assemble/assembler.ts';
import type { Block } from '../../../indexer/domain/chain.ts';
import { Agreement, type Disagreement } from '../../../indexer/pipeline/agreement.ts';

const hashOf = (name: string) => Buffer.alloc(32, name);

function told(slot: number, name: string): Fact {
  const block: Block = {
    ...{
      slot: BigInt(slot),
      bank: 0,
      blockhash: hashOf(name),
      parentSlot: BigInt(slot - 1),
      parentBlockhash: hashOf(''),
    },
    ...{ blockTime: null, blockHeight: null, transactions: [], accounts: [], hasAccounts: true },
  };
  return { kind: 'block', block };
}

/** An agreement whose node has the hashes of `truth`, by slot. */
function agreementOver(truth: Readonly<Record<number, string>>) {
  const disagreements: Disagreement[] = [];
  const asked: bigint[] = [];
  const agreement = new Agreement({
    blockhashAt: async (slot) => {
      asked.push(slot);
      const name = truth[Number(slot)];
      return name === undefined ? null : hashOf(name);
    },
    onDisagreement: (each) => disagreements.push(each),
  });
  /** `cut` for an endpoint that is found wrong. */
  const admits = async (address: string, fact: Fact) => {
    try {
      return await agreement.admits(address, fact);
    } catch (error) {
      expect(error).toMatchObject({ code: 'STREAM__DISAGREES', retryable: true });
      return 'cut';
    }
  };
  return { admits, disagreements, asked };
}

describe('several endpoints', () => {
  test('that tell the same are all handed on, and no node is asked', async () => {
    const { admits, disagreements, asked } = agreementOver({ 1: 'a' });
    expect([await admits('one', told(1, 'a')), await admits('two', told(1, 'a'))]).toEqual([true, true]);
    expect([disagreements, asked]).toEqual([[], []]);
  });

  test('the one that the node does not bear out is cut off, however often it comes back, and the alarm rings once', async () => {
    const { admits, disagreements, asked } = agreementOver({ 1: 'a' });
    await admits('one', told(1, 'a'));
    for (let round = 0; round < 3; round += 1) expect(await admits('two', told(1, 'b'))).toBe('cut');
    expect(disagreements).toMatchObject([{ slot: 1n, address: 'two', others: ['one'] }]);
    expect(asked).toEqual([1n]);
    expect(await admits('one', told(2, 'c'))).toBe(true);
  });

  test('the first one is cut off when the node bears out the second, and what only it said is forgotten', async () => {
    const { admits, disagreements } = agreementOver({ 1: 'a' });
    await admits('wrong', told(1, 'x'));
    await admits('wrong', told(2, 'y'));
    expect(await admits('right', told(1, 'a'))).toBe(true);
    expect(await admits('wrong', told(3, 'z'))).toBe('cut');
    expect(await admits('right', told(2, 'b'))).toBe(true);
    expect(disagreements).toHaveLength(1);
  });

  test('the first one stays while no node can tell', async () => {
    const { admits } = agreementOver({});
    await admits('one', told(1, 'a'));
    expect(await admits('two', told(1, 'b'))).toBe('cut');
    expect(await admits('one', told(1, 'a'))).toBe(true);
  });

  test('a fork is told by each in its turn: nobody is wrong, and who is late replaces nothing', async () => {
    const { admits, disagreements } = agreementOver({ 1: 'b' });
    await admits('one', told(1, 'a'));
    await admits('two', told(1, 'a'));
    expect(await admits('one', told(1, 'b'))).toBe(true);
    expect(await admits('three', told(1, 'a'))).toBe(false);
    expect(await admits('two', told(1, 'b'))).toBe(true);
    expect(disagreements).toEqual([]);
  });

  test('a block whose parent was lost waits until another has handed the parent on, and no longer than it is told', async () => {
    const agreement = new Agreement({ blockhashAt: async () => null, onDisagreement: () => undefined });
    const blockAt = (slot: number): Block => {
      const fact = told(slot, `block ${slot}`);
      if (fact.kind !== 'block') throw new Error('not a block');
      return { ...fact.block, parentBlockhash: hashOf(`block ${slot - 1}`) };
    };
    const take = async (address: string, block: Block) => agreement.admits(address, { kind: 'block', block });
    const never = () => new AbortController().signal;
    await take('one', blockAt(1));
    await agreement.parentOf(blockAt(1), never);
    agreement.noteHandedOn(blockAt(1));
    await take('one', blockAt(3));
    const order: string[] = [];
    const waited = agreement.parentOf(blockAt(3), never).then(() => order.push('three'));
    await take('two', blockAt(2));
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push('two');
    agreement.noteHandedOn(blockAt(2));
    await waited;
    expect(order).toEqual(['two', 'three']);
    await agreement.parentOf(blockAt(9), () => AbortSignal.timeout(5));
  });

  test('a block is dead once nobody stands by it', async () => {
    const { admits } = agreementOver({});
    const dead: Fact = { kind: 'dead', slot: 1n };
    await admits('one', told(1, 'a'));
    await admits('two', told(1, 'a'));
    expect([await admits('one', dead), await admits('two', dead)]).toEqual([false, true]);
  });

  test('whatever the order, forks and a liar among them, the last word on every slot is the truth', async () => {
    const SLOTS = 6;
    const truth = Object.fromEntries(Array.from({ length: SLOTS }, (_, slot) => [slot, `true ${slot}`]));
    const forked = fc.uniqueArray(fc.nat(SLOTS - 1), { maxLength: SLOTS });
    const turns = fc.array(fc.constantFrom('honest', 'other', 'liar'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(forked, turns, async (forks, order) => {
        const { admits } = agreementOver(truth);
        const last = truthOf(SLOTS, (slot) => `true ${slot}`);
        const first = truthOf(SLOTS, (slot) => (forks.includes(slot) ? `old ${slot}` : `true ${slot}`));
        const left: Record<string, Fact[]> = {
          honest: [...first, ...last],
          other: [...first, ...last],
          liar: truthOf(SLOTS, (slot) => `lie ${slot}`),
        };
        const lastWord = new Map<bigint, string>();
        const tell = async (name: string) => {
          const fact = left[name]?.shift();
          if (fact?.kind !== 'block') return;
          const verdict = await admits(name, fact);
          const { slot, blockhash } = fact.block;
          if (verdict === true) lastWord.set(slot, blockhash.toString());
          // It connects again, and the server tells what it holds now.
          if (verdict === 'cut' && name !== 'liar') left[name] = [...last];
        };
        for (const name of order) await tell(name);
        while (left['liar']?.length) await tell('liar');
        while (left['honest']?.length || left['other']?.length) {
          await tell('honest');
          await tell('other');
        }
        expect(Object.fromEntries(lastWord)).toEqual(
          Object.fromEntries(Object.entries(truth).map(([slot, name]) => [slot, hashOf(name).toString()])),
        );
      }),
      { numRuns: 300 },
    );
  });
});

function truthOf(count: number, nameOf: (slot: number) => string): Fact[] {
  return Array.from({ length: count }, (_, slot) => told(slot, nameOf(slot)));
}
