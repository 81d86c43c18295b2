/**
 * A governance in LiteSVM: the compiled program, its mints and vaults, and members with INFER to stake.
 *
 * The governed programs are those that are really deployed, but have no accounts of their own unless a test sets them up.
 * Records of the marketplace are written by their fixed prefix. Clock and slot move only when told to.
 * @module
 */
import { createHash } from 'node:crypto';
import { type Address, getAddressCodec } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../../programs/exchange/client.generated.ts';
import { findExchange } from '../../../programs/exchange/pda.ts';
import {
  decodeEvent,
  decodeGovernance,
  decodeParameters,
  decodeProposal,
  decodeStaker,
  GOVERNANCE_PROGRAM_ADDRESS,
  type Governance,
  initializeGovernance,
  type ParameterChange,
  type ProgramEvent,
  type Proposal,
  type Staker,
} from '../../../programs/governance/client.generated.ts';
import {
  findGovernance,
  findGovernanceAuthority,
  findParameters,
  findProposal,
  findStaker,
  findStakeVault,
  findTreasuryVault,
} from '../../../programs/governance/pda.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../../programs/marketplace/client.generated.ts';
import { findBuyer, findMarketplace, findProvider } from '../../../programs/marketplace/pda.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../../programs/staking/client.generated.ts';
import { findPoolOverview } from '../../../programs/staking/pda.ts';
import { addressOf, type Outcome, Svm } from '../svm.ts';

export const INFER = 1_000_000_000n;
export const START_TIME = 1_800_000_000n;
export const START_SLOT = 1_000n;
export const HOUR = 3_600n;
export const FOUNDER = addressOf('founding admin');
export const INFER_MINT = addressOf('INFER');
export const USDC_MINT = addressOf('USDC');
const RICH = 1_000_000n * INFER;

const codec = getAddressCodec();

/** Somebody with INFER. */
export interface Member {
  readonly owner: Address;
  readonly staker: Address;
  readonly tokens: Address;
}

interface Places {
  readonly governance: Address;
  readonly parameters: Address;
  readonly authority: Address;
  readonly stakeVault: Address;
  readonly inferTreasury: Address;
  readonly usdcTreasury: Address;
  readonly marketplace: Address;
  readonly exchange: Address;
  readonly poolOverview: Address;
}

export class Chamber {
  readonly svm: Svm;
  readonly at: Places;
  readonly events: ProgramEvent[] = [];

  private constructor(svm: Svm, at: Places) {
    this.svm = svm;
    this.at = at;
  }

  /** A chain on which `initialize_governance` can be sent. */
  static async prepare(): Promise<Chamber> {
    const svm = new Svm({
      [GOVERNANCE_PROGRAM_ADDRESS]: 'governance',
      [MARKETPLACE_PROGRAM_ADDRESS]: 'marketplace',
      [EXCHANGE_PROGRAM_ADDRESS]: 'exchange',
      [STAKING_PROGRAM_ADDRESS]: 'staking',
    });
    svm.putMint(INFER_MINT, 9);
    svm.putMint(USDC_MINT, 6);
    const chamber = new Chamber(svm, {
      governance: await findGovernance(),
      parameters: await findParameters(),
      authority: await findGovernanceAuthority(),
      stakeVault: await findStakeVault(),
      inferTreasury: await findTreasuryVault(INFER_MINT),
      usdcTreasury: await findTreasuryVault(USDC_MINT),
      marketplace: await findMarketplace(),
      exchange: await findExchange(),
      poolOverview: await findPoolOverview(),
    });
    chamber.setTime(START_TIME, START_SLOT);
    return chamber;
  }

  static async create(overrides: readonly ParameterChange[] = []): Promise<Chamber> {
    const chamber = await Chamber.prepare();
    chamber.run(chamber.initialize(overrides));
    return chamber;
  }

