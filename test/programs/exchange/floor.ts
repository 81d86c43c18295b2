/**
 * An exchange in LiteSVM: the compiled program, INFER, wallets, indexes. Builds every instruction from names, reads every
 * account, and moves the clock only when told to.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import * as client from '../../../programs/exchange/client.generated.ts';
import * as pda from '../../../programs/exchange/pda.ts';
import type { Outcome } from '../svm.ts';
import { addressOf, Svm } from '../svm.ts';

export const INFER = 1_000_000_000n;
/** Index price of one INFER per GPU-hour. */
export const UNIT_PRICE = INFER * 1_000_000n;
export const START_TIME = 1_800_000_000n;
export const HOUR = 3_600n;
const RICH = 100_000_000n * INFER;

export const MINT = addressOf('INFER');
export const ADMIN = addressOf('admin');
export const GOVERNANCE = addressOf('governance authority');
export const MARKETPLACE = addressOf('marketplace');
export const TREASURY = addressOf('treasury');
export const PATRON = addressOf('patron');
export const PATRON_WALLET = addressOf('patron wallet');
export const KEEPER = addressOf('keeper');
export const KEEPER_WALLET = addressOf('keeper wallet');

/** Vaults and the one exchange. */
export interface Places {
  readonly exchange: Address;
  readonly marginVault: Address;
  readonly bankrollVault: Address;
  readonly insuranceVault: Address;
}

export interface Party {
  readonly name: string;
  readonly owner: Address;
  readonly wallet: Address;
  readonly trader: Address;
}

export class Floor {
  readonly svm: Svm;
  readonly places: Places;
  readonly events: client.ProgramEvent[] = [];
  readonly #parties = new Map<string, Party>();
  readonly #addresses = new Map<string, Address>();
  readonly #decoded = new Map<
    Address,
    { readonly data: Uint8Array; readonly decode: unknown; readonly value: unknown }
  >();

  private constructor(svm: Svm, places: Places) {
    this.svm = svm;
    this.places = places;
  }

  /** A chain with the program and wallets; nothing is initialized. */
  static async bare(): Promise<Floor> {
    const svm = new Svm({ [client.EXCHANGE_PROGRAM_ADDRESS]: 'exchange' });
    svm.setUnixTimestamp(START_TIME);
    svm.putMint(MINT, 9);
    svm.putTokens(TREASURY, MINT, GOVERNANCE, 0n);
    svm.putTokens(PATRON_WALLET, MINT, PATRON, RICH);
    svm.putTokens(KEEPER_WALLET, MINT, KEEPER, 0n);
    for (const wallet of [ADMIN, GOVERNANCE, MARKETPLACE, PATRON, KEEPER]) svm.fund(wallet);
    const [exchange, marginVault, bankrollVault, insuranceVault] = await Promise.all([
      pda.findExchange(),
      pda.findMarginVault(),
      pda.findBankrollVault(),
      pda.findInsuranceVault(),
    ]);
    return new Floor(svm, { exchange, marginVault, bankrollVault, insuranceVault });
  }

  /** An exchange with an index of model 0 at ten INFER, one of model 1 at two, and bankroll. */
  static async create(bankroll = 1_000_000n * INFER): Promise<Floor> {
    const floor = await Floor.bare();
    floor.run(floor.initialize());
    floor.run(await floor.createIndex(0, 10n * UNIT_PRICE), await floor.createIndex(1, 2n * UNIT_PRICE));
    if (bankroll > 0n) floor.run(floor.addBankroll(bankroll));
    return floor;
  }

  send(...instructions: readonly ProgramInstruction[]): Outcome {
    const outcome = this.svm.send(...instructions);
    if (outcome.failure === null) {
      const decoded = outcome.events.map((data) => client.decodeEvent(data));
      this.events.push(...decoded.filter((event) => event !== null));
    }
    return outcome;
  }

  /** Send what must succeed. */
  run(...instructions: readonly ProgramInstruction[]): Outcome {
    const outcome = this.send(...instructions);
    if (outcome.failure !== null) throw new Error(`${outcome.failure.text}\n${outcome.logs.join('\n')}`);
    return outcome;
  }

  /** Error number; null for success. */
  codeOf(...instructions: readonly ProgramInstruction[]): number | null {
    const { failure, logs } = this.send(...instructions);
    if (failure !== null && failure.code === null) throw new Error(`${failure.text}\n${logs.join('\n')}`);
    return failure?.code ?? null;
  }

  get now(): bigint {
    return this.svm.vm.getClock().unixTimestamp;
  }

