/**
 * The matrix of wrong accounts: in every instruction every account is replaced by a stranger, by its twin of another
 * provider, offer, order or mint, and stripped of its signer or writable mark. All of it must fail and change nothing.
 */
import { readFileSync } from 'node:fs';
import { type AccountMeta, AccountRole, type Address } from '@solana/kit';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Idl } from '../../../programs/build/idl.ts';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  bond,
  buy,
  confirm,
  createBuyerParty,
  createMarket,
  createProviderParty,
  initialize,
  list,
  must,
  offerRef,
  orderRef,
  refund,
  register,
  start,
} from './actors.ts';
import {
  address,
  createStage,
  INFER,
  INFER_MINT,
  INFER_TREASURY,
  START_TIME,
  STRANGER,
  USDC_MINT,
  USDC_TREASURY,
} from './market.ts';
import type { Outcome } from './send.ts';

type Attempt = {
  readonly instruction: ProgramInstruction;
  readonly twins: Readonly<Record<string, readonly Address[]>>;
  readonly send: (instruction: ProgramInstruction) => Outcome;
};

const { instructions } = JSON.parse(
  readFileSync(new URL('../../../programs/marketplace/idl.json', import.meta.url), 'utf8'),
) as Idl;

/** Accounts that are the caller's free choice: another one that signs or fits is no mistake. */
const FREE: Readonly<Record<string, readonly string[]>> = {
  initialize_marketplace: ['payer', 'admin'],
  register_provider: ['payer'],
  list_offer: ['payer'],
  create_order: ['payer'],
};

/** The program itself has to refuse, by number: not the token program, and not the runtime by chance. */
const PROGRAM_CODE = expect.toSatisfy((code: number | null) => code !== null && code >= 2_000);
/** Token accounts of a stranger. */
const THIEF_INFER = address(61);
const THIEF_USDC = address(62);

/** Two of everything: party 0 and 1, each with an offer, an order in every state that a call needs. */
async function createPair() {
  const market = await createMarket();
  const { stage, chain } = market;
  const other = await createProviderParty(stage, 1);
  must(stage, register(stage, other), bond(other, 10_000n * INFER));
  const buyers = [market.buyer, await createBuyerParty(stage, 1)] as const;
  const parties = [market.party, other] as const;
  const offers = await Promise.all(parties.map((party) => offerRef(party, 0n, INFER_MINT)));
  const [mine, theirs] = offers as [typeof market.inferOffer, typeof market.inferOffer];
  must(stage, list(stage, mine), list(stage, theirs));
  chain.putTokens(THIEF_INFER, INFER_MINT, STRANGER, 0n);
  const myOrder = await orderRef(mine, buyers[0], 0n);
  const theirOrder = await orderRef(theirs, buyers[1], 0n);
  must(stage, buy(stage, myOrder), buy(stage, theirOrder));
  return { ...market, chain, other, buyers, mine, theirs, myOrder, theirOrder };
}

type Pair = Awaited<ReturnType<typeof createPair>>;

function orderTwins({ stage, other, buyers, theirs, theirOrder, myOrder }: Pair): Attempt['twins'] {
  return {
    provider: [other.provider],
    offer: [theirs.offer, theirOrder.order],
    order: [theirOrder.order, theirs.offer],
    vault: [theirOrder.vault, myOrder.party.bondVault, buyers[0].accounts[INFER_MINT] as Address],
    buyer: [buyers[1].buyer],
    marketplace: [myOrder.order, other.provider],
    operator_pool: [other.pool],
    mint: [USDC_MINT],
    buyer_token_account: [
      THIEF_INFER,
      buyers[1].accounts[INFER_MINT] as Address,
      buyers[0].accounts[USDC_MINT] as Address,
      myOrder.vault,
    ],
    provider_token_account: [
      THIEF_INFER,
      other.payoutAccounts[INFER_MINT] as Address,
      myOrder.party.payoutAccounts[USDC_MINT] as Address,
    ],
    treasury: [THIEF_INFER, USDC_TREASURY, stage.inferVerifierVault],
    verifier_vault: [THIEF_INFER, stage.usdcVerifierVault, INFER_TREASURY],
    buyer_record: [buyers[1].record],
    owner: [other.owner],
    bond_vault: [other.bondVault, myOrder.vault],
    owner_token_account: [THIEF_INFER, other.ownerInfer, buyers[0].accounts[INFER_MINT] as Address],
    pool_admin: [other.poolAdmin, myOrder.party.owner],
    infer_mint: [USDC_MINT],
  };
}

