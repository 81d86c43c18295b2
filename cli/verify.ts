/**
 * `plumbline verify blocks`: a proof over what is stored, printed for people, with an exit code for machines.
 * @module
 */
import { toBase58 } from '../indexer/domain/base58.ts';
import { checkInput, checkInvariant } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { canonicalHead } from '../indexer/store/queries/chain/blocks.ts';
import { chainCounts } from '../indexer/store/queries/chain/chain-status.ts';
import { type BlockProblem, verifyBlocks } from '../indexer/store/verify-blocks.ts';
import { say } from './say.ts';
import { slotArgument } from './slot-argument.ts';

const U64_MAX = 2n ** 64n - 1n;
const SHOWN_PROBLEMS = 20;

/**
 * The whole record unless a range is given.
 * @throws InvariantError `VERIFY__BLOCKS_DIFFER`; InputError `VERIFY__EMPTY`, `CLI__BAD_SLOT`
 */
export async function runVerifyBlocks(settings: Settings, options: { from?: string; to?: string }): Promise<void> {
  const store = createStoreClient(settings);
  try {
    const head = await canonicalHead(store);
    checkInput(head !== null, 'VERIFY__EMPTY', 'Nothing is recorded yet');
    const all = await chainCounts(store, 0n, U64_MAX);
    const fromSlot = options.from === undefined ? all.firstSlot : slotArgument('--from', options.from);
    const toSlot = options.to === undefined ? head.slot : slotArgument('--to', options.to);
    const report = await verifyBlocks(store, fromSlot, toSlot, (bucket) => {
      say(`slots ${bucket.fromSlot} to ${bucket.toSlot}  blocks ${bucket.blockCount}  ${bucket.rollingHash}`);
    });
    for (const problem of report.problems.slice(0, SHOWN_PROBLEMS))
      say(`slot ${problem.slot}: ${problemText(problem)}`);
    checkInvariant(
      report.problems.length === 0,
      'VERIFY__BLOCKS_DIFFER',
      `${report.problems.length} problems between slots ${fromSlot} and ${toSlot}: see the lines above`,
      { fromSlot, toSlot },
    );
    const { uncheckedFromSlot } = report;
    const proven =
      uncheckedFromSlot === null ? 'complete' : `complete blocks, not proven from slot ${uncheckedFromSlot}`;
    if (uncheckedFromSlot !== null) {
      say(`slots ${uncheckedFromSlot} to ${toSlot}: transactions inside blocks are not checked by RPC yet`);
    }
    say(`${proven}: ${report.blockCount} blocks, ${report.rowCount} rows, head ${toBase58(head.blockhash)}`);
  } finally {
    await store.close();
  }
}

function problemText(problem: BlockProblem): string {
  switch (problem.kind) {
    case 'gap':
      return problem.gap.kind === 'missing'
        ? `blocks ${problem.gap.afterSlot + 1n} to ${problem.gap.parentSlot} are missing: let the indexer run until it has filled them`
        : `does not follow slot ${problem.gap.afterSlot}`;
    case 'count':
      return `${problem.table} has ${problem.found} rows, the block was committed with ${problem.marked}`;
    case 'content':
      return `stored rows hash to ${problem.found}, the block was committed with ${problem.marked}`;
    case 'dropped':
      return `transaction ${toBase58(problem.signature)} was dropped by the stream: plumbline backfill --from ${problem.slot} --to ${problem.slot}`;
    case 'not_provable':
      return `a log was cut or absent, so events may be missing${cutText(problem)}`;
  }
}

/** Which calls they would be of, and how to have them. */
function cutText({ slot, calls }: Extract<BlockProblem, { kind: 'not_provable' }>): string {
  const named = calls.map(({ signature, path, name, eventCount }) => {
    return `${name} at ${path} of ${toBase58(signature)} (${eventCount} read)`;
  });
  const of = named.length === 0 ? '' : ` of ${named.join(', ')}`;
  return `${of}: plumbline backfill --from ${slot} --to ${slot}, with SOLANA_RPC_URL a node that keeps whole logs`;
}
