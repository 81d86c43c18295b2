/**
 * A key with lamports on a local chain, and the transactions that tests send with it.
 * @module
 */
import { once } from 'node:events';
import { Connection, Keypair, PublicKey, SystemProgram, Transaction, TransactionInstruction } from '@solana/web3.js';
import type { RunningLocalnet } from './start.ts';

export const MEMO_PROGRAM = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

export class TestWallet {
  readonly key: Keypair;
  readonly connection: Connection;
  readonly #net: RunningLocalnet;

  private constructor(net: RunningLocalnet, seed: number) {
    this.#net = net;
    this.key = Keypair.fromSeed(new Uint8Array(32).fill(seed));
    this.connection = new Connection(net.rpcUrl, { commitment: 'processed', wsEndpoint: net.wsUrl });
  }

  /** A wallet whose airdrop is in a block. */
  static async funded(net: RunningLocalnet, seed = 1, lamports = 10_000_000_000): Promise<TestWallet> {
    const wallet = new TestWallet(net, seed);
    await wallet.connection.requestAirdrop(wallet.key.publicKey, lamports);
    net.advance();
    return wallet;
  }

  /** Ends the websocket in good order; web3.js would go on to reconnect to a server that is gone. */
  async close(): Promise<void> {
    const internals = this.connection as unknown as {
      _rpcWebSocketConnected: boolean;
      _rpcWebSocketIdleTimeout: unknown;
      _rpcWebSocket: NodeJS.EventEmitter & { close(): void };
    };
    // Between its last subscription and its idle time-out it is open but calls itself unconnected.
    if (!internals._rpcWebSocketConnected && internals._rpcWebSocketIdleTimeout === null) return;
    const closed = once(internals._rpcWebSocket, 'close');
    internals._rpcWebSocket.close();
    await closed;
  }

  memo(text: string): TransactionInstruction {
    return new TransactionInstruction({ programId: MEMO_PROGRAM, keys: [], data: Buffer.from(text) });
  }

  transfer(lamports: number, to = Keypair.fromSeed(new Uint8Array(32).fill(200)).publicKey): TransactionInstruction {
    return SystemProgram.transfer({ fromPubkey: this.key.publicKey, toPubkey: to, lamports });
  }

  sign(...instructions: TransactionInstruction[]): Buffer {
    const { blockhash } = this.#net.localnet.chain.entryAt('processed');
    const transaction = new Transaction({ feePayer: this.key.publicKey, recentBlockhash: blockhash }).add(
      ...instructions,
    );
    transaction.sign(this.key);
    return transaction.serialize();
  }

  /** Into the open bank; a block comes with the next slot end. @returns the signature */
  send(...instructions: TransactionInstruction[]): Promise<string> {
    return this.connection.sendRawTransaction(this.sign(...instructions), { skipPreflight: true });
  }
}
