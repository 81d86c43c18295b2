/**
 * Transactions written as trees of calls, with the logs that the runtime would write for them: the ground truth that
 * attribution is checked against.
 * @module
 */
import { createHash } from 'node:crypto';
import { parseIdl } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry } from '../../../indexer/decode/registry.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { CompiledInstruction, InnerInstruction, Transaction } from '../../../indexer/domain/chain.ts';

export const key = (name: string): Uint8Array => new Uint8Array(createHash('sha256').update(name).digest());

export const OURS = key('ours');
export const ALSO_OURS = key('also ours');
export const STRANGER = key('stranger');
export const ED25519 = 'Ed25519SigVerify111111111111111111111111111';

export const PING = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const DO = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9);
const EVENT_TAG = Uint8Array.of(0xe4, 0x45, 0xa5, 0x2e, 0x51, 0xcb, 0x9a, 0x1d);

const idl = parseIdl({
  address: toBase58(OURS),
  metadata: { name: 'synthetic', version: '0.1.0', spec: '0.1.0' },
  instructions: [
    { name: 'do_it', discriminator: [...DO], accounts: [{ name: 'first' }], args: [{ name: 'number', type: 'u64' }] },
  ],
  events: [{ name: 'PingEvent', discriminator: [...PING] }],
  types: [{ name: 'PingEvent', type: { kind: 'struct', fields: [{ name: 'number', type: 'u64' }] } }],
});

/** Two programs of ours with the same IDL, and so with the same discriminators. */
export const registry = buildRegistry([
  { programId: toBase58(OURS), prefix: 'ours', idl, validFromSlot: 0n },
  { programId: toBase58(ALSO_OURS), prefix: 'also', idl, validFromSlot: 0n },
]);

/** An event's bytes. */
export function ping(number: number): Uint8Array {
  return Buffer.concat([PING, u64(number)]);
}

export function u64(number: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(number));
  return bytes;
}

/** What a call does, in order: log text, give data to the log, call another program, or emit by self-CPI. */
export type Act =
  | { readonly log: string }
  | { readonly data: Uint8Array }
  | { readonly call: Call }
  | { readonly raw: string };

export interface Call {
  readonly program: Uint8Array;
  readonly acts: readonly Act[];
  readonly data?: Uint8Array;
  readonly accounts?: readonly Uint8Array[];
  readonly isSilent?: boolean;
}

/** `emit_cpi!` as Anchor does it, each part of which a test can falsify. */
export function selfCpi(program: Uint8Array, number: number, authority: Uint8Array, tag: Uint8Array = EVENT_TAG): Act {
  return { call: { program, acts: [], data: Buffer.concat([tag, ping(number)]), accounts: [authority] } };
}

export function transactionOf(calls: readonly Call[], change: Partial<Transaction> = {}): Transaction {
  const writer = new TransactionWriter();
  for (const call of calls) writer.top(call);
  return { ...writer.finish(), ...change };
}

class TransactionWriter {
  private readonly keys: Uint8Array[] = [];
  private readonly tops: CompiledInstruction[] = [];
  private readonly inners: { readonly index: number; readonly instructions: InnerInstruction[] }[] = [];
  private readonly logs: string[] = [];

  top(call: Call): void {
    const index = this.tops.push(this.instruction(call)) - 1;
    const group = { index, instructions: [] };
    this.run(call, 1, group.instructions);
    if (group.instructions.length > 0) this.inners.push(group);
  }

  finish(): Transaction {
    return {
      index: 7,
      signature: new Uint8Array(64).fill(7),
      error: null,
      accountKeys: this.keys,
      instructions: this.tops,
      innerInstructions: this.inners,
      logMessages: this.logs,
      feeLamports: 5000n,
      computeUnits: 1000n,
      balanceTurns: [],
      tokenChanges: [],
    };
  }

  private run(call: Call, height: number, inner: InnerInstruction[]): void {
    const id = toBase58(call.program);
    if (call.isSilent !== true) this.logs.push(`Program ${id} invoke [${height}]`);
    for (const act of call.acts) {
      if ('log' in act) this.logs.push(`Program log: ${act.log}`);
      else if ('raw' in act) this.logs.push(act.raw);
      else if ('data' in act) this.logs.push(`Program data: ${Buffer.from(act.data).toString('base64')}`);
      else {
        inner.push({ ...this.instruction(act.call), stackHeight: height + 1 });
        this.run(act.call, height + 1, inner);
      }
    }
    if (call.isSilent === true) return;
    this.logs.push(`Program ${id} consumed 100 of 200000 compute units`, `Program ${id} success`);
  }

  private instruction(call: Call): CompiledInstruction {
    return {
      programIdIndex: this.indexOf(call.program),
      accounts: Uint8Array.from((call.accounts ?? [key('account')]).map((account) => this.indexOf(account))),
      data: call.data ?? Buffer.concat([DO, u64(5)]),
    };
  }

  private indexOf(publicKey: Uint8Array): number {
    const found = this.keys.findIndex((each) => Buffer.compare(each, publicKey) === 0);
    return found >= 0 ? found : this.keys.push(publicKey) - 1;
  }
}
