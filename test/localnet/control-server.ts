/**
 * Faults over HTTP for tests in other processes: POST a JSON object to `/`, get the chain's state back.
 * Bound to loopback, and only when a control port was asked for.
 * @module
 */
import { createServer, type Server } from 'node:http';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import { InputError, messageOf } from '../../indexer/domain/errors.ts';
import { ManualClock } from './clock.ts';
import type { GrpcServer } from './grpc/grpc-server.ts';
import type { Localnet } from './localnet.ts';
import { keyOf } from './wire/key.ts';

/** Every field is optional; what is given is applied in this order. */
export interface ControlRequest {
  readonly rpcDelayMs?: number;
  readonly grpcDelayMs?: number;
  readonly rpcFrozen?: boolean;
  readonly grpcFrozen?: boolean;
  readonly duplicateMessages?: boolean;
  readonly omitNextTransactions?: number;
  /** Base58 signatures that no stream carries. */
  readonly omitSignatures?: readonly string[];
  readonly holdConfirmations?: boolean;
  readonly skipSlots?: number;
  readonly fork?: { readonly depth: number; readonly confirmed?: boolean; readonly slots?: 'same' | 'later' };
  readonly dropStreams?: 'clean' | 'abrupt';
  /** Slots to let pass; only with a clock driven by hand. */
  readonly advance?: number;
}

export interface ControlState {
  readonly slot: number;
  readonly blockhash: string;
  readonly confirmedSlot: number;
  readonly finalizedSlot: number;
  readonly transactionCount: number;
  readonly forks: number;
  readonly streamCount: number;
}

const MAX_BODY_BYTES = 1 << 20;

/** @throws InputError `LOCALNET__BAD_FAULT`, `LOCALNET__FORK_TOO_DEEP` */
export function applyControl(localnet: Localnet, grpc: GrpcServer, request: ControlRequest): ControlState {
  const { faults, chain } = localnet;
  if (request.rpcDelayMs !== undefined) faults.rpcDelayMs = request.rpcDelayMs;
  if (request.grpcDelayMs !== undefined) faults.grpcDelayMs = request.grpcDelayMs;
  if (request.rpcFrozen !== undefined) faults.rpcFrozen = request.rpcFrozen;
  if (request.grpcFrozen !== undefined) faults.grpcFrozen = request.grpcFrozen;
  if (request.duplicateMessages !== undefined) faults.duplicateMessages = request.duplicateMessages;
  if (request.omitNextTransactions !== undefined) faults.omitNextTransactions = request.omitNextTransactions;
  for (const signature of request.omitSignatures ?? []) faults.omittedSignatures.add(keyOf(fromBase58(signature, 64)));
  if (request.holdConfirmations !== undefined) chain.holdConfirmations = request.holdConfirmations;
  if (request.skipSlots !== undefined) localnet.skipSlots(request.skipSlots);
  if (request.fork !== undefined) localnet.fork({ confirmed: false, slots: 'later', ...request.fork });
  if (request.dropStreams !== undefined) grpc.dropStreams(request.dropStreams);
  if (request.advance !== undefined) advance(localnet, request.advance);
  return controlState(localnet, grpc);
}

export function controlState({ chain }: Localnet, grpc: GrpcServer): ControlState {
  const { slot, blockhash } = chain.entryAt('processed');
  return {
    slot,
    blockhash,
    confirmedSlot: chain.entryAt('confirmed').slot,
    finalizedSlot: chain.entryAt('finalized').slot,
    transactionCount: chain.transactions.count,
    forks: chain.forks,
    streamCount: grpc.streamCount,
  };
}

export function createControlServer(localnet: Localnet, grpc: GrpcServer): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      try {
        const body = Buffer.concat(chunks).toString();
        response.end(
          JSON.stringify(applyControl(localnet, grpc, body === '' ? {} : (JSON.parse(body) as ControlRequest))),
        );
      } catch (error) {
        response.statusCode = 400;
        response.end(JSON.stringify({ error: messageOf(error) }));
      }
    });
  });
}

function advance(localnet: Localnet, slotCount: number): void {
  if (!(localnet.clock instanceof ManualClock)) {
    throw new InputError('LOCALNET__BAD_FAULT', 'This chain follows the real clock and cannot be advanced by hand');
  }
  localnet.clock.advance(slotCount);
}
