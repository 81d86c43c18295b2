/**
 * What a transaction costs: its fee in lamports and its cost units, by the rules of agave's fee and cost-model crates.
 * @module
 */
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { keyOf } from '../wire/key.ts';
import type { ParsedMessage } from '../wire/transaction.ts';

export const LAMPORTS_PER_SIGNATURE = 5_000n;
const DEFAULT_INSTRUCTION_UNITS = 200_000n;
const BUILTIN_INSTRUCTION_UNITS = 3_000n;
const MAX_UNITS = 1_400_000n;
const MICRO_LAMPORTS_PER_LAMPORT = 1_000_000n;

const computeBudgetProgram = keyOf(fromBase58('ComputeBudget111111111111111111111111111111'));
const signatureProgramNames = [
  ...['Ed25519SigVerify111111111111111111111111111', 'KeccakSecp256k11111111111111111111111111111'],
  'Secp256r1SigVerify1111111111111111111111111',
];
const signaturePrograms = new Set(signatureProgramNames.map((name) => keyOf(fromBase58(name))));
const builtinPrograms = new Set(
  ['11111111111111111111111111111111', 'Vote111111111111111111111111111111111111111'].map((name) =>
    keyOf(fromBase58(name)),
  ),
);
builtinPrograms.add(computeBudgetProgram);

interface Budget {
  readonly unitLimit: bigint;
  readonly unitPriceMicroLamports: bigint;
}

/** Lamports that the fee payer is charged for this message. */
export function feeLamports(message: ParsedMessage): bigint {
  const { unitLimit, unitPriceMicroLamports } = readBudget(message);
  const priorityMicroLamports = unitLimit * unitPriceMicroLamports;
  const priorityLamports = (priorityMicroLamports + MICRO_LAMPORTS_PER_LAMPORT - 1n) / MICRO_LAMPORTS_PER_LAMPORT;
  return baseFeeLamports(message) + priorityLamports;
}

/** The part of the fee that does not buy priority; half of it is burned. */
export function baseFeeLamports(message: ParsedMessage): bigint {
  return LAMPORTS_PER_SIGNATURE * BigInt(message.numRequiredSignatures + precompileSignatureCount(message));
}

/** Total cost of an executed transaction, `costUnits` of its meta. */
export function costUnits(
  message: ParsedMessage,
  writableCount: number,
  computeUnits: bigint,
  loadedBytes: number,
): bigint {
  const dataBytes = message.instructions.reduce((sum, instruction) => sum + instruction.data.length, 0);
  const pages = BigInt(Math.ceil(loadedBytes / 32_768));
  return (
    720n * BigInt(message.numRequiredSignatures) +
    300n * BigInt(writableCount) +
    BigInt(Math.floor(dataBytes / 4)) +
    computeUnits +
    8n * pages
  );
}

function readBudget(message: ParsedMessage): Budget {
  let limit: bigint | undefined;
  let price = 0n;
  let defaultLimit = 0n;
  for (const instruction of message.instructions) {
    const program = keyOf(message.accountKeys[instruction.programIdIndex] ?? new Uint8Array());
    const data = Buffer.from(instruction.data);
    if (program === computeBudgetProgram && data[0] === 2 && data.length >= 5) limit = BigInt(data.readUInt32LE(1));
    if (program === computeBudgetProgram && data[0] === 3 && data.length >= 9) price = data.readBigUInt64LE(1);
    defaultLimit += builtinPrograms.has(program) ? BUILTIN_INSTRUCTION_UNITS : DEFAULT_INSTRUCTION_UNITS;
  }
  const asked = limit ?? defaultLimit;
  return { unitLimit: asked < MAX_UNITS ? asked : MAX_UNITS, unitPriceMicroLamports: price };
}

function precompileSignatureCount(message: ParsedMessage): number {
  return message.instructions.reduce((sum, instruction) => {
    const program = keyOf(message.accountKeys[instruction.programIdIndex] ?? new Uint8Array());
    return sum + (signaturePrograms.has(program) ? (instruction.data[0] ?? 0) : 0);
  }, 0);
}
