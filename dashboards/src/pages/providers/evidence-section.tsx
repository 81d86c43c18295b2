/**
 * Why a provider has its score: what each kind of evidence did to it in all, and every piece.
 * @module
 */
import { useState } from 'preact/hooks';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { hrefOf, SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ProviderQuery } from '../../queries.generated.ts';
import { count, gpuHours, percentOfPpm } from '../../text/amount.ts';
import { evidenceWords } from '../../text/words.ts';

export type Evidence = ProviderQuery['providerEvidence']['edges'][number]['node'];

interface Part {
  readonly class: Evidence['class'];
  readonly pieceCount: number;
  readonly effect: number;
}

/** A busy provider has hundreds of pieces an hour: what moved the score is not to be looked for among them. */
const SHOWN_PIECES = 50;

interface EvidenceSectionProps {
  /** Newest first. */
  readonly evidence: readonly Evidence[] | null;
  readonly hasMore: boolean;
}

export function EvidenceSection({ evidence, hasMore }: EvidenceSectionProps) {
  const [shown, setShown] = useState(SHOWN_PIECES);
  const [isMoving, setIsMoving] = useState(false);
  const pieces = evidence?.filter((piece) => !isMoving || effectOf(piece) !== 0) ?? null;
  return (
    <Panel
      id="why"
      title="Why this score"
      note={hasMore ? 'By the newest 500 pieces of evidence; older ones are in the API' : 'By all of its evidence'}
    >
      {evidence !== null && evidence.length > 0 && <Parts evidence={evidence} />}
      <div class="actions-line pieces">
        <h3>Every piece, newest first</h3>
        <fieldset class="segments" aria-label="Evidence">
          {[false, true].map((each) => (
            <button key={String(each)} type="button" aria-pressed={isMoving === each} onClick={() => setIsMoving(each)}>
              {each ? 'What moved the score' : 'All'}
            </button>
          ))}
        </fieldset>
      </div>
      <DataTable
        caption="Evidence, newest first"
        rows={pieces?.slice(0, shown) ?? null}
        keyOf={(piece) => `${piece.rewardEpoch}/${piece.number}`}
        emptyText={
          evidence?.length === 0
            ? 'No evidence has counted yet. It does once a reward epoch has ended.'
            : 'Nothing has moved the score.'
        }
        columns={evidenceColumns}
      />
      {pieces !== null && pieces.length > shown && (
        <button type="button" class="plain more" onClick={() => setShown(pieces.length)}>
          Show all {count(pieces.length)}
        </button>
      )}
    </Panel>
  );
}

/** Folding the pieces from the start gives the score to the unit, so these add up to it as well. */
function Parts({ evidence }: { evidence: readonly Evidence[] }) {
  const start = evidence.at(-1)?.scoreBefore ?? 0;
  const now = evidence[0]?.scoreAfter ?? 0;
  return (
    <div id="why-parts">
      <DataTable
        caption="What each kind of evidence did to the score"
        rows={partsOf(evidence)}
        keyOf={(part) => part.class}
        emptyText=""
        columns={partColumns}
        sorting={{ header: 'Moved the score by', isDescending: false }}
      />
      <p class="quiet more">
        From <span data-exact={start}>{count(start)}</span> to <span data-exact={now}>{count(now)}</span>, before the
        bond’s cap.
      </p>
    </div>
  );
}

function partsOf(evidence: readonly Evidence[]): Part[] {
  return [...new Set(evidence.map((piece) => piece.class))].map((name) => {
    const pieces = evidence.filter((piece) => piece.class === name);
    return { class: name, pieceCount: pieces.length, effect: pieces.reduce((sum, each) => sum + effectOf(each), 0) };
  });
}

const partColumns: readonly Column<Part>[] = [
  { header: 'Evidence', cell: (part) => <strong>{evidenceWords[part.class]}</strong>, sortBy: (part) => part.class },
  {
    header: 'Pieces',
    isNumber: true,
    cell: ({ pieceCount }) => count(pieceCount),
    sortBy: ({ pieceCount }) => pieceCount,
  },
  {
    header: 'Moved the score by',
    isNumber: true,
    cell: ({ effect }) => <EffectText effect={effect} />,
    sortBy: ({ effect }) => effect,
  },
];

const evidenceColumns: readonly Column<Evidence>[] = [
  {
    header: 'Evidence',
    cell: (piece) => <strong>{evidenceWords[piece.class]}</strong>,
    sortBy: (piece) => piece.class,
  },
  { header: 'When', cell: (piece) => <Moment at={piece.at} />, sortBy: (piece) => BigInt(piece.at) },
  { header: 'Effect', isNumber: true, cell: (piece) => <EffectText effect={effectOf(piece)} />, sortBy: effectOf },
  {
    header: 'Score after',
    isNumber: true,
    cell: (piece) => <span data-exact={piece.scoreAfter}>{count(piece.scoreAfter)}</span>,
    sortBy: (piece) => piece.scoreAfter,
  },
  { header: 'Because', cell: reasonOf, isLong: true },
  {
    header: 'Epoch',
    isNumber: true,
    cell: (piece) => (
      <a class="quiet-link" href={hrefOf.epoch(piece.rewardEpoch)}>
        {piece.rewardEpoch}
      </a>
    ),
  },
  {
    header: 'Transaction',
    cell: (piece) => (piece.signature === null ? 'made by the epoch' : <TransactionLink signature={piece.signature} />),
  },
  { header: 'Block', isNumber: true, cell: (piece) => <SlotLink slot={piece.slot} /> },
];

function effectOf({ scoreBefore, scoreAfter }: Evidence): number {
  return scoreAfter - scoreBefore;
}

function EffectText({ effect }: { effect: number }) {
  return (
    <span class={effect < 0 ? 'loss' : effect > 0 ? 'gain' : ''} data-exact={effect}>
      {signed(effect)}
    </span>
  );
}

export function signed(change: number): string {
  return change > 0 ? `+${count(change)}` : change < 0 ? `−${count(-change)}` : '±0';
}

function reasonOf(piece: Evidence): string {
  if (piece.isOwnCluster) return 'the buyer belongs to the provider: no gain';
  if (piece.class === 'DELIVERED') return `${gpuHours(piece.gpuSeconds)} GPU-hours that a fee was paid for`;
  if (piece.class === 'HEARTBEAT_SHORTFALL')
    return `${percentOfPpm(piece.shortfallPpm)} of the heartbeats did not come`;
  if (piece.class === 'EPOCH_END') return 'decay of an epoch without deliveries, if it had none';
  return piece.targetAfter === null ? '' : `to be regained: ${count(piece.targetAfter)}`;
}
