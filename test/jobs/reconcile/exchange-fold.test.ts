/** Events of the exchange fold to its accounts, after every instruction of a random life. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exchangeFold } from '../../../jobs/reconcile/folds/exchange.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../../programs/exchange/client.generated.ts';
import { Floor, INFER, UNIT_PRICE } from '../../programs/exchange/floor.ts';
import { beginLife, draw, riseOfABrokeExchange, take } from '../../programs/exchange/life.ts';
import { declaredMissing, FoldedChain, foundMissing } from '../../programs/folded-chain.ts';

const STEPS = 150;

it('events rebuild an exchange from nothing', async () => {
  const floor = await Floor.bare();
  const chain = new FoldedChain(floor.svm.vm, EXCHANGE_PROGRAM_ADDRESS, exchangeFold);
  floor.run(floor.initialize());
  floor.run(await floor.createIndex(0, 10n * UNIT_PRICE), floor.addBankroll(INFER));
  expect(chain.allDifferences()).toEqual([]);
  const { Exchange, Index } = declaredMissing(exchangeFold);
  expect(foundMissing(chain)).toEqual({ Exchange, Index });
});

it('events rebuild every account, of every kind, after each instruction of anybody', async () => {
  const twin = await beginLife(150n * INFER);
  const chain = new FoldedChain(twin.floor.svm.vm, EXCHANGE_PROGRAM_ADDRESS, exchangeFold);
  await riseOfABrokeExchange(twin);
  for (const [place, drawn] of fc.sample(draw, { numRuns: STEPS, seed: 7 }).entries()) {
    await take(twin, drawn);
    expect(chain.differences(), `${place}: ${drawn.kind}`).toEqual([]);
  }
  expect(chain.vaultDifferences).toEqual([]);
  expect(chain.movedVaults.size).toBeGreaterThan(1);
  expect(chain.allDifferences()).toEqual([]);
  expect([...chain.kinds].sort()).toEqual(Object.keys(exchangeFold.accounts).sort());
  const { Series, Position, FuturePosition, Claim } = declaredMissing(exchangeFold);
  expect(foundMissing(chain)).toMatchObject({ Series, Position, FuturePosition, Claim });
});
