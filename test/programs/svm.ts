/**
 * A LiteSVM with compiled programs, for tests of single instructions.
 *
 * In: program files, accounts, instructions. Out: what the runtime made of them: error, log lines, events, compute.
 * Signatures are not checked, so that any address can stand as a signer; whether an account is marked as one is.
 * @module
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Address, getAddressCodec, lamports } from '@solana/kit';
import {
  AccountState,
  getMintEncoder,
  getTokenDecoder,
  getTokenEncoder,
  TOKEN_PROGRAM_ADDRESS,
} from '@solana-program/token';
import { LiteSVM } from 'litesvm';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { eventData, type Sent, sendTo } from './send.ts';
import { addressBytes } from './transaction-bytes.ts';

const SYSTEM_PROGRAM = '11111111111111111111111111111111' as Address;
const PLENTY_LAMPORTS = 1_000_000_000_000n;
const addressCodec = getAddressCodec();

export const programsDir = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'programs');

export interface Outcome extends Sent {
  /** Bytes behind each `Program data:`, in order. */
  readonly events: readonly Uint8Array[];
}

/** An address that stands for `name`; the same in every run. */
export function addressOf(name: string): Address {
  return addressCodec.decode(createHash('sha256').update(`test address ${name}`).digest());
}

/** Past the wrapper, which turns address and owner from and to base58 at every read: a third of the time of random lives. */
export function accountAt(vm: LiteSVM, address: Address) {
  return vm['inner'].getAccount(addressBytes(address));
}

export class Svm {
  readonly vm: LiteSVM;
  readonly payer: Address;

  constructor(programs: Readonly<Record<Address, string>>) {
    this.vm = new LiteSVM().withSigverify(false).withBlockhashCheck(false).withTransactionHistory(0n);
    for (const [address, name] of Object.entries(programs)) {
      this.vm.addProgram(address as Address, readFileSync(join(programsDir, name, `${name}.so`)));
    }
    this.payer = this.fund(addressOf('payer'));
  }

  /** Give an address lamports; returns it. */
  fund(address: Address, amountLamports = PLENTY_LAMPORTS): Address {
    this.put(address, new Uint8Array(), SYSTEM_PROGRAM, amountLamports);
    return address;
  }

  put(address: Address, data: Uint8Array, owner: Address, amountLamports?: bigint): void {
    const rent = this.vm.minimumBalanceForRentExemption(BigInt(data.length));
    this.vm.setAccount({
      address,
      data,
      executable: false,
      lamports: lamports(amountLamports ?? rent),
      programAddress: owner,
      space: BigInt(data.length),
    });
  }

  /** Put an initialized mint without authorities at an address. */
  putMint(address: Address, decimals: number, supply = 10n ** 18n): Address {
    const mint = { mintAuthority: null, supply, decimals, isInitialized: true, freezeAuthority: null };
    this.put(address, new Uint8Array(getMintEncoder().encode(mint)), TOKEN_PROGRAM_ADDRESS);
    return address;
  }

  /** Put a token account with a balance at an address. */
  putTokens(address: Address, mint: Address, holder: Address, amount: bigint): Address {
    const token = {
      mint,
      owner: holder,
      amount,
      delegate: null,
      state: AccountState.Initialized,
      isNative: null,
      delegatedAmount: 0n,
      closeAuthority: null,
    };
    this.put(address, new Uint8Array(getTokenEncoder().encode(token)), TOKEN_PROGRAM_ADDRESS);
    return address;
  }

  /** Balance of a token account. */
  tokens(address: Address): bigint {
    return getTokenDecoder().decode(this.data(address)).amount;
  }

  /** Data of an account that must exist. */
  data(address: Address): Uint8Array {
    const account = accountAt(this.vm, address);
    if (account === null) throw new Error(`no account at ${address}`);
    return new Uint8Array(account.data());
  }

  exists(address: Address): boolean {
    return accountAt(this.vm, address) !== null;
  }

  setUnixTimestamp(unixTimestamp: bigint): void {
    const clock = this.vm.getClock();
    clock.unixTimestamp = unixTimestamp;
    this.vm.setClock(clock);
  }

  send(...instructions: readonly ProgramInstruction[]): Outcome {
    const sent = sendTo(this.vm, this.payer, instructions);
    return { ...sent, events: eventData(sent.logs) };
  }

  /** Send what must succeed. */
  run(...instructions: readonly ProgramInstruction[]): Outcome {
    const outcome = this.send(...instructions);
    if (outcome.failure !== null) throw new Error(outcome.failure.text);
    return outcome;
  }

  /** Custom error number that sending gives; null when it succeeds. A failure without number throws. */
  codeOf(...instructions: readonly ProgramInstruction[]): number | null {
    const { failure } = this.send(...instructions);
    if (failure === null) return null;
    if (failure.code === null) throw new Error(failure.text);
    return failure.code;
  }
}
