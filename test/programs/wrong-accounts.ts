/**
 * The matrix of wrong accounts: in every instruction of a program every account is replaced by each wrong one that can be
 * made, and every attempt must be refused by the program itself, changing nothing: with a number of 2000 and above, or,
 * where an account cannot be read as a token account or mint, as Anchor does, with the token program's unpack error.
 *
 * In: the IDL and a scenario per instruction (`scenario.ts`). In a test file of the program:
 *
 *     describeWrongAccounts({ idl: readIdl('exchange'), scenarios: SCENARIOS });
 *
 * What is tried in each place:
 *
 * | kind | account |
 * | --- | --- |
 * | stranger | a wallet with lamports that has to do with nothing |
 * | empty | an address where no account is |
 * | copy | the right data and owner at another address |
 * | foreign | the right data under another program: at another address, and at the right one |
 * | bump | the right data at the next lower valid bump of the same seeds, where the IDL names seeds |
 * | holder, mint | a token account with the same balance: held by a stranger, of another mint |
 * | duplicate | every other account of the same call |
 * | other | every account on the chain of the program and of the token program, the scenario's `others`, programs |
 * | unsigned | the right account without its signature: must be 3010 or 2002 |
 * | readonly | the right account not marked writable: must be 2000 |
 *
 * A scenario therefore holds two parties: for every account of the program in a call another of the same type must be
 * on the chain, unless its seeds are constants (a program has one of them) or `singletons` names the type. Where the IDL
 * names seeds, the valid instruction's address must be theirs. An optional account is tried when the scenario gives it.
 *
 * The program may leave a check to somebody else, or an account to the caller's free choice. Such an exception stands in
 * the scenario, by account, with its reason, and fails when nothing needs it:
 *
 *     exceptions: {
 *       authority: [{ kinds: ['other'], only: [ARBITER], outcome: 'free', why: 'the arbiter may confirm too' }],
 *       buyer_token_account: [{ kinds: ['copy'], outcome: 'free', why: 'any token account of the buyer will do' }],
 *     }
 *
 * For an account named `payer` that signs the exception `PAYER` holds by itself; `OWNED` is for accounts whose address the
 * program does not derive again.
 * @module
 */
import { AccountRole, type Address } from '@solana/kit';
import type { LiteSVM } from 'litesvm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Idl, IdlInstruction } from '../../programs/build/idl.ts';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { createScenario, type Exception, type Scenario, type Scenarios } from './scenario.ts';
import { accountName, type Call, seedAddresses } from './seeds.ts';
import { type Failure, sendTo } from './send.ts';
import { accountAt, addressOf } from './svm.ts';
import { type Candidate, candidatesFor, putStrangers, putWallet } from './wrong-candidates.ts';

export interface Matrix {
  readonly idl: Idl;
  readonly scenarios: Scenarios;
  /** Account types of which a program has one although their seeds are not constants, or the IDL names no seeds. */
  readonly singletons?: readonly string[];
}

export const PAYER: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'free',
  why: 'whoever signs may pay; the system program takes lamports from wallets only',
};

/** For accounts of the program whose address it does not derive again. */
export const OWNED: Exception = {
  kinds: ['copy', 'bump'],
  outcome: 'free',
  why: 'the program owns it, and creates its accounts at the addresses of their seeds only',
};

const LOWEST_PROGRAM_CODE = 2_000;
/** Log lines of InvalidAccountData and UninitializedAccount. */
const UNPACK_ERRORS = ['invalid account data for instruction', 'instruction requires an initialized account'];
const NOT_WRITABLE = [2_000];
const NOT_SIGNED = [3_010, 2_002];
const FEE_PAYER = addressOf('fee payer of the matrix');

/** Registers the tests of the whole matrix. */
export function describeWrongAccounts(matrix: Matrix): void {
  const { idl, scenarios } = matrix;
  it('every instruction has a scenario', () => {
    expect(Object.keys(scenarios).sort()).toEqual(idl.instructions.map(({ name }) => name).sort());
  });
  describe.each(idl.instructions.map((definition) => ({ name: definition.name, definition })))('$name', (each) => {
    describeInstruction(matrix, each.definition);
  });
}

