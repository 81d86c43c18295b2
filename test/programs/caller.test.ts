/**
 * Calls from another program: the whole life of an order by a buyer that is a program, every scenario of the marketplace
 * through a caller, and what a caller cannot do.
 */
import { isSignerRole } from '@solana/kit';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeOrder } from '../../programs/marketplace/client.generated.ts';
import { findBuyer } from '../../programs/marketplace/pda.ts';
import { addCaller, findCallerAddress, throughCaller } from './call-through.ts';
import { buy, confirm, createMarket, list, must, orderRef, refund, start } from './marketplace/actors.ts';
import { address, INFER, INFER_MINT, START_TIME } from './marketplace/market.ts';
import { SCENARIOS } from './marketplace/scenarios.ts';
import { createScenario, readIdl, type Scenario } from './scenario.ts';
import { sendTo } from './send.ts';
import { addressOf } from './svm.ts';
import { putWallet } from './wrong-candidates.ts';

const FEE_PAYER = addressOf('fee payer of the caller');
const { instructions } = readIdl('marketplace');
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

describe.each(Object.keys(SCENARIOS).sort())('%s through a caller', (name) => {
  it('succeeds with the signatures of the transaction', async () => {
    const { vm, instruction } = await createScenario(SCENARIOS, name);
    addCaller(vm);
    putWallet(vm, FEE_PAYER);
    expect(sendTo(vm, FEE_PAYER, [throughCaller(instruction)]).failure?.text).toBeUndefined();
  });

  it('is refused when a signature is missing, whoever calls', async () => {
    const { vm, instruction } = await createScenario(SCENARIOS, name);
    addCaller(vm);
    putWallet(vm, FEE_PAYER);
    for (const signer of instruction.accounts.filter(({ role }) => isSignerRole(role))) {
      const { failure } = sendTo(vm, FEE_PAYER, [throughCaller(instruction, [signer.address])]);
      expect(failure).toMatchObject({ code: 3010, program: instruction.programAddress });
    }
  });

  it('is refused when the caller puts its own address in the place of a signer', async () => {
    const scenario = await createScenario(SCENARIOS, name);
    const { vm, instruction } = scenario;
    addCaller(vm);
    putWallet(vm, FEE_PAYER);
    const names = instructions.find((each) => each.name === name)?.accounts.map((account) => account.name) ?? [];
    const own = await findCallerAddress();
    for (const [index, { role }] of instruction.accounts.entries()) {
      if (!isSignerRole(role) || isFreeChoice(scenario, names[index] ?? '')) continue;
      const accounts = instruction.accounts.map((meta, at) => (at === index ? { ...meta, address: own } : meta));
      const { failure } = sendTo(vm, FEE_PAYER, [throughCaller({ ...instruction, accounts }, [own])]);
      expect(failure?.program, `${name}, account ${index}`).toBe(instruction.programAddress);
      expect(failure?.code).toBeGreaterThanOrEqual(2_000);
    }
  });
});

/** Whether anybody may stand in the account's place. */
function isFreeChoice({ exceptions = {} }: Scenario, account: string): boolean {
  return account === 'payer' || (exceptions[account] ?? []).some(({ kinds }) => kinds.includes('stranger'));
}

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
