/**
 * Governance as the chain has it right now, read by RPC: what a transaction that is being prepared will meet.
 * @module
 */
import type { Address } from '@solana/kit';
import { parameters as table } from '../../governance/parameters.ts';
import { checkInput } from '../../indexer/domain/errors.ts';
import {
  decodeGovernance,
  decodeParameters,
  decodeProposal,
  decodeStaker,
  type Governance,
  type Proposal,
  type Staker,
} from '../../programs/governance/client.generated.ts';
import { findGovernance, findParameters, findProposal, findStaker } from '../../programs/governance/pda.ts';
import type { ChainClient } from '../chain/chain-client.ts';
import type { GovernedTable, GovernedValue } from './governed-table.ts';

const CLOCK = 'SysvarC1ock11111111111111111111111111111111' as Address;
/** `unix_timestamp` follows slot, epoch start, epoch and leader schedule epoch. */
const TIMESTAMP_OFFSET = 32;

export interface LiveGovernance {
  readonly program: Address;
  readonly governance: Address;
  readonly parameters: Address;
  readonly account: Governance;
  readonly table: GovernedTable;
  /** Unix time of the chain. */
  readonly now: bigint;
}

/** @throws InputError `GOVERNANCE__NOT_SET_UP`, and the errors of the client */
export async function readLiveGovernance(chain: ChainClient, program: Address): Promise<LiveGovernance> {
  const [governance, parameters] = await Promise.all([findGovernance(program), findParameters(program)]);
  const [account, values, clock] = await chain.accounts([governance, parameters, CLOCK], 'confirmed');
  const isThere = account && values && clock;
  checkInput(Boolean(isThere), 'GOVERNANCE__NOT_SET_UP', `Governance is not set up at program ${program}`, { program });
  const data = (each: Uint8Array | null | undefined) => each ?? new Uint8Array();
  return {
    ...{ program, governance, parameters },
    account: decodeGovernance(data(account)),
    table: tableOf(decodeParameters(data(values))),
    now: Buffer.from(data(clock)).readBigInt64LE(TIMESTAMP_OFFSET),
  };
}

/** `null` when there is none of this id. */
export async function readLiveProposal(
  chain: ChainClient,
  program: Address,
  id: bigint,
): Promise<{ readonly address: Address; readonly account: Proposal } | null> {
  const address = await findProposal(id, program);
  const [data] = await chain.accounts([address], 'confirmed');
  return data ? { address, account: decodeProposal(data) } : null;
}

/** `null` for an owner who has never staked. */
export async function readLiveStaker(chain: ChainClient, program: Address, owner: Address): Promise<Staker | null> {
  const [data] = await chain.accounts([await findStaker(owner, program)], 'confirmed');
  return data ? decodeStaker(data) : null;
}

function tableOf({ values, changedAt, handedOver }: ReturnType<typeof decodeParameters>): GovernedTable {
  const entries = [...table.values()].map((parameter, id): [string, GovernedValue] => [
    parameter.key,
    {
      ...{ parameter, id, current: values[id] ?? parameter.defaultValue, isHandedOver: handedOver[id] === 1 },
      ...{ changedAt: changedAt[id] || null, lastChange: null },
    },
  ]);
  return new Map(entries);
}