function describeInstruction(matrix: Matrix, definition: IdlInstruction): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.create(matrix, definition);
  });

  it('succeeds with the right accounts, which are all different and stand at their seeds', async () => {
    expect(stage.misplaced()).toEqual([]);
    expect(stage.send(stage.call.instruction)?.text).toBeUndefined();
    await stage.renew();
  });

  it.each(definition.accounts.map(({ name }, index) => ({ account: name, index })))(
    'refuses any other account as $account',
    async ({ index }) => {
      const problems = [...stage.lonely(index), ...(await stage.problems(index))];
      expect(problems, problems.join('\n')).toEqual([]);
    },
  );
}

/** One sentence for each thing wrong with the matrix in one place: what a test of that place would fail with. */
export async function wrongAccountProblems(matrix: Matrix, instruction: string, account: string): Promise<string[]> {
  const definition = matrix.idl.instructions.find(({ name }) => name === instruction);
  const index = definition?.accounts.findIndex(({ name }) => name === account) ?? -1;
  if (definition === undefined || index < 0) throw new Error(`no ${account} of ${instruction}`);
  const stage = await Stage.create(matrix, definition);
  return [...stage.misplaced(), ...stage.lonely(index), ...(await stage.problems(index))];
}

class Stage {
  private readonly matrix: Matrix;
  private readonly definition: IdlInstruction;
  private scenario: Scenario;

  private constructor(matrix: Matrix, definition: IdlInstruction, scenario: Scenario) {
    this.matrix = matrix;
    this.definition = definition;
    this.scenario = scenario;
    prepare(scenario.vm);
  }

  static async create(matrix: Matrix, definition: IdlInstruction): Promise<Stage> {
    return new Stage(matrix, definition, await createScenario(matrix.scenarios, definition.name));
  }

  async renew(): Promise<void> {
    this.scenario = await createScenario(this.matrix.scenarios, this.definition.name);
    prepare(this.scenario.vm);
  }

  get call(): Call {
    const { vm, instruction } = this.scenario;
    return { idl: this.matrix.idl, definition: this.definition, instruction, vm };
  }

  send(instruction: ProgramInstruction): Failure | null {
    return sendTo(this.scenario.vm, FEE_PAYER, [instruction]).failure;
  }

  /** Accounts that are given twice, missing or too many, or elsewhere than their seeds say. */
  misplaced(): string[] {
    const { accounts } = this.call.instruction;
    const counts = accounts.length === this.definition.accounts.length ? [] : [`${accounts.length} accounts given`];
    const addresses = accounts
      .map(({ address }) => address)
      .filter((each) => each !== this.call.instruction.programAddress);
    const twice = addresses.filter((address, at) => addresses.indexOf(address) !== at);
    const elsewhere = this.definition.accounts.flatMap((item, index) => {
      const [expected] = seedAddresses(this.call, item);
      const found = accounts[index]?.address;
      const isAbsent = item.optional === true && found === this.call.instruction.programAddress;
      return expected === undefined || expected === found || isAbsent ? [] : [`${item.name} is not at its seeds`];
    });
    return [...counts, ...twice.map((address) => `${address} is given twice`), ...elsewhere];
  }

  /** The account's type, when the chain of the scenario holds no other account of it although there could be one. */
  lonely(index: number): string[] {
    const { vm, instruction, idl } = this.call;
    const address = instruction.accounts[index]?.address as Address;
    const found = vm.getAccount(address);
    if (!found.exists || found.programAddress !== instruction.programAddress) return [];
    const type = accountName(idl, new Uint8Array(found.data));
    const seeds = this.definition.accounts[index]?.pda?.seeds;
    const isOnly = seeds?.every(({ kind }) => kind === 'const') || this.matrix.singletons?.includes(type ?? '');
    const twins = vm
      .getProgramAccounts(instruction.programAddress)
      .filter((account) => account.address !== address && accountName(idl, new Uint8Array(account.data)) === type);
    return isOnly || twins.length > 0 ? [] : [`the scenario has no second ${type}`];
  }

