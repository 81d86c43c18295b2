/**
 * Calls from another program: the whole life of an order by a buyer that is a program, every scenario of the marketplace
 * through a caller, and what a caller cannot do.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeOrder } from '../../programs/marketplace/client.generated.ts';
import { findBuyer } from '../../programs/marketplace/pda.ts';
import { addCaller, findCallerAddress, throughCaller } from './call-through.ts';
import { describeCalls } from './calls.ts';
import { buy, confirm, createMarket, list, must, orderRef, refund, start } from './marketplace/actors.ts';
import { address, INFER, INFER_MINT, START_TIME } from './marketplace/market.ts';
import { SCENARIOS } from './marketplace/scenarios.ts';
import { createScenario } from './scenario.ts';
import { sendTo } from './send.ts';
import { addressOf } from './svm.ts';
import { putWallet } from './wrong-candidates.ts';

const FEE_PAYER = addressOf('fee payer of the caller');
const SETTLED = 2;
const REFUNDED = 3;
const FUNDS = 1_000n * INFER;

/** A market whose buyer is the caller program's own address, with an order that this buyer would place. */
async function createProgramBuyer() {
  const market = await createMarket();
  must(market.stage, list(market.stage, market.inferOffer));
  addCaller(market.chain.svm);
  const own = await findCallerAddress();
  const account = address(90);
  market.chain.putTokens(account, INFER_MINT, own, FUNDS);
  const buyer = { buyer: own, record: await findBuyer(own), accounts: { [INFER_MINT]: account } };
  const ref = await orderRef(market.inferOffer, buyer, 0n);
  return { ...market, own, account, ref };
}

describe('a program as buyer', () => {
  let world: Awaited<ReturnType<typeof createProgramBuyer>>;

  beforeEach(async () => {
    world = await createProgramBuyer();
    must(world.stage, throughCaller(buy(world.stage, world.ref), [world.own]));
  });

  it('orders and confirms, and the provider has its share', () => {
    const { stage, chain, ref, own, account, party } = world;
    const { amount } = chain.read(ref.order, decodeOrder);
    expect(chain.balance(account)).toBe(FUNDS - amount);
    must(stage, start(stage, ref), throughCaller(confirm(stage, ref, own), [own]));
    expect(chain.read(ref.order, decodeOrder)).toMatchObject({ status: SETTLED, buyer: own });
    const paid = chain.events.flatMap((event) => (event.name === 'OrderSettled' ? [event.data.providerAmount] : []));
    expect(paid).toEqual([chain.balance(party.payoutAccounts[INFER_MINT] as typeof account)]);
  });

  it('has its price back by a refund that a program asks for', () => {
    const { stage, chain, ref, account } = world;
    chain.setTime(START_TIME + 1_000_000n);
    must(stage, throughCaller(refund(stage, ref)));
    expect(chain.read(ref.order, decodeOrder).status).toBe(REFUNDED);
    expect(chain.balance(account)).toBe(FUNDS);
  });

  it('is not the buyer without the caller: nobody else signs for a program address', () => {
    const { stage, chain, ref, own } = world;
    must(stage, start(stage, ref));
    const bare = confirm(stage, ref, own);
    const unsigned = { ...bare, accounts: bare.accounts.map((meta) => ({ ...meta, role: meta.role & 1 })) };
    expect(chain.send(unsigned)).toMatchObject({ ok: false, code: 3010 });
  });
});

describeCalls({ folder: 'marketplace', scenarios: SCENARIOS });

it('no program is entered again by one that it calls: the runtime refuses it, at any depth', async () => {
  const { vm, instruction } = await createScenario(SCENARIOS, 'refund_order');
  const between = addressOf('another caller');
  addCaller(vm);
  addCaller(vm, between);
  putWallet(vm, FEE_PAYER);
  const once = throughCaller(throughCaller(instruction), [], between);
  const again = throughCaller(once);
  expect(sendTo(vm, FEE_PAYER, [again]).failure).toMatchObject({
    code: null,
    reason: expect.stringContaining('reentrancy'),
  });
  expect(sendTo(vm, FEE_PAYER, [once]).failure).toBeNull();
});