const ATTEMPTS: Readonly<Record<string, () => Promise<Attempt>>> = {
  async initialize_marketplace() {
    const stage = await createStage();
    const { chain } = stage;
    chain.putTokens(THIEF_INFER, INFER_MINT, STRANGER, 0n);
    chain.putTokens(THIEF_USDC, USDC_MINT, STRANGER, 0n);
    const twins = {
      infer_mint: [USDC_MINT],
      usdc_mint: [INFER_MINT],
      staking_program: [stage.marketplace],
      staking_usdc_vault: [THIEF_USDC],
      infer_treasury: [THIEF_USDC],
      usdc_treasury: [THIEF_INFER],
      infer_verifier_vault: [stage.usdcVerifierVault],
      usdc_verifier_vault: [stage.inferVerifierVault],
    };
    return { instruction: initialize(stage), twins, send: (instruction) => chain.send(instruction) };
  },
  async register_provider() {
    const pair = await createPair();
    const party = await createProviderParty(pair.stage, 2);
    return attempt(pair, register(pair.stage, party));
  },
  post_bond: async () => attemptOf((pair) => bond(pair.party, INFER)),
  async list_offer() {
    const pair = await createPair();
    const { mint: _, ...twins } = orderTwins(pair);
    const instruction = list(pair.stage, await offerRef(pair.party, 1n, INFER_MINT));
    return { instruction, twins, send: (changed) => pair.chain.send(changed) };
  },
  async create_order() {
    const pair = await createPair();
    return attempt(pair, buy(pair.stage, await orderRef(pair.mine, pair.buyers[0], 1n)));
  },
  start_delivery: async () => attemptOf((pair) => start(pair.stage, pair.myOrder)),
  confirm_delivery: async () =>
    attemptOf((pair) => {
      must(pair.stage, start(pair.stage, pair.myOrder), start(pair.stage, pair.theirOrder));
      return confirm(pair.stage, pair.myOrder);
    }),
  refund_order: async () =>
    attemptOf((pair) => {
      pair.chain.setTime(START_TIME + 1_000_000n);
      return refund(pair.stage, pair.myOrder);
    }),
};

async function attemptOf(act: (pair: Pair) => ProgramInstruction): Promise<Attempt> {
  const pair = await createPair();
  return attempt(pair, act(pair));
}

function attempt(pair: Pair, instruction: ProgramInstruction): Attempt {
  return { instruction, twins: orderTwins(pair), send: (changed) => pair.chain.send(changed) };
}

function withMeta(instruction: ProgramInstruction, index: number, change: Partial<AccountMeta>): ProgramInstruction {
  const accounts = instruction.accounts.map((meta, at) => (at === index ? { ...meta, ...change } : meta));
  return { ...instruction, accounts };
}

function withoutMark(role: AccountRole, mark: number): AccountRole {
  return (role & ~mark) as AccountRole;
}

describe.each(instructions.map(({ name, accounts }) => ({ name, accounts })))('$name', ({ name, accounts }) => {
  let current: Attempt;

  beforeEach(async () => {
    current = await (ATTEMPTS[name] as () => Promise<Attempt>)();
  });

  it('succeeds with the right accounts', () => {
    expect(current.send(current.instruction)).toMatchObject({ ok: true });
  });

  it.each(accounts.map(({ name: account }, index) => ({ account, index })))(
    'refuses another $account',
    ({ account, index }) => {
      const free = FREE[name]?.includes(account) ?? false;
      const candidates = [...(free ? [] : [STRANGER]), ...(current.twins[account] ?? [])];
      for (const wrong of candidates) {
        if (wrong === current.instruction.accounts[index]?.address) continue;
        expect({ wrong, ...current.send(withMeta(current.instruction, index, { address: wrong })) }).toMatchObject({
          ok: false,
          code: PROGRAM_CODE,
        });
      }
    },
  );

  it.each(accounts.flatMap((account, index) => (account.signer ? [{ account: account.name, index }] : [])))(
    'needs the signature of $account',
    ({ index }) => {
      const role = withoutMark(current.instruction.accounts[index]?.role as AccountRole, AccountRole.READONLY_SIGNER);
      const address = current.instruction.accounts[index]?.address as Address;
      // The fee payer signs in any case: somebody who did not sign takes its place.
      const change = accounts[index]?.name === 'payer' ? { role, address: STRANGER } : { role, address };
      expect(current.send(withMeta(current.instruction, index, change))).toMatchObject({ ok: false, code: 3010 });
    },
  );

  it.each(accounts.flatMap((account, index) => (account.writable ? [{ account: account.name, index }] : [])))(
    'needs $account to be writable',
    ({ account, index }) => {
      const role = withoutMark(current.instruction.accounts[index]?.role as AccountRole, AccountRole.WRITABLE);
      const change = account === 'payer' ? { role, address: STRANGER } : { role };
      expect(current.send(withMeta(current.instruction, index, change))).toMatchObject({ ok: false, code: 2000 });
    },
  );
});
