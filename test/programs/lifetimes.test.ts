/**
 * Accounts begin once and end for good, in every instruction of every program: what exists is not created again, and what
 * was closed is nobody's, also when it is given lamports in the very transaction that closes it.
 */
import { AccountRole, type Address } from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import type { LiteSVM } from 'litesvm';
import { describe, expect, it } from 'vitest';
import type { ProgramInstruction } from '../../programs/client/instruction.ts';
import { SCENARIOS as EXCHANGE } from './exchange/scenarios.ts';
import { SCENARIOS as GOVERNANCE } from './governance/scenarios.ts';
import { SCENARIOS as MARKETPLACE } from './marketplace/scenarios.ts';
import { createScenario, readIdl, type Scenarios } from './scenario.ts';
import { sendTo } from './send.ts';
import { SCENARIOS as STAKING } from './staking/scenarios.ts';
import { addressOf } from './svm.ts';
import { putWallet } from './wrong-candidates.ts';

const FEE_PAYER = addressOf('fee payer of the lifetimes');
const SYSTEM_PROGRAM = '11111111111111111111111111111111' as Address;
const LAMPORTS = 100_000_000n;
/** Creates an account the first time and uses it afterwards: the same call may succeed again. */
const CREATES_AS_NEEDED: readonly string[] = ['deposit_margin'];
/** What the scenarios show to create and to close accounts. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  staking: 'create_operator_pool create_pool_overview create_reward_record create_staking_record',
  marketplace: `claim_incentive commit_attestation commit_incentives create_order initialize_books initialize_marketplace
    list_offer open_challenge open_dispute register_provider register_verifier settle_workload slash_provider`,
  exchange: 'create_index create_series deposit_margin initialize_exchange',
  governance: 'cast_vote create_proposal initialize_governance signal',
};
const ENDS: Readonly<Record<string, string>> = {
  staking: 'close_staking_record sweep_closed_pool_usdc_dust',
  marketplace: `confirm_delivery reclaim_deposit refund_order resolve_challenge resolve_dispute withdraw_verifier_bond`,
  exchange: '',
  governance: '',
};
const PROGRAMS: readonly (readonly [string, Scenarios])[] = [
  ['staking', STAKING],
  ['marketplace', MARKETPLACE],
  ['exchange', EXCHANGE],
  ['governance', GOVERNANCE],
];

/** Addresses of a call that are accounts of the program or of the token program. */
function livingOf(vm: LiteSVM, { accounts, programAddress }: ProgramInstruction): Set<Address> {
  const owners = [programAddress, TOKEN_PROGRAM_ADDRESS];
  const found = accounts.map(({ address }) => vm.getAccount(address));
  return new Set(found.flatMap((each) => (each.exists && owners.includes(each.programAddress) ? [each.address] : [])));
}

function transfer(to: Address): ProgramInstruction {
  const data = new Uint8Array(12);
  new DataView(data.buffer).setUint32(0, 2, true);
  new DataView(data.buffer).setBigUint64(4, LAMPORTS, true);
  const accounts = [
    { address: FEE_PAYER, role: AccountRole.WRITABLE_SIGNER },
    { address: to, role: AccountRole.WRITABLE },
  ];
  return { programAddress: SYSTEM_PROGRAM, accounts, data };
}

describe.each(PROGRAMS)('%s', (folder, scenarios) => {
  const names = readIdl(folder).instructions.map(({ name }) => name);
  const begun: string[] = [];
  const ended: string[] = [];
  const closedBy = new Map<string, readonly Address[]>();

  it.each(names)('what %s creates it creates once', async (name) => {
    const { vm, instruction } = await createScenario(scenarios, name);
    putWallet(vm, FEE_PAYER);
    const before = livingOf(vm, instruction);
    expect(sendTo(vm, FEE_PAYER, [instruction]).failure?.text).toBeUndefined();
    const after = livingOf(vm, instruction);
    closedBy.set(
      name,
      [...before].filter((address) => !after.has(address)),
    );
    const created = [...after].filter((address) => !before.has(address));
    if (created.length === 0) return;
    begun.push(name);
    vm.expireBlockhash();
    const states = () => created.map((address) => Buffer.from(dataOf(vm, address)).toString('hex'));
    const first = states();
    const { failure } = sendTo(vm, FEE_PAYER, [instruction]);
    if (failure === null) expect(CREATES_AS_NEEDED).toContain(name);
    else expect([failure.code === null ? failure.reason : 'numbered', states()]).toEqual(['numbered', first]);
  });

  it.each(names)('what %s closes stays closed, whoever pays for it to live on', async (name) => {
    const closed = closedBy.get(name) ?? [];
    if (closed.length === 0) return;
    ended.push(name);
    const { vm, instruction } = await createScenario(scenarios, name);
    putWallet(vm, FEE_PAYER);
    const { failure } = sendTo(vm, FEE_PAYER, [instruction, ...closed.map(transfer), instruction]);
    expect(failure).not.toBeNull();
    vm.expireBlockhash();
    expect(sendTo(vm, FEE_PAYER, [instruction, ...closed.map(transfer)]).failure?.text).toBeUndefined();
    for (const address of closed) {
      const found = vm.getAccount(address);
      expect(found).toMatchObject({ exists: true, programAddress: SYSTEM_PROGRAM, lamports: LAMPORTS });
      expect(dataOf(vm, address)).toHaveLength(0);
    }
    vm.expireBlockhash();
    expect(sendTo(vm, FEE_PAYER, [instruction]).failure).not.toBeNull();
  });

  it('has no other instructions that create or close accounts', () => {
    const wordsOf = (text = '') => text.split(/\s+/).filter((word) => word !== '');
    expect([begun.sort(), ended.sort()]).toEqual([wordsOf(BEGINNINGS[folder]), wordsOf(ENDS[folder])]);
  });
});

function dataOf(vm: LiteSVM, address: Address): Uint8Array {
  const found = vm.getAccount(address);
  return found.exists ? new Uint8Array(found.data) : new Uint8Array();
}
