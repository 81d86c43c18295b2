/**
 * A transaction for somebody else to sign: version 0, without signatures, with what simulating it gave. No key is held here.
 * @module
 */
import {
  type Address,
  type Base64EncodedWireTransaction,
  getBase64EncodedWireTransaction,
  type Instruction,
} from '@solana/kit';
import { type Refusal, refusalOf } from '../../governance/refusal.ts';
import { InputError } from '../../indexer/domain/errors.ts';
import { GOVERNANCE_ERRORS } from '../../programs/governance/client.generated.ts';
import type { ChainClient } from './chain-client.ts';
import { compiledTransaction } from './unsigned-transaction.ts';

export interface Simulation {
  /** `null` when it succeeds. */
  readonly failure: SimulatedFailure | null;
  readonly logs: readonly string[];
  /** Of all its instructions. */
  readonly computeUnits: number;
}

interface SimulatedFailure {
  /** The program's prefix and the name of its error, as `GOVERNANCE__ALREADY_VOTED`, or `CHAIN__TRANSACTION_FAILED`. */
  readonly code: string;
  readonly message: string;
  /** As the RPC gives it, as JSON. */
  readonly raw: string;
}

export interface PreparedTransaction {
  readonly wire: Base64EncodedWireTransaction;
  readonly feePayer: Address;
  /** Who has to sign, the fee payer first. */
  readonly signers: readonly Address[];
  readonly blockhash: string;
  readonly lastValidBlockHeight: bigint;
  readonly simulation: Simulation;
}

/** What was asked for is refused by a rule of governance, or it is a transaction. */
export type Prepared =
  | { readonly refusal: Refusal; readonly transaction: null }
  | { readonly refusal: null; readonly transaction: PreparedTransaction };

export function refused(refusal: Refusal): Prepared {
  return { refusal, transaction: null };
}

/** The refusal of a rule that the program has too, by name: `ALREADY_VOTED`. */
export function ruleBroken(
  rule: string,
  message: string,
  numbers: { value: bigint; limit: bigint } | null = null,
): Prepared {
  const error = new InputError(`GOVERNANCE__${rule}`, message, numbers ?? {});
  const refusal = refusalOf(() => {
    throw error;
  });
  return refused(refusal as Refusal);
}

/** Errors of the program that is called, by number, and the prefix of their codes. */
export interface KnownErrors {
  readonly prefix: string;
  readonly errors: Readonly<Record<number, { readonly name: string; readonly message: string }>>;
}

const GOVERNANCE: KnownErrors = { prefix: 'GOVERNANCE', errors: GOVERNANCE_ERRORS };

/** @throws the errors of the client */
export async function prepare(
  chain: ChainClient,
  feePayer: Address,
  instructions: readonly Instruction[],
  known = GOVERNANCE,
): Promise<Prepared> {
  const lifetime = await chain.latestLifetime();
  const compiled = compiledTransaction(feePayer, lifetime, instructions);
  const wire = getBase64EncodedWireTransaction(compiled);
  const { error, logs } = await chain.simulate(wire, false);
  const simulation = {
    failure: error === null ? null : failureOf(error, known),
    ...{ logs, computeUnits: computeUnitsIn(logs) },
  };
  const signers = Object.keys(compiled.signatures) as Address[];
  return { refusal: null, transaction: { wire, feePayer, signers, ...lifetime, simulation } };
}

function failureOf(error: unknown, { prefix, errors }: KnownErrors): SimulatedFailure {
  const raw = JSON.stringify(error, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  const number = /"Custom":(\d+)/.exec(raw)?.[1];
  const known = number === undefined ? undefined : errors[Number(number)];
  if (known === undefined) {
    return { code: 'CHAIN__TRANSACTION_FAILED', message: `The transaction would fail with ${raw}`, raw };
  }
  const rule = known.name.replace(/(?<=.)([A-Z])/g, '_$1').toUpperCase();
  return { code: `${prefix}__${rule}`, message: known.message, raw };
}

/** Calls inside an instruction count in it: only its own line counts, which the runtime writes at depth one. */
function computeUnitsIn(logs: readonly string[]): number {
  let depth = 0;
  let total = 0;
  for (const line of logs) {
    if (/ invoke \[\d+\]$/.test(line)) depth += 1;
    const consumed = / consumed (\d+) of \d+ compute units$/.exec(line)?.[1];
    if (consumed !== undefined && depth === 1) total += Number(consumed);
    if (/^Program \w+ (success|failed)/.test(line)) depth -= 1;
  }
  return total;
}