  /** One sentence for every wrong account that was not refused as it must be, and for every exception without a use. */
  async problems(index: number): Promise<string[]> {
    const exceptions = this.exceptions(index);
    const used = new Set<Exception>();
    const problems: string[] = [];
    for (const attempt of this.attempts(index)) {
      const failure = await this.attempt(attempt);
      if (isRefused(failure, attempt, this.call)) continue;
      const exception = exceptions.find((each) => covers(each, attempt));
      if (exception !== undefined) used.add(exception);
      if (exception?.outcome === 'free' || (exception?.outcome === 'elsewhere' && failure !== null)) continue;
      problems.push(`${attempt.kind} ${this.describe(attempt.address)}: ${outcomeOf(failure)}`);
    }
    const idle = exceptions.filter((each) => each !== PAYER && !used.has(each));
    return [...problems, ...idle.map(({ kinds, why }) => `needless exception for ${kinds.join(', ')}: ${why}`)];
  }

  /** The address, and what it is on the chain. */
  private describe(address: Address): string {
    const { vm, definition, instruction, idl } = this.call;
    const place = definition.accounts[instruction.accounts.findIndex((meta) => meta.address === address)]?.name;
    const found = vm.getAccount(address);
    const type = found.exists ? accountName(idl, new Uint8Array(found.data)) : null;
    return [address, place, type].filter((part) => typeof part === 'string').join(' ');
  }

  private exceptions(index: number): readonly Exception[] {
    const item = this.definition.accounts[index];
    const own = this.scenario.exceptions?.[item?.name ?? ''] ?? [];
    return item?.name === 'payer' && item.signer === true ? [...own, PAYER] : own;
  }

  private attempts(index: number): Attempt[] {
    const { accounts } = this.call.instruction;
    const item = this.definition.accounts[index];
    const { address, role } = accounts[index] as ProgramInstruction['accounts'][number];
    const marks = [
      ...(item?.signer === true
        ? [{ kind: 'unsigned' as const, mark: AccountRole.READONLY_SIGNER, codes: NOT_SIGNED }]
        : []),
      ...(item?.writable === true
        ? [{ kind: 'readonly' as const, mark: AccountRole.WRITABLE, codes: NOT_WRITABLE }]
        : []),
    ];
    const isAbsent = item?.optional === true && address === this.call.instruction.programAddress;
    return [
      ...candidatesFor(this.call, this.scenario, index).map((candidate) => ({ ...candidate, index, role })),
      ...(isAbsent ? [] : marks).map(({ kind, mark, codes }) => ({
        kind,
        address,
        index,
        role: (role & ~mark) as AccountRole,
        codes,
      })),
    ];
  }

  /** Sends the call with the change; a success is followed by a new chain, a failure must leave every account as it was. */
  private async attempt({ index, address, role, put }: Attempt): Promise<Failure | null> {
    const { vm, instruction } = this.scenario;
    const accounts = instruction.accounts.map((meta, at) => (at === index ? { address, role } : meta));
    const before = put === undefined ? null : vm.getAccount(address);
    if (put !== undefined) vm.setAccount(put);
    const state = () => [...instruction.accounts, { address }].map((meta) => stateOf(vm, meta.address)).join();
    const stateBefore = state();
    const failure = this.send({ ...instruction, accounts });
    if (failure === null) {
      await this.renew();
      return null;
    }
    expect(state()).toBe(stateBefore);
    if (before?.exists) vm.setAccount(before);
    return failure;
  }
}

type Attempt = Candidate & {
  readonly index: number;
  readonly role: AccountRole;
  /** The only numbers that count as a refusal. */
  readonly codes?: readonly number[];
};

function isRefused(failure: Failure | null, { codes }: Attempt, { instruction }: Call): boolean {
  if (failure === null || failure.program !== instruction.programAddress) return false;
  if (codes !== undefined) return failure.code !== null && codes.includes(failure.code);
  return failure.code === null ? UNPACK_ERRORS.includes(failure.reason) : failure.code >= LOWEST_PROGRAM_CODE;
}

function outcomeOf(failure: Failure | null): string {
  return failure === null ? 'accepted' : `${failure.program ?? 'the runtime'}: ${failure.reason || failure.text}`;
}

function covers({ kinds, only }: Exception, { kind, address }: Attempt): boolean {
  return kinds.includes(kind) && (only === undefined || only.includes(address));
}

function stateOf(vm: LiteSVM, address: Address): string {
  const account = accountAt(vm, address);
  if (account === null) return '';
  return `${account.lamports()} ${Buffer.from(account.owner()).toString('hex')} ${Buffer.from(account.data()).toString('latin1')}`;
}

function prepare(vm: LiteSVM): void {
  putStrangers(vm);
  putWallet(vm, FEE_PAYER);
}
