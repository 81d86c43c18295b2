/** What governance decides reaches the real marketplace and exchange, in the transaction that carries it out. */
import { getMintDecoder } from '@solana-program/token';
import { describe, expect, it } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import {
  decodeExchange,
  EXCHANGE_PROGRAM_ADDRESS,
  encodeExchange,
  removeBankroll,
} from '../../../programs/exchange/client.generated.ts';
import { findBankrollVault } from '../../../programs/exchange/pda.ts';
import { encodeParameters, GOVERNANCE_PROGRAM_ADDRESS } from '../../../programs/governance/client.generated.ts';
import {
  decodeBuyer,
  decodeMarketplace,
  decodeProvider,
  encodeBuyer,
  MARKETPLACE_PROGRAM_ADDRESS,
} from '../../../programs/marketplace/client.generated.ts';
import { findBuyer, findProvider } from '../../../programs/marketplace/pda.ts';
import { addressOf } from '../svm.ts';
import { Chamber, FOUNDER, INFER, INFER_MINT, type Member, USDC_MINT } from './chamber.ts';
import { addBankroll, putContested, putProvider, setUpExchange, setUpMarketplace } from './governed.ts';
import * as moves from './moves.ts';

const id = (key: string) => [...parameters.keys()].indexOf(key);
const [VERIFIED, SUSPENDED, BANNED] = [1, 3, 4];

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

  it('are verified and suspended by proposals, which no key can', async () => {
    const [chamber, alice] = await governed();
    const provider = await putProvider(chamber, addressOf('host'));
    for (const [kind, status] of [
      [8, VERIFIED],
      [9, SUSPENDED],
      [3, 0],
    ] as const) {
      const proposal = await moves.pass(chamber, alice, moves.hosting(kind, provider));
      chamber.run(moves.executeHost(chamber, alice, proposal, provider));
      expect(decodeProvider(chamber.svm.data(provider)).status).toBe(status);
    }
  });

  it('lose bond over an undecided challenge by a proposal, half of it burned, the rest to the challenger, once', async () => {
    const [chamber, alice] = await governed();
    const { svm } = chamber;
    const bob = await chamber.member('bob', 0n);
    const contested = await putContested(chamber, addressOf('host'), bob.owner, 10_000n * INFER);
    const [first, second] = [
      await moves.pass(chamber, alice, moves.hosting(10, contested.challenge)),
      await moves.pass(chamber, alice, moves.hosting(10, contested.challenge)),
    ];
    const { settings } = market(chamber);
    const part = ((settings.tierMinimumBonds[0] as bigint) * BigInt(settings.slashBpsFailedChallenge)) / 10_000n;
    const burned = (part * BigInt(settings.slashBurnBps)) / 10_000n;
    const supply = () => getMintDecoder().decode(svm.data(INFER_MINT)).supply;
    const supplyBefore = supply();
    chamber.run(await moves.executeSlash(chamber, alice, first, contested, bob.tokens));
    expect([svm.tokens(contested.bondVault), svm.tokens(bob.tokens), supplyBefore - supply()]).toEqual([
      10_000n * INFER - part,
      part - burned,
      burned,
    ]);
    expect(part).toBeGreaterThan(0n);
    const again = chamber.send(await moves.executeSlash(chamber, alice, second, contested, bob.tokens));
    expect([again.failure?.code, again.failure?.program]).toEqual([6130, MARKETPLACE_PROGRAM_ADDRESS]);
  });

  it('of another challenge keep their bond', async () => {
    const [chamber, alice] = await governed();
    const [one, other] = [
      await putContested(chamber, addressOf('host'), alice.owner, 10_000n * INFER),
      await putContested(chamber, addressOf('other host'), alice.owner, 10_000n * INFER),
    ];
    const proposal = await moves.pass(chamber, alice, moves.hosting(10, one.challenge));
    expect(chamber.codeOf(await moves.executeSlash(chamber, alice, proposal, other, alice.tokens))).toBe(2012);
    const mixed = { ...one, provider: other.provider, bondVault: other.bondVault };
    expect(chamber.codeOf(await moves.executeSlash(chamber, alice, proposal, mixed, alice.tokens))).toBe(2001);
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

describe('bankroll of the exchange', () => {
  async function funded(): Promise<[Chamber, Member]> {
    const [chamber, alice] = await governed();
    chamber.run(await addBankroll(chamber, alice, 20n * INFER));
    return [chamber, alice];
  }

  it('comes back to the treasury by a proposal, to the unit and once', async () => {
    const [chamber, alice] = await funded();
    const { svm, at } = chamber;
    const bankrollVault = await findBankrollVault();
    const held = () => [svm.tokens(bankrollVault), rules(chamber).funds.bankroll, svm.tokens(at.inferTreasury)];
    expect(held()).toEqual([20n * INFER, 20n * INFER, 0n]);
    const proposal = await moves.pass(chamber, alice, moves.returning(chamber, { amount: 7n * INFER }));
    const instruction = await moves.executeReturn(chamber, alice, proposal);
    chamber.run(instruction);
    expect(held()).toEqual([13n * INFER, 13n * INFER, 7n * INFER]);
    expect(chamber.codeOf(instruction)).toBe(6040);
  });

  it('that open notional stands against stays, and the proposal can be tried again when it is free', async () => {
    const [chamber, alice] = await funded();
    const { svm, at } = chamber;
    const proposal = await moves.pass(chamber, alice, moves.returning(chamber, { amount: 7n * INFER }));
    const instruction = await moves.executeReturn(chamber, alice, proposal);
    const state = rules(chamber);
    const withOpen = (openNotional: bigint) => {
      const data = svm.data(at.exchange).slice();
      data.set(encodeExchange({ ...state, funds: { ...state.funds, openNotional } }));
      svm.put(at.exchange, data, EXCHANGE_PROGRAM_ADDRESS);
    };
    withOpen(13n * INFER + 1n);
    const refused = chamber.send(instruction);
    expect([refused.failure?.code, refused.failure?.program]).toEqual([6021, EXCHANGE_PROGRAM_ADDRESS]);
    expect(chamber.proposal(proposal).status).toBe(moves.STATUS.queued);
    withOpen(13n * INFER);
    chamber.run(instruction);
    expect(svm.tokens(at.inferTreasury)).toBe(7n * INFER);
  });

  it('goes to the treasury as INFER and to nobody else', async () => {
    const [chamber, alice] = await funded();
    const submitting = async (change: Parameters<typeof moves.returning>[1]) =>
      chamber.codeOf(moves.create(chamber, alice, await chamber.nextProposal(), moves.returning(chamber, change)));
    expect(await submitting({ recipient: alice.tokens })).toBe(6047);
    expect(await submitting({ mint: USDC_MINT, recipient: chamber.at.usdcTreasury })).toBe(6025);
    expect(await submitting({ category: 4 })).toBe(6024);
    expect(await submitting({ amount: 0n })).toBe(6015);
    const proposal = await moves.pass(chamber, alice, moves.returning(chamber));
    expect(chamber.codeOf(await moves.executeReturn(chamber, alice, proposal, alice.tokens))).toBe(2012);
    expect(chamber.codeOf(moves.executeSpend(chamber, alice, proposal, alice.tokens))).toBe(6041);
  });

  it('is beyond the reach of the founding admin and of a proposal that has not passed', async () => {
    const [chamber, alice] = await funded();
    const proposal = await moves.bringToVote(chamber, alice, moves.returning(chamber));
    expect(chamber.codeOf(await moves.executeReturn(chamber, alice, proposal))).toBe(6040);
    const accounts = {
      governanceAuthority: FOUNDER,
      exchange: chamber.at.exchange,
      bankrollVault: await findBankrollVault(),
      treasury: chamber.at.inferTreasury,
    };
    expect(chamber.codeOf(removeBankroll(accounts, { amount: INFER }))).toBe(2012);
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
