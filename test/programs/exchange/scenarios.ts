/**
 * For every instruction a chain on which it succeeds, with two of everything: what the matrix of wrong accounts and the
 * costs are made from.
 * @module
 */
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { decodeFuturePosition } from '../../../programs/exchange/client.generated.ts';
import type { Exception, Scenario, Scenarios } from '../scenario.ts';
import { addressOf } from '../svm.ts';
import { OWNED } from '../wrong-accounts.ts';
import { ADMIN, change, Floor, GOVERNANCE, HOUR, INFER, MINT, type Party } from './floor.ts';
import { id as row } from './rows.ts';

const SIZE = 3_600_000n;
const OTHER_MINT = addressOf('other mint');
const FINE_WALLET: Exception = {
  kinds: ['copy'],
  outcome: 'free',
  why: 'any INFER account of the right holder will do',
};
const TWO_AUTHORITIES: readonly Exception[] = [
  { kinds: ['other'], only: [GOVERNANCE], outcome: 'free', why: 'governance may do what the admin may' },
];
const SUCCESSOR: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'free',
  why: 'the admin chooses the successor, who signs',
};

const CREATED: readonly Exception[] = [
  OWNED,
  { kinds: ['foreign'], outcome: 'elsewhere', why: 'it would be created, and the system program finds it in use' },
];

interface Pair {
  readonly floor: Floor;
  readonly mine: Party;
  readonly theirs: Party;
}

/** Two traders with positions in both models, a long and a short. */
async function createPair(bankroll = 1_000_000n * INFER): Promise<Pair> {
  const floor = await Floor.create(bankroll);
  floor.svm.putMint(OTHER_MINT, 9);
  floor.svm.putTokens(addressOf('wallet of another mint'), OTHER_MINT, addressOf('owner mine'), INFER);
  const [mine, theirs] = [await floor.party('mine'), await floor.party('theirs')];
  for (const party of [mine, theirs]) {
    floor.run(floor.deposit(party, 50_000n * INFER));
    for (const model of [0, 1]) {
      floor.run(await floor.open(party, model, party === mine ? SIZE : -SIZE / 2n, 4_000n * INFER));
    }
  }
  return { floor, mine, theirs };
}

/** Accounts of the program that an instruction takes by owner and kind, and by what the others name. */
function owned(names: readonly string[]): Scenario['exceptions'] {
  return Object.fromEntries(names.map((name) => [name, [OWNED]]));
}

function scenario(
  { floor, theirs }: Pair,
  instruction: ProgramInstruction,
  ownedNames: readonly string[],
  exceptions: Scenario['exceptions'] = {},
): Scenario {
  return {
    vm: floor.svm.vm,
    instruction,
    others: [theirs.owner, ADMIN, GOVERNANCE],
    exceptions: { ...owned(ownedNames), ...exceptions },
  };
}

/** The trader's address is a seed of the claim, so that a copy of it fits no claim. */
const DESK = ['exchange', 'index'];

/** Two series of each model, with both traders in each. */
async function createSeriesPair() {
  const pair = await createPair();
  const { floor, mine, theirs } = pair;
  const expiry = floor.now + HOUR;
  const addresses = [];
  for (const model of [0, 1]) {
    for (const start of [expiry, expiry - 600n]) {
      const address = await floor.series(model, start, expiry);
      floor.run(await floor.createSeries(model, start, expiry));
      for (const party of [mine, theirs]) {
        const size = party === mine ? SIZE : -SIZE;
        floor.run(await floor.tradeFuture(party, address, size, 4_000n * INFER));
      }
      addresses.push(address);
    }
  }
  const [series] = addresses;
  if (series === undefined) throw new Error('no series');
  return { ...pair, series, addresses, expiry };
}

/** Purchases at half the price, a slot each, until longs are below their maintenance margin. */
async function fall({ floor }: Pair): Promise<void> {
  floor.run(floor.setParameters([change(row('index_clamp_ppm'), 100_000n), change(row('mark_window_seconds'), 10n)]));
  for (let step = 0; step < 9; step += 1) {
    floor.wait(20n);
    for (const model of [0, 1]) floor.run(await floor.purchase(model, 100_000_000n, INFER / 10n));
  }
}

/** Both traders with a claim each, half funded. */
async function createClaims(): Promise<Pair> {
  const pair = await createPair(10_000n * INFER);
  const { floor, mine, theirs } = pair;
  floor.run(floor.setParameters([change(row('index_clamp_ppm'), 100_000n), change(row('mark_window_seconds'), 10n)]));
  floor.run(await floor.close(theirs, 0, SIZE / 2n), await floor.open(theirs, 0, SIZE, 4_000n * INFER));
  for (let step = 0; step < 16; step += 1) {
    floor.wait(20n);
    floor.run(await floor.purchase(0, 100_000_000n, 100n * INFER));
  }
  floor.run(await floor.close(mine, 0, SIZE));
  floor.run(await floor.close(theirs, 0, SIZE));
  floor.run(floor.addBankroll(20_000n * INFER));
  return pair;
}

