/**
 * Scenarios of registry, bond, offers and governed numbers.
 * @module
 */
import { pauseOrders, setAuthorities, setProviderStatus } from '../../../programs/marketplace/client.generated.ts';
import type { Exception, Scenarios } from '../scenario.ts';
import { OWNED } from '../wrong-accounts.ts';
import { bond, createProviderParty, govern, initialize, list, must, offerRef, register } from './actors.ts';
import {
  ADMIN,
  createStage,
  GOVERNANCE,
  HALT_AUTHORITY,
  INFER,
  INFER_MINT,
  START_TIME,
  STRANGER,
  USDC_MINT,
} from './market.ts';
import { CREATED_ONCE, createPair, OWN_ACCOUNT, scenario } from './pair.ts';
import { model } from './registry-errors.ts';
import { askBond, beat, benchmark, close, reprice, takeBond } from './sessions.ts';

const FIRST: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'free',
  why: 'whoever signs first is the admin',
};
const TREASURY: Exception = {
  kinds: ['copy', 'holder'],
  outcome: 'free',
  why: 'the admin names the treasuries: any account of the mint',
};
const DELAY = 604_800n;

export const REGISTRY_SCENARIOS: Scenarios = {
  async initialize_marketplace() {
    const stage = await createStage();
    return {
      vm: stage.chain.svm,
      instruction: initialize(stage),
      exceptions: {
        admin: [FIRST],
        infer_treasury: [TREASURY],
        usdc_treasury: [{ ...TREASURY, kinds: ['copy', 'holder', 'duplicate'] }],
      },
    };
  },
  async set_parameters() {
    const pair = await createPair();
    return scenario(pair, govern(pair.stage, { bond_ratio_bps: 900n }));
  },
  async set_authorities() {
    const pair = await createPair();
    const { marketplace } = pair.stage;
    const none = { admin: null, arbiter: null, haltAuthority: null, rewardAuthority: null, meter: null };
    return scenario(pair, setAuthorities({ admin: ADMIN, marketplace }, { ...none, arbiter: STRANGER }));
  },
  async pause_orders() {
    const pair = await createPair();
    const { marketplace } = pair.stage;
    return scenario(pair, pauseOrders({ authority: HALT_AUTHORITY, marketplace }, { isPaused: true }), {
      authority: [{ kinds: ['other'], only: [ADMIN], outcome: 'free', why: 'the admin pauses too' }],
    });
  },
  async set_model() {
    const pair = await createPair();
    return scenario(pair, model(pair.stage));
  },
  async set_provider_status() {
    const pair = await createPair();
    const { marketplace } = pair.stage;
    const { provider } = pair.party;
    return scenario(pair, setProviderStatus({ authority: GOVERNANCE, marketplace, provider }, { status: 4 }), {
      authority: [{ kinds: ['other'], only: [ADMIN], outcome: 'free', why: 'the admin bans too' }],
      provider: [
        OWNED,
        { kinds: ['other'], only: [pair.other.provider], outcome: 'free', why: 'any provider can be banned' },
      ],
    });
  },
  async register_provider() {
    const pair = await createPair();
    const party = await createProviderParty(pair.stage, 2);
    return scenario(pair, register(pair.stage, party), {
      operator_pool: [{ kinds: ['copy'], outcome: 'free', why: 'the staking program owns it' }],
    });
  },
  async post_bond() {
    const pair = await createPair();
    return scenario(pair, bond(pair.party, INFER), { owner_token_account: [OWN_ACCOUNT] });
  },
  async request_bond_withdrawal() {
    const pair = await createPair();
    return scenario(pair, askBond(pair.stage, pair.party, INFER), { provider: [OWNED] });
  },
  async withdraw_bond() {
    const pair = await createPair();
    const { stage, chain, party, other } = pair;
    must(stage, askBond(stage, party, INFER), askBond(stage, other, INFER));
    chain.setTime(START_TIME + DELAY);
    return scenario(pair, takeBond(stage, party, INFER), { owner_token_account: [OWN_ACCOUNT] });
  },
  async submit_benchmark() {
    const pair = await createPair();
    const { stage, party, other } = pair;
    must(stage, await benchmark(stage, party), await benchmark(stage, other));
    return scenario(pair, await benchmark(stage, party, { score: 3_100 }), {
      benchmark: [CREATED_ONCE],
    });
  },
  async heartbeat() {
    const pair = await createPair();
    return scenario(pair, beat(pair.party), { provider: [OWNED] });
  },
  async list_offer() {
    const pair = await createPair();
    return scenario(pair, list(pair.stage, await offerRef(pair.party, 1n, INFER_MINT)), {
      mint: [{ kinds: ['other'], only: [USDC_MINT], outcome: 'free', why: 'an offer asks for INFER or USDC' }],
    });
  },
  async update_offer() {
    const pair = await createPair();
    return scenario(pair, reprice(pair.mine), { offer: [OWNED] });
  },
  async close_offer() {
    const pair = await createPair();
    return scenario(pair, close(pair.mine), { offer: [OWNED] });
  },
};