  get slot(): bigint {
    return this.svm.vm.getClock().slot;
  }

  /** Let time pass: seconds, and slots of their own number. */
  wait(seconds: bigint, slots = 1n): void {
    const clock = this.svm.vm.getClock();
    clock.unixTimestamp += seconds;
    clock.slot += slots;
    this.svm.vm.setClock(clock);
  }

  /** A wallet with INFER and the address of its trader account. */
  async party(name: string): Promise<Party> {
    const known = this.#parties.get(name);
    if (known !== undefined) return known;
    const [owner, wallet] = [addressOf(`owner ${name}`), addressOf(`wallet ${name}`)];
    this.svm.fund(owner);
    this.svm.putTokens(wallet, MINT, owner, RICH);
    const party = { name, owner, wallet, trader: await pda.findTrader(owner) };
    this.#parties.set(name, party);
    return party;
  }

  /** The same address is derived once. */
  async #address(key: string, find: () => Promise<Address>): Promise<Address> {
    const known = this.#addresses.get(key) ?? (await find());
    this.#addresses.set(key, known);
    return known;
  }

  index(model: number): Promise<Address> {
    return this.#address(`index ${model}`, () => pda.findIndex(model));
  }

  position({ trader }: Party, model: number): Promise<Address> {
    return this.#address(`position ${trader} ${model}`, () => pda.findPosition(trader, model));
  }

  series(model: number, deliveryStart: bigint, expiry: bigint): Promise<Address> {
    const key = `series ${model} ${deliveryStart} ${expiry}`;
    return this.#address(key, () => pda.findSeries(model, deliveryStart, expiry));
  }

  future({ trader }: Party, series: Address): Promise<Address> {
    return this.#address(`future ${trader} ${series}`, () => pda.findFuturePosition(series, trader));
  }

  claim({ trader }: Party, number: bigint): Promise<Address> {
    return this.#address(`claim ${trader} ${number}`, () => pda.findClaim(trader, number));
  }

  /** Decoded account. Most accounts stay as they are from one instruction to the next: their bytes are decoded once. */
  read<T>(address: Address, decode: (data: Uint8Array) => T): T {
    const data = this.svm.data(address);
    const known = this.#decoded.get(address);
    if (known !== undefined && known.decode === decode && Buffer.compare(known.data, data) === 0)
      return known.value as T;
    const value = decode(data);
    this.#decoded.set(address, { data, decode, value });
    return value;
  }

  exchange(): client.Exchange {
    return this.read(this.places.exchange, client.decodeExchange);
  }

  async market(model: number): Promise<client.IndexState> {
    return this.read(await this.index(model), client.decodeIndex).market;
  }

  balance({ trader }: Party): client.Balance {
    return this.read(trader, client.decodeTrader).balance;
  }

  async holding(party: Party, model: number): Promise<client.Holding> {
    return this.read(await this.position(party, model), client.decodePosition).holding;
  }

  /** The accounts from `exchange` on of every instruction on a position. */
  async #desk(party: Party, model: number) {
    const number = this.svm.exists(party.trader) ? this.balance(party).claimCount : 0n;
    const [index, claim] = await Promise.all([this.index(model), this.claim(party, number)]);
    return { ...this.places, index, trader: party.trader, claim };
  }

  initialize(args: Partial<client.InitializeExchangeArgs> = {}): ProgramInstruction {
    return client.initializeExchange(
      { payer: this.svm.payer, admin: ADMIN, inferMint: MINT, ...this.places },
      { marketplace: MARKETPLACE, governanceAuthority: GOVERNANCE, ...args },
    );
  }

  setParameters(changes: readonly client.ParameterChange[]): ProgramInstruction {
    return client.setParameters({ authority: GOVERNANCE, exchange: this.places.exchange }, { changes });
  }

  setPaused(isPaused: boolean, authority: Address = ADMIN): ProgramInstruction {
    return client.setPaused({ authority, exchange: this.places.exchange }, { isPaused });
  }

  replaceAdmin(newAdmin: Address, admin: Address = ADMIN): ProgramInstruction {
    return client.replaceAdmin({ admin, newAdmin, exchange: this.places.exchange });
  }

  async createIndex(model: number, price: bigint, authority: Address = ADMIN): Promise<ProgramInstruction> {
    const index = await this.index(model);
    const { exchange } = this.places;
    return client.createIndex({ payer: this.svm.payer, authority, exchange, index }, { model, price });
  }

  async purchase(model: number, gpuSeconds: bigint, pricePerGpuHour: bigint): Promise<ProgramInstruction> {
    const index = await this.index(model);
    const accounts = { marketplace: MARKETPLACE, exchange: this.places.exchange, index };
    return client.recordPurchase(accounts, { model, gpuSeconds, pricePerGpuHour });
  }

  deposit({ owner, trader, wallet }: Party, amount: bigint): ProgramInstruction {
    const accounts = { ...this.places, payer: this.svm.payer, owner, trader, ownerTokenAccount: wallet };
    return client.depositMargin(accounts, { amount });
  }

  withdraw({ owner, trader, wallet }: Party, amount: bigint): ProgramInstruction {
    return client.withdrawMargin({ ...this.places, owner, trader, ownerTokenAccount: wallet }, { amount });
  }

  async open(party: Party, model: number, size: bigint, margin: bigint, priceLimit = 0n): Promise<ProgramInstruction> {
    const position = await this.position(party, model);
    const accounts = { ...(await this.#desk(party, model)), payer: this.svm.payer, owner: party.owner, position };
    return client.openPosition(accounts, { size, margin, priceLimit });
  }

  async close(party: Party, model: number, size: bigint, priceLimit = 0n): Promise<ProgramInstruction> {
    const position = await this.position(party, model);
    const accounts = { ...(await this.#desk(party, model)), payer: this.svm.payer, owner: party.owner, position };
    return client.closePosition(accounts, { size, priceLimit });
  }

  async settleFunding(party: Party, model: number): Promise<ProgramInstruction> {
    const position = await this.position(party, model);
    return client.settleFunding({ ...(await this.#desk(party, model)), payer: this.svm.payer, position });
  }

  async liquidate(party: Party, model: number): Promise<ProgramInstruction> {
    const position = await this.position(party, model);
    const desk = await this.#desk(party, model);
    return client.liquidate({ ...desk, payer: KEEPER, keeperTokenAccount: KEEPER_WALLET, position });
  }

  addBankroll(amount: bigint): ProgramInstruction {
    return client.addBankroll({ ...this.places, owner: PATRON, ownerTokenAccount: PATRON_WALLET }, { amount });
  }

  removeBankroll(amount: bigint, treasury: Address = TREASURY): ProgramInstruction {
    return client.removeBankroll({ ...this.places, governanceAuthority: GOVERNANCE, treasury }, { amount });
  }

  addInsurance(amount: bigint): ProgramInstruction {
    return client.addInsurance({ ...this.places, owner: PATRON, ownerTokenAccount: PATRON_WALLET }, { amount });
  }

  sweepSurplus(): ProgramInstruction {
    return client.sweepSurplus({ ...this.places });
  }

  async createSeries(
    model: number,
    deliveryStart: bigint,
    expiry: bigint,
    authority: Address = ADMIN,
  ): Promise<ProgramInstruction> {
    const [index, series] = [await this.index(model), await this.series(model, deliveryStart, expiry)];
    const accounts = { payer: this.svm.payer, authority, exchange: this.places.exchange, index, series };
    return client.createSeries(accounts, { deliveryStart, expiry });
  }

  async #futureAccounts(party: Party, series: Address) {
    const { model } = this.read(series, client.decodeSeries);
    const futurePosition = await this.future(party, series);
    return { ...(await this.#desk(party, model)), payer: this.svm.payer, futurePosition, series };
  }

  async tradeFuture(
    party: Party,
    series: Address,
    size: bigint,
    margin: bigint,
    priceLimit = 0n,
  ): Promise<ProgramInstruction> {
    const accounts = { ...(await this.#futureAccounts(party, series)), owner: party.owner };
    return client.tradeFuture(accounts, { size, margin, priceLimit });
  }

  async liquidateFuture(party: Party, series: Address): Promise<ProgramInstruction> {
    const accounts = await this.#futureAccounts(party, series);
    return client.liquidateFuture({ ...accounts, payer: KEEPER, keeperTokenAccount: KEEPER_WALLET });
  }

  async settleSeries(series: Address): Promise<ProgramInstruction> {
    const { index } = this.read(series, client.decodeSeries);
    return client.settleSeries({ exchange: this.places.exchange, index, series });
  }

  async settleFuturePosition(party: Party, series: Address): Promise<ProgramInstruction> {
    return client.settleFuturePosition(await this.#futureAccounts(party, series));
  }

  async payClaim(party: Party, number: bigint): Promise<ProgramInstruction> {
    return client.payClaim({ ...this.places, trader: party.trader, claim: await this.claim(party, number) });
  }
}

/** A parameter change by the key's row. */
export function change(id: number, value: bigint): client.ParameterChange {
  return { id, value };
}
