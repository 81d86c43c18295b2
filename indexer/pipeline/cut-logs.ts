/**
 * Logs that the stream's server cut, from a node that cuts later: asked before the block is written, so that its events
 * are there from the start. Only the text of logs is taken, of the very transactions; what they mean is decoded anew.
 *
 * A node that cuts just as early is not asked for every block: after some questions in vain, only now and then.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DecodedBlock } from '../decode/decoded-block.ts';
import { compareBytes, toBase58 } from '../domain/base58.ts';
import type { Block } from '../domain/chain.ts';
import { PlumblineError } from '../domain/errors.ts';
import type { Ancestry } from './ancestry.ts';
import type { IndexerStatus } from './status.ts';

export interface WholeLogsOptions {
  readonly ancestry: Pick<Ancestry, 'range'>;
  readonly decode: (block: Block) => DecodedBlock;
  readonly status: Pick<IndexerStatus, 'truncatedTotal' | 'recoveredLogsTotal'>;
  /** Between two questions for one block. */
  readonly waitMs?: number;
}

const WAIT_MS = 300;
const ATTEMPTS = 3;

/** Questions in vain, one after the other, after which it is asked seldom. */
const PATIENCE = 5;
/** Of the blocks with cut logs, then, one in so many. */
const SELDOM = 100;

export class WholeLogs {
  /** Blocks with cut logs since a node last had more. */
  #inVain = 0;

  constructor(private readonly options: WholeLogsOptions) {}

  /** A block decoded, with whole logs where the node has them. Fails never: what is not had stays cut. */
  async decode(block: Block): Promise<DecodedBlock> {
    const { decode, status } = this.options;
    const decoded = decode(block);
    if (decoded.truncatedTransactions.length === 0) return decoded;
    const better = await this.#better(block, decoded);
    status.truncatedTotal += better.truncatedTransactions.length;
    status.recoveredLogsTotal += decoded.truncatedTransactions.length - better.truncatedTransactions.length;
    return better;
  }

  async #better(block: Block, decoded: DecodedBlock): Promise<DecodedBlock> {
    // A block without account states came from the node itself.
    const isWorthAsking = block.hasAccounts && (this.#inVain < PATIENCE || this.#inVain % SELDOM === 0);
    this.#inVain += 1;
    const other = isWorthAsking ? await this.#askedFor(block) : null;
    if (other === null) return decoded;
    const { decode } = this.options;
    const cut = new Set(decoded.truncatedTransactions);
    const stillCut = new Set(decode(withLogsOf(block, other, cut)).truncatedTransactions);
    // The node may have cut another one earlier than the stream did: of that one the stream's log stays.
    const whole = new Set([...cut].filter((index) => !stillCut.has(index)));
    if (whole.size === 0) return decoded;
    this.#inVain = 0;
    return decode(withLogsOf(block, other, whole));
  }

  /** The same block as the node has it, which may be a little behind the stream. */
  async #askedFor(block: Block): Promise<Block | null> {
    const { waitMs = WAIT_MS } = this.options;
    const tooLate = sleep(ATTEMPTS * waitMs).then(() => null);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const found = await Promise.race([this.#fromNode(block), tooLate]);
      if (found !== null || attempt === ATTEMPTS) return found;
      await sleep(waitMs);
    }
    return null;
  }

  async #fromNode({ slot, blockhash }: Block): Promise<Block | null> {
    try {
      for await (const found of this.options.ancestry.range(slot, slot)) {
        if (compareBytes(found.blockhash, blockhash) === 0) return found;
      }
    } catch (error) {
      if (!(error instanceof PlumblineError)) throw error;
    }
    return null;
  }
}

/** The block with the other's logs for the transactions at `indexes`. */
function withLogsOf(block: Block, other: Block, indexes: ReadonlySet<number>): Block {
  const logs = new Map(other.transactions.map((each) => [toBase58(each.signature), each.logMessages]));
  const transactions = block.transactions.map((each) => {
    const found = indexes.has(each.index) ? logs.get(toBase58(each.signature)) : undefined;
    return found === undefined || found === null ? each : { ...each, logMessages: found };
  });
  return { ...block, transactions };
}
