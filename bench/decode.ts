/**
 * Decoding alone: an event of three keys and four integers (124 bytes) from its IDL, against Anchor's own coder on the
 * same bytes in the same run. Prints events per second of both and the ratio.
 * Run: node --import tsx bench/decode.ts [events]
 */
import { type Idl as AnchorIdl, BorshCoder } from '@coral-xyz/anchor';
import { parseIdl } from '../indexer/decode/parse-idl.ts';
import { compileIdl, DiscriminatorIndex } from '../indexer/decode/program-version.ts';

const DISCRIMINATOR = [226, 134, 188, 173, 19, 33, 75, 175];
const EVENT_BYTES = 124;
/** Short and many: what else the machine does then spares some of each. */
const ROUNDS = 40;
/** A power of two; few enough to stay in the cache, as a block's events are. */
const DISTINCT_EVENTS = 4096;
const ANCHOR_SHARE = 5;

const field = (name: string, type: string) => ({ name, type });
const idl = {
  address: '11111111111111111111111111111111',
  metadata: { name: 'bench', version: '0.1.0', spec: '0.1.0' },
  instructions: [],
  events: [{ name: 'StakeEvent', discriminator: DISCRIMINATOR }],
  types: [
    {
      name: 'StakeEvent',
      type: {
        kind: 'struct',
        fields: [
          field('instruction_index', 'u16'),
          field('operator_pool', 'pubkey'),
          field('staking_record', 'pubkey'),
          field('owner', 'pubkey'),
          field('flags', 'u16'),
          field('token_amount', 'u64'),
          field('shares_amount', 'u64'),
        ],
      },
    },
  ],
};

function makeEvents(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const event = Buffer.alloc(EVENT_BYTES, index & 0xff);
    event.set(DISCRIMINATOR);
    event.writeBigUInt64LE(BigInt(index) * 1_000_003n, EVENT_BYTES - 8);
    return event;
  });
}

/** Results are kept for a while, so that no engine can leave out making them. */
const kept: unknown[] = new Array(1024);

interface Contender {
  readonly name: string;
  readonly count: number;
  readonly decode: (index: number) => unknown;
}

function perSecond({ count, decode }: Contender): number {
  const start = process.hrtime.bigint();
  for (let index = 0; index < count; index += 1) {
    const fields = decode(index & (DISTINCT_EVENTS - 1));
    if (typeof fields !== 'object' || fields === null) throw new Error('not decoded');
    kept[index & 1023] = fields;
  }
  return (count / Number(process.hrtime.bigint() - start)) * 1e9;
}

/** Turn by turn, so that what else the machine does falls on all of them; the best round of each counts. */
function bestOf(contenders: readonly Contender[]): number[] {
  const best = contenders.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [place, contender] of contenders.entries()) {
      best[place] = Math.max(best[place] ?? 0, perSecond(contender));
    }
  }
  return best;
}

function main(count: number): void {
  const events = makeEvents(DISTINCT_EVENTS);
  const texts = events.map((event) => event.toString('base64'));
  const payloads = events.map((event) => event.subarray(DISCRIMINATOR.length));
  const index = new DiscriminatorIndex(compileIdl(parseIdl(idl), 'bench').events);
  const coder = new BorshCoder(idl as unknown as AnchorIdl);
  const decode = (data: Buffer) => index.find(data, 0)?.decoder?.decodeExact(data, DISCRIMINATOR.length);

  const few = count / ANCHOR_SHARE;
  const contenders: Contender[] = [
    { name: 'compiled decoder, bytes', count, decode: (n) => decode(events[n] as Buffer) },
    { name: 'compiled decoder, base64 text', count, decode: (n) => decode(Buffer.from(texts[n] as string, 'base64')) },
    {
      name: "Anchor's coder, bytes",
      count: few,
      decode: (n) => coder.types.decode('StakeEvent', payloads[n] as Buffer),
    },
    { name: "Anchor's coder, base64 text", count: few, decode: (n) => coder.events.decode(texts[n] as string) },
  ];
  const rates = bestOf(contenders);
  for (const [place, { name }] of contenders.entries()) {
    console.log(`${name.padEnd(44)} ${Math.round(rates[place] ?? 0).toLocaleString('en')}/s`);
  }
  const [ours = 0, oursText = 0, theirs = 1, theirsText = 1] = rates;
  console.log(`ratio on bytes ${(ours / theirs).toFixed(1)}, on text ${(oursText / theirsText).toFixed(1)}`);
}

main(Number(process.argv[2] ?? 200_000));