  initialize(overrides: readonly ParameterChange[] = []): ProgramInstruction {
    return initializeGovernance(
      {
        payer: this.svm.payer,
        foundingAdmin: FOUNDER,
        ...this.at,
        inferMint: INFER_MINT,
        usdcMint: USDC_MINT,
        marketplaceProgram: MARKETPLACE_PROGRAM_ADDRESS,
        exchangeProgram: EXCHANGE_PROGRAM_ADDRESS,
        stakingProgram: STAKING_PROGRAM_ADDRESS,
      },
      { overrides },
    );
  }

  async member(name: string, amount = RICH): Promise<Member> {
    const owner = this.svm.fund(addressOf(name));
    const tokens = this.svm.putTokens(addressOf(`INFER of ${name}`), INFER_MINT, owner, amount);
    return { owner, tokens, staker: await findStaker(owner) };
  }

  get now(): bigint {
    return this.svm.vm.getClock().unixTimestamp;
  }

  get slot(): bigint {
    return this.svm.vm.getClock().slot;
  }

  setTime(unixTimestamp: bigint, slot: bigint): void {
    const clock = this.svm.vm.getClock();
    clock.unixTimestamp = unixTimestamp;
    clock.slot = slot;
    this.svm.vm.setClock(clock);
  }

  /** Let time go by, and a slot with it. */
  wait(seconds: bigint, slots = 1n): void {
    this.setTime(this.now + seconds, this.slot + slots);
  }

  send(...instructions: readonly ProgramInstruction[]): Outcome {
    const outcome = this.svm.send(...instructions);
    if (outcome.failure === null) this.events.push(...eventsOf(outcome));
    return outcome;
  }

  /** Send what must succeed. Gives the events of the governance program. */
  run(...instructions: readonly ProgramInstruction[]): ProgramEvent[] {
    const outcome = this.send(...instructions);
    if (outcome.failure !== null) throw new Error(outcome.failure.text);
    return eventsOf(outcome);
  }

  /** Number of the error; null when there is none. */
  codeOf(...instructions: readonly ProgramInstruction[]): number | null {
    return this.svm.codeOf(...instructions);
  }

  governance(): Governance {
    return decodeGovernance(this.svm.data(this.at.governance));
  }

  parameters(): ReturnType<typeof decodeParameters> {
    return decodeParameters(this.svm.data(this.at.parameters));
  }

  value(id: number): bigint {
    return this.parameters().values[id] as bigint;
  }

  staker(member: Member): Staker {
    return decodeStaker(this.svm.data(member.staker));
  }

  proposal(address: Address): Proposal {
    return decodeProposal(this.svm.data(address));
  }

  /** Address of the proposal that is submitted next. */
  nextProposal(): Promise<Address> {
    return findProposal(this.governance().proposalCount);
  }

  /** Records of the marketplace by which somebody has paid and earned on fees. */
  async putUse(owner: Address, feesPaid: bigint | null, feesEarnedOn: bigint | null): Promise<void> {
    if (feesPaid !== null) {
      const data = prefix('Buyer', [1, 255], owner, [3n, feesPaid], 128);
      this.svm.put(await findBuyer(owner), data, MARKETPLACE_PROGRAM_ADDRESS);
    }
    if (feesEarnedOn !== null) {
      const data = prefix('Provider', [1, 255, 255], owner, [feesEarnedOn], 640);
      this.svm.put(await findProvider(owner), data, MARKETPLACE_PROGRAM_ADDRESS);
    }
  }
}

/** Events of the governance program in the log of a transaction. */
export function eventsOf({ events }: Outcome): ProgramEvent[] {
  return events.map((data) => decodeEvent(data)).filter((event) => event !== null);
}

function prefix(name: string, head: readonly number[], owner: Address, counters: readonly bigint[], size: number) {
  const data = new Uint8Array(size);
  data.set(createHash('sha256').update(`account:${name}`).digest().subarray(0, 8));
  data.set(head, 8);
  data.set(codec.encode(owner), 8 + head.length);
  const view = new DataView(data.buffer);
  counters.forEach((counter, index) => {
    view.setBigUint64(8 + head.length + 32 + 8 * index, counter, true);
  });
  return data;
}
