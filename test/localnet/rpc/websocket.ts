/**
 * RPC subscriptions over websocket: signatures, slots, roots, accounts and logs, in a validator's notification shapes.
 * @module
 */
import type { WebSocket, WebSocketServer } from 'ws';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { SealedBlock } from '../ledger/block.ts';
import type { ChainEvent, Commitment } from '../ledger/chain.ts';
import type { Localnet } from '../localnet.ts';
import { bytesOf, type Key } from '../wire/key.ts';
import { decodeTransactionError } from '../wire/transaction-error.ts';
import { encodeAccount } from './account-methods.ts';
import { signatureFrom } from './block-methods.ts';
import { dispatch } from './dispatch.ts';
import { readLogs } from './encode-transaction.ts';
import { toJson } from './json.ts';
import {
  API_VERSION,
  commitmentOf,
  configAt,
  keyFrom,
  type Method,
  type Methods,
  type Parameters,
  textAt,
} from './parameters.ts';
import { invalidParams } from './rpc-error.ts';

type Notify = (result: unknown) => void;
type Listener = (event: ChainEvent, notify: Notify, end: () => void) => void;

interface Subscription {
  readonly method: string;
  readonly listener: Listener;
  /** Of a signature subscription. */
  readonly signature?: Key | undefined;
}

export function serveWebsocket(localnet: Localnet, server: WebSocketServer): void {
  server.on('connection', (socket) => {
    const connection = new Connection(localnet, socket);
    socket.on('message', (data) => connection.receive(data.toString()));
    socket.on('close', () => connection.close());
    socket.on('error', () => connection.close());
  });
}

class Connection {
  readonly #localnet: Localnet;
  readonly #socket: WebSocket;
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #stop: () => void;
  readonly #methods: Methods;
  #nextId = 0;

  constructor(localnet: Localnet, socket: WebSocket) {
    this.#localnet = localnet;
    this.#socket = socket;
    this.#stop = localnet.chain.listen((event) => this.#deliver(event));
    this.#methods = this.#buildMethods();
  }

  /** A subscription that is fulfilled already notifies after its answer, so that the client knows the id. */
  receive(text: string): void {
    const before = this.#nextId;
    const answer = dispatch(this.#localnet, text, this.#methods);
    if (answer !== '') this.#socket.send(answer);
    for (let id = before; id < this.#nextId; id++) this.#catchUp(id);
  }

  close(): void {
    this.#stop();
    this.#subscriptions.clear();
  }

  #deliver(event: ChainEvent): void {
    for (const id of this.#subscriptions.keys()) this.#offer(id, event);
  }

  #offer(id: number, event: ChainEvent): void {
    const subscription = this.#subscriptions.get(id);
    const notify: Notify = (result) => {
      this.#socket.send(toJson({ jsonrpc: '2.0', method: subscription?.method, params: { result, subscription: id } }));
    };
    subscription?.listener(event, notify, () => this.#subscriptions.delete(id));
  }

  /** A signature that reached its commitment before the subscription came. */
  #catchUp(id: number): void {
    const signature = this.#subscriptions.get(id)?.signature;
    const { chain } = this.#localnet;
    const entry = signature === undefined ? undefined : chain.entryOf(chain.transactions.find(signature)?.slot ?? -1);
    if (entry === undefined) return;
    const block = chain.block(entry);
    const reached = levels.indexOf(chain.commitmentOf(entry.slot));
    for (const status of levels.slice(0, reached + 1)) {
      this.#offer(id, {
        kind: 'slot',
        slot: entry.slot,
        parentSlot: entry.parentSlot,
        status,
        block,
        atMs: block.createdAtMs,
      });
    }
  }

  #add(method: string, listener: Listener, signature?: Key): number {
    const id = this.#nextId++;
    this.#subscriptions.set(id, { method, listener, signature });
    return id;
  }

  #buildMethods(): Methods {
    const subscribe =
      (notification: string, build: (params: Parameters) => Listener): Method =>
      (_, params) =>
        this.#add(notification, build(params));
    const unsubscribe: Method = (_, params) => {
      if (!this.#subscriptions.delete(Number(params[0]))) throw invalidParams('Invalid subscription id.');
      return true;
    };
    return {
      signatureSubscribe: (_, params) =>
        this.#add('signatureNotification', signatureListener(params), signatureFrom(textAt(params, 0))),
      accountSubscribe: subscribe('accountNotification', (params) => accountListener(this.#localnet, params)),
      logsSubscribe: subscribe('logsNotification', logsListener),
      slotSubscribe: subscribe('slotNotification', () => slotListener(this.#localnet)),
      rootSubscribe: subscribe('rootNotification', () => rootListener),
      ...Object.fromEntries(
        ['signature', 'account', 'logs', 'slot', 'root'].map((name) => [`${name}Unsubscribe`, unsubscribe]),
      ),
    };
  }
}

const levels: readonly Commitment[] = ['processed', 'confirmed', 'finalized'];

function contextFor(slot: number): object {
  return { apiVersion: API_VERSION, slot };
}

function signatureListener(params: Parameters): Listener {
  const signature = signatureFrom(textAt(params, 0));
  const commitment = commitmentOf(configAt(params, 1).commitment);
  return (event, notify, end) => {
    if (event.kind !== 'slot' || event.status !== commitment) return;
    const found = event.block?.transactions.find((transaction) => transaction.signature === signature);
    if (found === undefined) return;
    end();
    notify({
      context: contextFor(event.slot),
      value: { err: found.error === null ? null : decodeTransactionError(found.error) },
    });
  };
}

function accountListener(localnet: Localnet, params: Parameters): Listener {
  const key = keyFrom(textAt(params, 0));
  const config = configAt(params, 1);
  const commitment = commitmentOf(config.commitment);
  return (event, notify) => {
    if (event.kind !== 'slot' || event.status !== commitment) return;
    const written = event.block?.accounts.find(({ record }) => record.key === key);
    if (written !== undefined)
      notify({ context: contextFor(event.slot), value: encodeAccount(localnet, written.record, config) });
  };
}

function slotListener(localnet: Localnet): Listener {
  return (event, notify) => {
    if (event.kind !== 'slot' || event.status !== 'createdBank') return;
    notify({ slot: event.slot, parent: event.parentSlot, root: localnet.chain.entryAt('finalized').slot });
  };
}

const rootListener: Listener = (event, notify) => {
  if (event.kind === 'slot' && event.status === 'finalized') notify(event.slot);
};

function logsListener(params: Parameters): Listener {
  const filter = params[0];
  const mentions =
    typeof filter === 'object' && filter !== null
      ? (filter as { mentions?: string[] }).mentions?.map(keyFrom)
      : undefined;
  const commitment = commitmentOf(configAt(params, 1).commitment);
  return (event, notify) => {
    if (event.kind !== 'slot' || event.status !== commitment || event.block === undefined) return;
    for (const value of logsOf(event.block, mentions)) notify({ context: contextFor(event.slot), value });
  };
}

function logsOf(block: SealedBlock, mentions: readonly string[] | undefined): unknown[] {
  return block.transactions
    .filter(({ keys }) => mentions === undefined || mentions.some((mention) => keys.includes(mention)))
    .map(({ signature, error, encoded }) => ({
      signature: toBase58(bytesOf(signature)),
      err: error === null ? null : decodeTransactionError(error),
      logs: readLogs(encoded),
    }));
}
