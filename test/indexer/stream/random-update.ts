/**
 * Arbitrary updates as the generated types express them, for comparing decoders.
 * @module
 */
import type { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import bs58 from 'bs58';
import fc from 'fast-check';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((each) => Buffer.from(each));
const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((each) => Buffer.from(each));
const key = exactly(32);
const hash = key.map((each) => bs58.encode(each));
const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(String);
/** Nothing now and then, so that accounts are opened and closed. */
const balance = fc.oneof(fc.constant('0'), u64);
const u32 = fc.nat(0xffff_ffff);
const maybe = <T>(each: fc.Arbitrary<T>) => fc.option(each, { nil: undefined });

const instruction = fc.record({ programIdIndex: fc.nat(255), accounts: bytes(8), data: bytes(40) });
const inner = fc.record({
  index: fc.nat(10),
  instructions: fc.array(
    fc.record({ programIdIndex: fc.nat(255), accounts: bytes(8), data: bytes(40), stackHeight: maybe(u32) }),
  ),
});

/** Mostly an amount; now and then a text that is none. */
const amount = fc.oneof(
  { weight: 9, arbitrary: balance },
  { weight: 1, arbitrary: fc.constantFrom('', '-1', 'all', `${2n ** 64n}`) },
);
const tokenBalance = fc.record({
  accountIndex: fc.oneof(fc.nat(5), fc.nat(300)),
  mint: hash,
  uiTokenAmount: maybe(
    fc.record({ uiAmount: fc.double(), decimals: fc.nat(255), amount, uiAmountString: fc.string({ maxLength: 20 }) }),
  ),
  owner: hash,
  programId: hash,
});

const meta = fc.record({
  err: maybe(fc.record({ err: bytes(12) })),
  fee: u64,
  preBalances: fc.array(balance, { maxLength: 6 }),
  postBalances: fc.array(balance, { maxLength: 6 }),
  innerInstructions: fc.array(inner, { maxLength: 3 }),
  innerInstructionsNone: fc.boolean(),
  logMessages: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
  logMessagesNone: fc.boolean(),
  preTokenBalances: fc.array(tokenBalance, { maxLength: 4 }),
  postTokenBalances: fc.array(tokenBalance, { maxLength: 4 }),
  rewards: fc.constant([]),
  loadedWritableAddresses: fc.array(key, { maxLength: 2 }),
  loadedReadonlyAddresses: fc.array(key, { maxLength: 2 }),
  returnData: maybe(fc.record({ programId: key, data: bytes(8) })),
  returnDataNone: fc.boolean(),
  computeUnitsConsumed: maybe(u64),
  costUnits: maybe(u64),
});

const message = fc.record({
  header: maybe(
    fc.record({ numRequiredSignatures: u32, numReadonlySignedAccounts: u32, numReadonlyUnsignedAccounts: u32 }),
  ),
  accountKeys: fc.array(key, { maxLength: 4 }),
  recentBlockhash: key,
  instructions: fc.array(instruction, { maxLength: 3 }),
  versioned: fc.boolean(),
  addressTableLookups: fc.array(fc.record({ accountKey: key, writableIndexes: bytes(3), readonlyIndexes: bytes(3) }), {
    maxLength: 2,
  }),
  config: fc.constant(undefined),
});

const transactionInfo = fc.record({
  signature: fc.oneof({ weight: 20, arbitrary: exactly(64) }, { weight: 1, arbitrary: bytes(63) }),
  isVote: fc.boolean(),
  transaction: maybe(fc.record({ signatures: fc.array(exactly(64), { maxLength: 1 }), message: maybe(message) })),
  meta: maybe(meta),
  index: fc.nat(100_000).map(String),
});

const accountInfo = fc.record({
  pubkey: key,
  lamports: u64,
  owner: key,
  executable: fc.boolean(),
  rentEpoch: u64,
  data: bytes(60),
  writeVersion: u64,
  txnSignature: maybe(exactly(64)),
});

const time = fc.record({ timestamp: fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map(String) });
const header = {
  slot: u64,
  blockhash: fc.oneof({ weight: 20, arbitrary: hash }, { weight: 1, arbitrary: fc.string() }),
  rewards: fc.constant(undefined),
  blockTime: maybe(time),
  blockHeight: maybe(fc.record({ blockHeight: fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }).map(String) })),
  parentSlot: u64,
  parentBlockhash: hash,
  executedTransactionCount: u64,
  entriesCount: u64,
};

const block = fc.record({
  ...header,
  transactions: fc.array(transactionInfo, { maxLength: 3 }),
  updatedAccountCount: u64,
  accounts: fc.constant([]),
  entries: fc.constant([]),
});

const payload = fc.oneof(
  fc.record({ transaction: fc.record({ transaction: maybe(transactionInfo), slot: u64 }) }),
  fc.record({ account: fc.record({ account: maybe(accountInfo), slot: u64, isStartup: fc.boolean() }) }),
  fc.record({ slot: fc.record({ slot: u64, parent: maybe(u64), status: fc.nat(7), deadError: maybe(fc.string()) }) }),
  fc.record({ block }),
  fc.record({ blockMeta: fc.record(header) }),
  fc.record({ ping: fc.constant({}) }),
  fc.record({ pong: fc.record({ id: fc.integer() }) }),
);

/** Every kind that the subscription asks for, well-formed or not. */
export const randomUpdate: fc.Arbitrary<SubscribeUpdate> = fc
  .record({ payload, filters: fc.array(fc.string(), { maxLength: 2 }) })
  .map(({ payload: each, filters }) => ({ ...each, filters, createdAt: new Date(0) }) as unknown as SubscribeUpdate);
