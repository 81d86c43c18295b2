/**
 * The chain: how far it is, how final, and its newest blocks.
 * @module
 */
import { useContext } from 'preact/hooks';
import { headAgeSeconds } from '../../live/freshness.ts';
import { HeadContext } from '../../live/head.ts';
import type { Live } from '../../live/live.ts';
import { Figure, Figures } from '../../parts/figures.tsx';
import { SlotLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ChainQuery } from '../../queries.generated.ts';
import { count } from '../../text/amount.ts';
import { age } from '../../text/clock.ts';
import { type Block, BlockStrip, BlockTable } from './block-strip.tsx';

export function ChainSection({ chain, nowMs }: { chain: Live<ChainQuery>; nowMs: number }) {
  const { live, meta } = useContext(HeadContext);
  const blocks = chain.answer?.data.blocks.edges.map(({ node }) => node) ?? null;
  const ageSeconds = headAgeSeconds(live, nowMs);
  const undecoded = blocks?.reduce((sum, block) => sum + block.undecodedCount, 0) ?? 0;
  return (
    <Panel
      id="chain"
      title="Chain"
      note="The newest slots, oldest first"
      isCurrent={chain.answer === null || chain.isCurrent}
    >
      <Figures>
        <Figure id="head" name="Head slot" value={slotOf(meta?.slot)} />
        <Figure id="finalized" name="Finalized slot" value={slotOf(meta?.finalizedSlot)} />
        <Figure id="lag" name="Not final yet" value={meta ? count(meta.lagSlots) : '–'} unit="slots" />
        <Figure id="age" name="Head age" value={ageSeconds === null ? '–' : age(ageSeconds)} />
        <Figure id="interval" name="Time per slot" value={intervalText(blocks ?? [])} />
        <Figure id="gaps" name="Gaps" value={meta ? count(meta.gaps) : '–'} isBad={(meta?.gaps ?? 0) > 0} />
        <Figure
          id="incidents"
          name="Accounts that differ"
          value={
            meta ? (
              <a class="quiet-link" href="/status">
                {count(meta.incidentCount)}
              </a>
            ) : (
              '–'
            )
          }
          isBad={meta !== null && meta.incidentCount !== '0'}
        />
        <Figure id="undecoded" name="Undecoded" value={blocks ? count(undecoded) : '–'} isBad={undecoded > 0} />
      </Figures>
      <BlockStrip blocks={blocks} />
      {blocks !== null && blocks.length > 0 && (
        <details>
          <summary>These blocks as a table</summary>
          <BlockTable blocks={blocks} />
        </details>
      )}
    </Panel>
  );
}

function slotOf(slot: string | null | undefined) {
  return slot === null || slot === undefined ? '–' : <SlotLink slot={slot} />;
}

/** Mean over the blocks shown: block times are whole seconds, so a single one says nothing. */
function intervalText(blocks: readonly Block[]): string {
  const [newest, oldest] = [blocks[0], blocks.at(-1)];
  if (!newest?.blockTime || !oldest?.blockTime || newest.slot === oldest.slot) return '–';
  const seconds = Number(BigInt(newest.blockTime) - BigInt(oldest.blockTime));
  return `${(seconds / Number(BigInt(newest.slot) - BigInt(oldest.slot))).toFixed(2)} s`;
}
