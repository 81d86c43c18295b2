/**
 * A chain that has been played to its end and stands still, with everything that a Yellowstone server said of it on the
 * way: the compiled programs under a small market, forks of blocks that had been confirmed and of blocks that had not, in
 * the same slots and in later ones, and skipped slots. Its RPC goes on to answer, always the same.
 * @module
 */
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { type Feed, subscribeRequest } from '../../../indexer/stream/subscription.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../../programs/staking/client.generated.ts';
import { type PartialRequest, StreamClient } from '../../localnet/stream-client.ts';
import type { DayChain } from '../../simulation/day/day-chain.ts';
import { openWorld } from '../../simulation/day/world.ts';
import { type Market, openMarket, playRound } from '../../simulation/market.ts';
import { createRandom, type Random } from '../../simulation/random.ts';

/** One message of the stream. */
export interface TapeMessage {
  readonly slot: bigint;
  readonly kind: 'slot' | 'block' | 'blockMeta' | 'transaction' | 'account';
  readonly bytes: Buffer;
}

export interface RecordedChain {
  readonly tapes: Readonly<Record<Feed, readonly TapeMessage[]>>;
  readonly rpcUrl: string;
  /** The first block of the tapes, and one about halfway to the last final one. */
  readonly firstSlot: bigint;
  readonly middleSlot: bigint;
  readonly finalizedSlot: bigint;
  readonly headSlot: bigint;
  stop(): Promise<void>;
}

export interface RecordingOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Rounds from one fork to the next. */
  readonly roundsPerFork: number;
}

const FEEDS = ['blocks', 'transactions'] as const;
const PROGRAMS = [STAKING_PROGRAM_ADDRESS, MARKETPLACE_PROGRAM_ADDRESS];
const ROUND_SECONDS = 20;
const DEEPEST_FORK = 5;
/** Blocks behind the last round, so that all of them are final. */
const SLOTS_TO_FINALITY = 40;

export async function recordChain(options: RecordingOptions): Promise<RecordedChain> {
  const { chain, world } = await openWorld({ seed: options.seed, providers: 2, tickSeconds: 1, tickCount: 0 });
  const clients = FEEDS.map((feed) => recorderOf(chain, feed));
  await Promise.all(clients.map((client) => client.settle(1)));
  await play(chain, await openMarket(world.network, world.providers, 2), options);
  chain.running.advance(SLOTS_TO_FINALITY);
  await Promise.all(clients.map((client) => client.settle(2)));
  const { confirmedSlot, finalizedSlot } = chain.running.control({});
  const [blocks = [], transactions = []] = clients.map(({ updates }) => updates.flatMap(messageOf));
  for (const client of clients) client.close();
  const firstSlot = blocks.find(({ kind }) => kind === 'block')?.slot ?? 0n;
  return {
    tapes: { blocks, transactions },
    rpcUrl: chain.running.rpcUrl,
    ...{ firstSlot, middleSlot: (firstSlot + BigInt(finalizedSlot)) / 2n },
    ...{ finalizedSlot: BigInt(finalizedSlot), headSlot: BigInt(confirmedSlot) },
    stop: () => chain.stop(),
  };
}

function recorderOf(chain: DayChain, feed: Feed): StreamClient {
  const client = new StreamClient(chain.running.grpcUrl);
  client.send(subscribeRequest({ feed, programs: PROGRAMS, fromSlot: null }) as PartialRequest);
  return client;
}

async function play(chain: DayChain, market: Market, { rounds, roundsPerFork, seed }: RecordingOptions): Promise<void> {
  const random = createRandom(BigInt(seed));
  for (let round = 1; round <= rounds; round += 1) {
    await playRound(market, chain.nowSeconds());
    chain.passSeconds(ROUND_SECONDS);
    if (round % roundsPerFork === 0) fork(chain, random);
    if (random.chance(0.2)) chain.running.control({ skipSlots: random.integer(1, 3) });
    // Streams are written when this process has a moment.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function fork(chain: DayChain, random: Random): void {
  const depth = random.integer(1, DEEPEST_FORK);
  const confirmed = random.chance(0.7);
  chain.running.control({ fork: { depth, confirmed, slots: random.pick(['same', 'later'] as const) } });
  // One that was not confirmed waits until so many blocks are not.
  chain.running.advance(confirmed ? 1 : DEEPEST_FORK + 1);
}

function messageOf(update: SubscribeUpdate): TapeMessage[] {
  const kinds = ['slot', 'block', 'blockMeta', 'transaction', 'account'] as const;
  const kind = kinds.find((each) => update[each] !== undefined);
  const slot = kind === undefined ? undefined : update[kind]?.slot;
  if (kind === undefined || slot === undefined) return [];
  return [{ kind, slot: BigInt(slot), bytes: Buffer.from(SubscribeUpdate.encode(update).finish()) }];
}
