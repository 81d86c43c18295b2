/**
 * A chain and an instruction for every numbered error of the exchange.
 * @module
 */
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { decodeSeries } from '../../../programs/exchange/client.generated.ts';
import type { ErrorCases } from '../error-cases.ts';
import { addressOf } from '../svm.ts';
import { change, Floor, HOUR, INFER, type Party, UNIT_PRICE } from './floor.ts';
import { id as row } from './rows.ts';

const SIZE = 3_600_000n;
const STRANGER = addressOf('a stranger at the exchange');

interface Stand {
  readonly floor: Floor;
  readonly party: Party;
}

/** A trader with 50,000 INFER free, and the instruction that is refused. */
async function refuse(act: (stand: Stand) => ProgramInstruction | Promise<ProgramInstruction>) {
  const floor = await Floor.create();
  const party = await floor.party('trader');
  floor.run(floor.deposit(party, 50_000n * INFER));
  const instruction = await act({ floor, party });
  return { vm: floor.svm.vm, instruction };
}

async function opened({ floor, party }: Stand): Promise<void> {
  floor.run(await floor.open(party, 0, SIZE, 5_000n * INFER));
}

/** A point series of model 0 an hour ahead. */
async function listed({ floor }: Stand) {
  const expiry = floor.now + HOUR;
  floor.run(await floor.createSeries(0, expiry, expiry));
  return floor.series(0, expiry, expiry);
}

