/**
 * One subscribe stream: takes requests, replays from a slot, then follows the chain at its commitment in the order of the
 * real server: accounts, transactions, block, block meta, slot.
 * @module
 */
import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { SubscribeRequest } from '@triton-one/yellowstone-grpc';
import { messageOf } from '../../../indexer/domain/errors.ts';
import type { SealedBlock } from '../ledger/block.ts';
import type { ChainEvent, Commitment } from '../ledger/chain.ts';
import type { Localnet } from '../localnet.ts';
import { compileFilters, type Filters, matching } from './filters.ts';
import {
  accountFrame,
  blockFrame,
  blockMetaFrame,
  pingFrame,
  pongFrame,
  slotFrame,
  transactionFrame,
  transactionStatusFrame,
} from './frames.ts';
import { Outbox } from './outbox.ts';
import { firstReplaySlot } from './replay.ts';

export type SubscribeCall = ServerDuplexStream<SubscribeRequest, Uint8Array>;

const PING_INTERVAL_MS = 10_000;
const levels: readonly Commitment[] = ['processed', 'confirmed', 'finalized'];

export class Subscription {
  readonly #localnet: Localnet;
  readonly #call: SubscribeCall;
  readonly #outbox: Outbox;
  readonly #stopListening: () => void;
  readonly #pings: NodeJS.Timeout;
  #filters: Filters | undefined;
  #isEnded = false;

  constructor(localnet: Localnet, call: SubscribeCall, onEnd: (subscription: Subscription) => void) {
    this.#localnet = localnet;
    this.#call = call;
    this.#outbox = new Outbox({
      sink: call,
      faults: localnet.faults,
      maxBytes: localnet.options.streamQueueBytes,
      onLagged: () => this.fail(status.INTERNAL, 'lagged to send an update'),
    });
    this.#stopListening = localnet.chain.listen((event) => this.#deliver(event));
    this.#pings = setInterval(() => this.#ping(), PING_INTERVAL_MS);
    const end = () => {
      this.#close();
      onEnd(this);
    };
    call.on('data', (request: SubscribeRequest) => this.#receive(request));
    call.on('drain', () => this.#outbox.drained());
    call.on('end', () => this.finish());
    for (const event of ['cancelled', 'close', 'error']) call.on(event, end);
  }

  /** Ends the stream as a server does that goes away in good order: status 0. */
  finish(): void {
    if (this.#close()) this.#call.end();
  }

  fail(code: status, details: string): void {
    if (this.#close()) this.#call.emit('error', { code, details });
  }

  #close(): boolean {
    if (this.#isEnded) return false;
    this.#isEnded = true;
    this.#stopListening();
    clearInterval(this.#pings);
    this.#outbox.close();
    return true;
  }

  /** A request that only pings leaves the filters as they are. */
  #receive(request: SubscribeRequest): void {
    if (request.ping !== undefined) this.#outbox.push(pongFrame(request.ping.id, Date.now()));
    else this.#subscribe(request);
  }

  #subscribe(request: SubscribeRequest): void {
    const isFirst = this.#filters === undefined;
    try {
      this.#filters = compileFilters(request);
    } catch (error) {
      this.fail(status.INVALID_ARGUMENT, messageOf(error));
      return;
    }
    if (request.fromSlot !== undefined) this.#replayFrom(Number(request.fromSlot), this.#filters);
    if (isFirst) this.#ping();
  }

  #ping(): void {
    this.#outbox.push(pingFrame(Date.now()));
  }

  #replayFrom(fromSlot: number, filters: Filters): void {
    // A plugin that keeps no slots, which is its default.
    if (this.#localnet.options.replaySlots === 0) {
      this.fail(status.INTERNAL, 'from_slot is not supported');
      return;
    }
    const first = firstReplaySlot(this.#localnet);
    const refusal = `broadcast from ${fromSlot} is not available, last available: ${first}`;
    if (fromSlot < first) this.fail(status.OUT_OF_RANGE, refusal);
    else if (fromSlot > this.#localnet.openSlot) this.fail(status.INTERNAL, 'failed to get replay response');
    else this.#replay(fromSlot, filters);
  }

  #replay(fromSlot: number, filters: Filters): void {
    const { chain } = this.#localnet;
    const atMs = this.#localnet.clock.nowMs();
    for (const entry of chain.entriesFrom(fromSlot, 'processed')) {
      const reached = levels.indexOf(chain.commitmentOf(entry.slot));
      if (reached >= levels.indexOf(filters.commitment)) this.#sendContent(chain.block(entry), filters);
      for (const level of levels.slice(0, reached + 1)) this.#sendSlot({ ...entry, status: level, atMs }, filters);
    }
  }

  #deliver(event: ChainEvent): void {
    const filters = this.#filters;
    if (filters === undefined) return;
    if (event.kind === 'block') {
      if (filters.commitment === 'processed') this.#sendContent(event.block, filters);
      return;
    }
    const isContentDue = event.status === filters.commitment && filters.commitment !== 'processed';
    if (isContentDue && event.block !== undefined) this.#sendContent(event.block, filters);
    this.#sendSlot(event, filters);
  }

  #sendContent(block: SealedBlock, filters: Filters): void {
    const { faults } = this.#localnet;
    for (const account of filters.accounts.length === 0 ? [] : block.accounts) {
      const names = matching(filters.accounts, account.record);
      if (names.length > 0) this.#send(accountFrame(names, block, account, filters.slices));
    }
    const carried = block.transactions.filter(({ signature }) => !faults.isOmitted(signature));
    for (const transaction of carried) {
      const names = matching(filters.transactions, transaction);
      if (names.length > 0) this.#send(transactionFrame(names, block, transaction));
      const statusNames = matching(filters.transactionsStatus, transaction);
      if (statusNames.length > 0) this.#send(transactionStatusFrame(statusNames, block, transaction));
    }
    for (const filter of filters.blocks) {
      const content = {
        transactions: filter.transactions({ ...block, transactions: carried }),
        accounts: filter.accounts(block),
      };
      this.#send(blockFrame([filter.name], block, content, filters.slices));
    }
    if (filters.blocksMeta.length > 0) this.#send(blockMetaFrame(filters.blocksMeta, block));
  }

  #sendSlot(notice: Parameters<typeof slotFrame>[1], filters: Filters): void {
    const names = matching(filters.slots, notice.status);
    if (names.length > 0) this.#send(slotFrame(names, notice));
  }

  #send(frame: Uint8Array): void {
    this.#outbox.push(frame);
    if (this.#localnet.faults.duplicateMessages) this.#outbox.push(frame);
  }
}
