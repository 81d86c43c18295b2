/** What governance decides reaches the real marketplace and exchange, in the transaction that carries it out. */
import { describe, expect, it } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import { decodeExchange } from '../../../programs/exchange/client.generated.ts';
import { encodeParameters, GOVERNANCE_PROGRAM_ADDRESS } from '../../../programs/governance/client.generated.ts';
import {
  decodeBuyer,
  decodeMarketplace,
  decodeProvider,
  encodeBuyer,
} from '../../../programs/marketplace/client.generated.ts';
import { findBuyer, findProvider } from '../../../programs/marketplace/pda.ts';
import { addressOf } from '../svm.ts';
import { Chamber, INFER, type Member } from './chamber.ts';
import { putProvider, setUpExchange, setUpMarketplace } from './governed.ts';
import * as moves from './moves.ts';

const id = (key: string) => [...parameters.keys()].indexOf(key);
const BANNED = 4;

async function governed(overrides: Parameters<typeof Chamber.create>[0] = []): Promise<[Chamber, Member]> {
  const chamber = await Chamber.create(overrides);
  await setUpMarketplace(chamber);
  await setUpExchange(chamber);
  const alice = await chamber.member('alice');
  chamber.run(moves.stake(chamber, alice, 100n * INFER));
  chamber.wait(1n);
  return [chamber, alice];
}

const market = ({ svm, at }: Chamber) => decodeMarketplace(svm.data(at.marketplace));
const rules = ({ svm, at }: Chamber) => decodeExchange(svm.data(at.exchange));

describe('parameters', () => {
  it('of marketplace and exchange change with the proposal that changes them', async () => {
    const [chamber, alice] = await governed();
    const changes = [
      { id: id('fee_burn_bps'), value: 2_500n },
      { id: id('fee_treasury_bps'), value: 7_500n },
      { id: id('initial_margin_bps'), value: 2_000n },
      { id: id('platform_fee_bps'), value: 300n },
    ];
    for (const each of [0, 2, 3]) chamber.run(moves.handOver(chamber, changes[each]?.id ?? 0));
    const proposal = await moves.pass(chamber, alice, moves.changing(...changes));
    const events = chamber.run(moves.executeChange(chamber, alice, proposal));
    expect(market(chamber).settings).toMatchObject({ feeBurnBps: 2_500, feeTreasuryBps: 7_500, platformFeeBps: 300 });
    expect(rules(chamber).rules.initialMarginBps).toBe(2_000n);
    expect(events.filter(({ name }) => name === 'ParametersPushed')).toHaveLength(2);
  });

  it('of a local chain reach both programs by one push each, and a second push changes nothing', async () => {
    const [chamber] = await governed([
      { id: id('challenge_window_seconds'), value: 60n },
      { id: id('funding_interval_seconds'), value: 30n },
    ]);
    chamber.run(moves.push(chamber, 0), moves.push(chamber, 1));
    expect(market(chamber).settings.challengeWindowSeconds).toBe(60);
    expect(rules(chamber).rules.fundingIntervalSeconds).toBe(30n);
    const before = [chamber.svm.data(chamber.at.marketplace), chamber.svm.data(chamber.at.exchange)];
    chamber.wait(1n);
    chamber.run(moves.push(chamber, 0), moves.push(chamber, 1));
    expect([chamber.svm.data(chamber.at.marketplace), chamber.svm.data(chamber.at.exchange)]).toEqual(before);
  });

  it('every value within its bounds and joint rules is taken by the program that acts by it', async () => {
    for (const limit of ['min', 'max'] as const) {
      const [chamber] = await governed();
      const rows = [...parameters.values()];
      const values = rows.map((row) => (/^fee_.*_bps$/.test(row.key) ? row.defaultValue : row[limit]));
      const state = chamber.parameters();
      const data = new Uint8Array(2_304);
      data.set(encodeParameters({ ...state, values: [...values, ...state.values.slice(values.length)] }));
      chamber.svm.put(chamber.at.parameters, data, GOVERNANCE_PROGRAM_ADDRESS);
      chamber.run(moves.push(chamber, 0), moves.push(chamber, 1));
      expect(market(chamber).settings.platformFeeBps).toBe(limit === 'min' ? 0 : 5_000);
    }
  });
});

describe('hosts', () => {
  it('are banned and readmitted by proposals', async () => {
    const [chamber, alice] = await governed();
    const provider = await putProvider(chamber, addressOf('host'));
    const status = () => decodeProvider(chamber.svm.data(provider)).status;
    const ban = await moves.pass(chamber, alice, moves.hosting(2, provider));
    chamber.run(moves.executeHost(chamber, alice, ban, provider));
    expect(status()).toBe(BANNED);
    const unban = await moves.pass(chamber, alice, moves.hosting(3, provider));
    chamber.run(moves.executeHost(chamber, alice, unban, provider));
    expect(status()).toBe(0);
  });

  it('of another proposal are left alone', async () => {
    const [chamber, alice] = await governed();
    const [host, other] = [
      await putProvider(chamber, addressOf('host')),
      await putProvider(chamber, addressOf('other')),
    ];
    const ban = await moves.pass(chamber, alice, moves.hosting(2, host));
    expect(chamber.codeOf(moves.executeHost(chamber, alice, ban, other))).toBe(2012);
  });
});

describe('the catalogue', () => {
  it('gets models and loses them by proposals, and a model keeps its number', async () => {
    const [chamber, alice] = await governed();
    const before = market(chamber).models;
    const add = await moves.pass(chamber, alice, moves.cataloging(4));
    chamber.run(moves.executeCatalog(chamber, alice, add));
    const listed = { name: 'L40S', vramGb: 48, weight: 600, minBenchmark: 480, isListed: true };
    expect(market(chamber).models).toEqual([...before, listed]);
    const remove = await moves.pass(chamber, alice, moves.cataloging(5));
    chamber.run(moves.executeCatalog(chamber, alice, remove));
    expect(market(chamber).models).toEqual([...before, { ...listed, isListed: false }]);
  });
});

describe('use', () => {
  it('stands in the marketplace’s records where governance reads it', async () => {
    const [chamber, alice] = await governed();
    await chamber.putUse(alice.owner, 11n, null);
    const buyer = decodeBuyer(chamber.svm.data(await findBuyer(alice.owner)));
    expect(buyer).toMatchObject({ buyer: alice.owner, feesPaid: 11n });
    expect(encodeBuyer(buyer).slice(42, 58)).toEqual(chamber.svm.data(await findBuyer(alice.owner)).slice(42, 58));
    await putProvider(chamber, alice.owner);
    await chamber.putUse(alice.owner, null, 13n);
    expect(decodeProvider(chamber.svm.data(await findProvider(alice.owner)))).toMatchObject({
      owner: alice.owner,
      feesEarnedOn: 13n,
    });
  });
});
