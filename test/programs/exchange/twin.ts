/**
 * The program and the model side by side: every instruction is sent to both, both must take it or refuse it with the same
 * number, and every account must then hold what the model says. Then the invariants of the exchange are checked.
 * @module
 */
import type { Address } from '@solana/kit';
import { expect } from 'vitest';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import * as client from '../../../programs/exchange/client.generated.ts';
import { Floor, KEEPER_WALLET, type Party } from './floor.ts';
import { checkInvariants } from './invariants.ts';
import { Model } from './model.ts';
import type { ModelState, Moment } from './model-state.ts';
import { same } from './same.ts';

export interface SeriesRef {
  readonly name: string;
  readonly model: number;
  readonly deliveryStart: bigint;
  readonly expiry: bigint;
  readonly address: Address;
}

export class Twin {
  readonly floor: Floor;
  readonly model: Model;
  readonly parties: Party[] = [];
  readonly series: SeriesRef[] = [];
  readonly counts = new Map<string, number>();
  accepted = 0;
  #keeperPaid: bigint;

  private constructor(floor: Floor, model: Model) {
    this.floor = floor;
    this.model = model;
    this.#keeperPaid = floor.svm.tokens(KEEPER_WALLET);
  }

  /** Two indexes and bankroll; the model begins with what the chain says. */
  static async create(bankroll: bigint, changes: readonly client.ParameterChange[] = []): Promise<Twin> {
    const floor = await Floor.create(bankroll);
    if (changes.length > 0) floor.run(floor.setParameters(changes));
    const { rules, isPaused, funds } = floor.exchange();
    const empty = { traders: {}, positions: {}, series: {}, futures: {}, claims: {} };
    const state: ModelState = { rules: { ...rules }, isPaused, funds: { ...funds }, indexes: {}, ...empty };
    for (const model of [0, 1]) state.indexes[model] = { market: { ...(await floor.market(model)) }, milestones: [] };
    return new Twin(floor, new Model(state));
  }

  get moment(): Moment {
    return { now: this.floor.now, slot: this.floor.slot };
  }

  async join(name: string): Promise<Party> {
    const party = await this.floor.party(name);
    this.parties.push(party);
    return party;
  }

  /**
   * Send to both. `act` returns the keeper's fee, where there is one.
   *
   * @returns the number of the refusal, null when both took it
   */
  async step(
    kind: string,
    instruction: ProgramInstruction,
    act: (model: Model) => bigint | undefined,
  ): Promise<number | null> {
    let keeperFee = 0n;
    const expected = this.model.attempt((model) => {
      keeperFee = act(model) ?? 0n;
    });
    const { failure, logs } = this.floor.send(instruction);
    const found = failure === null ? null : (failure.code ?? failure.text);
    expect(found, `${kind}\n${logs.join('\n')}`).toBe(expected);
    if (expected === null) this.#keeperPaid += keeperFee;
    this.#count(`${kind} ${expected ?? 'ok'}`);
    if (expected === null) this.accepted += 1;
    await this.compare();
    return expected;
  }

  #count(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** All accounts against the model. */
  async compare(): Promise<void> {
    const { floor } = this;
    const { state } = this.model;
    const { rules, isPaused, funds } = floor.exchange();
    same({ rules, isPaused, funds }, { rules: state.rules, isPaused: state.isPaused, funds: state.funds });
    for (const [model, expected] of Object.entries(state.indexes)) {
      const { market, milestones } = floor.read(await floor.index(Number(model)), client.decodeIndex);
      same({ market, milestones }, expected);
    }
    for (const party of this.parties) await this.#compareParty(party);
    for (const { name, address } of this.series) {
      const { market } = floor.read(address, client.decodeSeries);
      same(market, state.series[name]?.market);
    }
    same(floor.svm.tokens(KEEPER_WALLET), this.#keeperPaid);
    await checkInvariants(this);
  }

  async #compareParty(party: Party): Promise<void> {
    const { floor } = this;
    const { state } = this.model;
    const balance = state.traders[party.name];
    same(floor.svm.exists(party.trader), balance !== undefined);
    if (balance === undefined) return;
    same(floor.balance(party), balance);
    for (const model of [0, 1]) {
      const expected = state.positions[`${party.name}/${model}`];
      if (expected === undefined) continue;
      const { holding, funding, fundedAt } = floor.read(await floor.position(party, model), client.decodePosition);
      same({ holding, funding, fundedAt }, expected);
    }
    for (const { name, address } of this.series) {
      const expected = state.futures[`${party.name}/${name}`];
      if (expected === undefined) continue;
      same(floor.read(await floor.future(party, address), client.decodeFuturePosition).holding, expected);
    }
    // Claims are few and change rarely: the newest, and all that were touched, show in funds too.
    const last = state.claims[`${party.name}/${balance.claimCount - 1n}`];
    if (last === undefined) return;
    const { number, start, amount, paid } = floor.read(await floor.claim(party, last.number), client.decodeClaim);
    same({ trader: party.name, number, start, amount, paid }, last);
  }
}