export const CASES: ErrorCases['cases'] = {
  UnknownParameter: () => refuse(({ floor }) => floor.setParameters([change(row('quorum_bps'), 1_000n)])),
  ParameterOutOfBounds: () => refuse(({ floor }) => floor.setParameters([change(row('trade_fee_bps'), 501n)])),
  MarginsCrossed: () => refuse(({ floor }) => floor.setParameters([change(row('maintenance_margin_bps'), 1_000n)])),
  async InvalidInferMint() {
    const floor = await Floor.bare();
    const instruction = floor.initialize();
    const mint = floor.svm.putMint(addressOf('mint of six decimals'), 6);
    const accounts = instruction.accounts.map((meta, at) => (at === 3 ? { ...meta, address: mint } : meta));
    return { vm: floor.svm.vm, instruction: { ...instruction, accounts } };
  },
  NotAuthority: () => refuse(({ floor }) => floor.setPaused(true, STRANGER)),
  InvalidPrice: () => refuse(({ floor }) => floor.createIndex(5, 999_999_999n)),
  ZeroAmount: () => refuse(({ floor, party }) => floor.deposit(party, 0n)),
  InsufficientCollateral: () => refuse(({ floor, party }) => floor.withdraw(party, 50_000n * INFER + 1n)),
  TradingPaused: () =>
    refuse(({ floor, party }) => {
      floor.run(floor.setPaused(true));
      return floor.open(party, 0, SIZE, 5_000n * INFER);
    }),
  PriceStale: () =>
    refuse(({ floor, party }) => {
      floor.wait(24n * HOUR + 1n);
      return floor.open(party, 0, SIZE, 5_000n * INFER);
    }),
  ZeroSize: () => refuse(({ floor, party }) => floor.open(party, 0, 0n, 0n)),
  SizeTooLarge: () => refuse(({ floor, party }) => floor.open(party, 0, 10n ** 13n + 1n, 5_000n * INFER)),
  OppositeSide: () =>
    refuse(async (stand) => {
      await opened(stand);
      return stand.floor.open(stand.party, 0, -1n, 0n);
    }),
  OpenInterestAboveLimit: () =>
    refuse(({ floor, party }) => {
      floor.run(floor.setParameters([change(row('max_open_interest'), 9_000n * INFER)]));
      return floor.open(party, 0, SIZE, 5_000n * INFER);
    }),
  OpenInterestAboveBankroll: () =>
    refuse(({ floor, party }) => {
      floor.run(floor.setParameters([change(row('max_open_interest_bankroll_bps'), 90n)]));
      return floor.open(party, 0, SIZE, 5_000n * INFER);
    }),
  InsufficientMargin: () => refuse(({ floor, party }) => floor.open(party, 0, SIZE, 999n * INFER)),
  PriceBeyondLimit: () => refuse(({ floor, party }) => floor.open(party, 0, SIZE, 5_000n * INFER, 10n * UNIT_PRICE)),
  SizeAbovePosition: () =>
    refuse(async (stand) => {
      await opened(stand);
      return stand.floor.close(stand.party, 0, SIZE + 1n);
    }),
  NoPosition: () =>
    refuse(async (stand) => {
      await opened(stand);
      stand.floor.run(await stand.floor.close(stand.party, 0, SIZE));
      return stand.floor.close(stand.party, 0, 1n);
    }),
  PositionHealthy: () =>
    refuse(async (stand) => {
      await opened(stand);
      return stand.floor.liquidate(stand.party, 0);
    }),
  FundingNotDue: () =>
    refuse(async (stand) => {
      await opened(stand);
      stand.floor.wait(HOUR - 1n);
      return stand.floor.settleFunding(stand.party, 0);
    }),
  BankrollNotFree: () =>
    refuse(async (stand) => {
      await opened(stand);
      return stand.floor.removeBankroll(995_000n * INFER);
    }),
  async NothingToPay() {
    const { floor, party } = await createClaim();
    return { vm: floor.svm.vm, instruction: await floor.payClaim(party, 0n) };
  },
  InvalidDelivery: () => refuse(({ floor }) => floor.createSeries(0, floor.now + 2n, floor.now + 1n)),
  TooManyMilestones: () =>
    refuse(async ({ floor }) => {
      for (let at = 1n; at <= 24n; at += 1n) {
        floor.run(await floor.createSeries(0, floor.now + at, floor.now + at));
      }
      return floor.createSeries(0, floor.now + 25n, floor.now + 25n);
    }),
  SeriesExpired: () =>
    refuse(async (stand) => {
      const series = await listed(stand);
      stand.floor.wait(HOUR);
      return stand.floor.tradeFuture(stand.party, series, SIZE, 5_000n * INFER);
    }),
  SeriesNotExpired: () => refuse(async (stand) => stand.floor.settleSeries(await listed(stand))),
  SeriesSettled: () =>
    refuse(async (stand) => {
      const series = await listed(stand);
      stand.floor.wait(HOUR);
      stand.floor.run(await stand.floor.settleSeries(series));
      if (stand.floor.read(series, decodeSeries).market.settledAt === 0n) throw new Error('not settled');
      return stand.floor.settleSeries(series);
    }),
  SeriesNotSettled: () =>
    refuse(async (stand) => {
      const series = await listed(stand);
      stand.floor.run(await stand.floor.tradeFuture(stand.party, series, SIZE, 5_000n * INFER));
      stand.floor.wait(HOUR);
      return stand.floor.settleFuturePosition(stand.party, series);
    }),
  NothingToSweep: () => refuse(({ floor }) => floor.sweepSurplus()),
};

/** A long whose profit is more than bankroll and insurance have: it stands as a claim that nothing has funded yet. */
export async function createClaim(bankroll = 1_000n * INFER): Promise<Stand> {
  const floor = await Floor.create(bankroll);
  const rules = [
    change(row('max_open_interest_bankroll_bps'), 1_000_000n),
    change(row('index_clamp_ppm'), 100_000n),
    change(row('mark_window_seconds'), 10n),
  ];
  floor.run(floor.setParameters(rules));
  const party = await floor.party('trader');
  floor.run(floor.deposit(party, 50_000n * INFER));
  floor.run(await floor.open(party, 0, SIZE, 5_000n * INFER));
  for (let step = 0; step < 9; step += 1) {
    floor.wait(20n);
    floor.run(await floor.purchase(0, 100_000_000n, 100n * INFER));
  }
  floor.run(await floor.close(party, 0, SIZE));
  return { floor, party };
}
