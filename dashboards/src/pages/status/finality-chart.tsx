/**
 * Age of the newest blocks against the head's, with the line between what is final and what is not.
 * @module
 */
import { axisText } from '../../chart/axis-text.ts';
import { ChartTable } from '../../chart/chart-table.tsx';
import { Line } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { SlotLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import type { FinalityQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { age } from '../../text/clock.ts';

type Block = FinalityQuery['blocks']['edges'][number]['node'];

export function FinalityChart({ blocks }: { blocks: readonly Block[] }) {
  const timed = blocks.filter(({ blockTime }) => blockTime !== null).toReversed();
  const head = Number(timed.at(-1)?.blockTime ?? 0);
  const [first, last] = [timed[0], timed.at(-1)];
  if (first === undefined || last === undefined) return <p class="nothing">No block has been recorded yet.</p>;
  const ageOf = ({ blockTime }: Block) => head - Number(blockTime);
  const most = Math.max(1, ageOf(first));
  const series = [
    { mark: 'a', of: (block: Block) => (block.isFinalized ? ageOf(block) : null) },
    { mark: 'b', of: (block: Block) => (block.isFinalized ? null : ageOf(block)) },
  ] as const;
  return (
    <>
      <Plot
        label="Age of blocks by slot"
        height={150}
        x={{ from: Number(first.slot), to: Math.max(Number(last.slot), Number(first.slot) + 1), kind: 'number' }}
        y={{ low: 0, high: most, text: (value) => `${axisText(most)(value)} s` }}
        picks={timed.map((block) => ({
          x: Number(block.slot),
          title: `Block ${count(block.slot)}`,
          values: [
            {
              name: block.isFinalized ? 'final' : 'not final',
              mark: block.isFinalized ? 'a' : 'b',
              text: `${age(ageOf(block))} before the head`,
            },
          ],
        }))}
      >
        {(scales) =>
          series.map(({ mark, of }) => (
            <Line
              key={mark}
              scales={scales}
              mark={mark}
              points={timed.map((block) => ({ x: Number(block.slot), y: of(block), exact: block.blockTime ?? '' }))}
            />
          ))
        }
      </Plot>
      <ChartTable
        caption="The newest blocks"
        rows={blocks}
        keyOf={({ slot }) => slot}
        columns={[
          { header: 'Block', isNumber: true, cell: ({ slot }) => <SlotLink slot={slot} /> },
          { header: 'When', cell: ({ blockTime }) => <Moment at={blockTime} hasDay={false} /> },
          { header: 'Finality', cell: ({ isFinalized }) => (isFinalized ? 'final' : 'not final') },
          { header: 'Undecoded', isNumber: true, cell: ({ undecodedCount }) => count(undecodedCount) },
        ]}
      />
    </>
  );
}