export const SCENARIOS: Scenarios = {
  async initialize_exchange() {
    const floor = await Floor.bare();
    return {
      vm: floor.svm.vm,
      instruction: floor.initialize(),
      exceptions: {
        admin: [{ kinds: ['stranger', 'empty', 'other', 'duplicate'], outcome: 'free', why: 'whoever signs' }],
        infer_mint: [{ kinds: ['copy', 'other'], outcome: 'free', why: 'the first caller names the mint' }],
      },
    };
  },
  async set_parameters() {
    const pair = await createPair();
    return scenario(pair, pair.floor.setParameters([change(row('trade_fee_bps'), 20n)]), ['exchange']);
  },
  async set_paused() {
    const pair = await createPair();
    return scenario(pair, pair.floor.setPaused(true), ['exchange'], { authority: TWO_AUTHORITIES });
  },
  async replace_admin() {
    const pair = await createPair();
    return scenario(pair, pair.floor.replaceAdmin(addressOf('next admin')), ['exchange'], { new_admin: [SUCCESSOR] });
  },
  async create_index() {
    const pair = await createPair();
    const instruction = await pair.floor.createIndex(2, INFER * 1_000_000n);
    return scenario(pair, instruction, ['exchange'], { authority: TWO_AUTHORITIES });
  },
  async record_purchase() {
    const pair = await createPair();
    return scenario(pair, await pair.floor.purchase(0, 3_600n, 11n * INFER), ['exchange', 'index']);
  },
  async deposit_margin() {
    const pair = await createPair();
    const instruction = pair.floor.deposit(await pair.floor.party('new'), INFER);
    return scenario(pair, instruction, ['exchange'], { owner_token_account: [FINE_WALLET] });
  },
  async withdraw_margin() {
    const pair = await createPair();
    const instruction = pair.floor.withdraw(pair.mine, INFER);
    return scenario(pair, instruction, ['exchange', 'trader'], { owner_token_account: [FINE_WALLET] });
  },
  async open_position() {
    const pair = await createPair();
    const instruction = await pair.floor.open(pair.mine, 0, SIZE / 2n, 3_000n * INFER);
    return scenario(pair, instruction, DESK, { position: CREATED });
  },
  async close_position() {
    const pair = await createPair();
    return scenario(pair, await pair.floor.close(pair.mine, 0, SIZE / 2n), ['position', ...DESK]);
  },
  async settle_funding() {
    const pair = await createPair();
    pair.floor.wait(HOUR);
    return scenario(pair, await pair.floor.settleFunding(pair.mine, 0), ['position', ...DESK]);
  },
  async liquidate() {
    const pair = await createPair();
    await fall(pair);
    const instruction = await pair.floor.liquidate(pair.mine, 0);
    return scenario(pair, instruction, ['position', ...DESK], { keeper_token_account: [FINE_WALLET] });
  },
  async add_bankroll() {
    const pair = await createPair();
    const exceptions = { owner_token_account: [FINE_WALLET] };
    return scenario(pair, pair.floor.addBankroll(INFER), ['exchange'], exceptions);
  },
  async remove_bankroll() {
    const pair = await createPair();
    return scenario(pair, pair.floor.removeBankroll(INFER), ['exchange'], { treasury: [FINE_WALLET] });
  },
  async add_insurance() {
    const pair = await createPair();
    const exceptions = { owner_token_account: [FINE_WALLET] };
    return scenario(pair, pair.floor.addInsurance(INFER), ['exchange'], exceptions);
  },
  async sweep_surplus() {
    const pair = await createPair();
    const { svm, places } = pair.floor;
    svm.putTokens(places.marginVault, MINT, places.exchange, svm.tokens(places.marginVault) + 5n);
    return scenario(pair, pair.floor.sweepSurplus(), ['exchange']);
  },
  async create_series() {
    const pair = await createSeriesPair();
    const { floor, expiry } = pair;
    const instruction = await floor.createSeries(0, expiry, expiry + HOUR);
    return scenario(pair, instruction, ['exchange', 'index'], { authority: TWO_AUTHORITIES });
  },
  async trade_future() {
    const pair = await createSeriesPair();
    const instruction = await pair.floor.tradeFuture(pair.mine, pair.series, SIZE / 2n, 3_000n * INFER);
    return scenario(pair, instruction, ['exchange'], { future_position: CREATED });
  },
  async liquidate_future() {
    const pair = await createSeriesPair();
    await fall(pair);
    const instruction = await pair.floor.liquidateFuture(pair.mine, pair.series);
    const exceptions = { keeper_token_account: [FINE_WALLET] };
    return scenario(pair, instruction, ['future_position', 'exchange'], exceptions);
  },
  async settle_series() {
    const pair = await createSeriesPair();
    pair.floor.wait(HOUR);
    const instruction = await pair.floor.settleSeries(pair.series);
    const sameModel = pair.addresses.slice(1, 2);
    return scenario(pair, instruction, ['exchange'], {
      series: [
        OWNED,
        { kinds: ['other'], only: sameModel, outcome: 'free', why: 'another expired series of the index settles too' },
      ],
    });
  },
  async settle_future_position() {
    const pair = await createSeriesPair();
    pair.floor.wait(HOUR);
    for (const series of pair.addresses) pair.floor.run(await pair.floor.settleSeries(series));
    const { holding } = pair.floor.read(await pair.floor.future(pair.mine, pair.series), decodeFuturePosition);
    if (holding.size === 0n) throw new Error('nothing to settle');
    const instruction = await pair.floor.settleFuturePosition(pair.mine, pair.series);
    return scenario(pair, instruction, ['future_position', 'exchange']);
  },
  async pay_claim() {
    const pair = await createClaims();
    return scenario(pair, await pair.floor.payClaim(pair.mine, 0n), ['exchange', 'claim']);
  },
};
