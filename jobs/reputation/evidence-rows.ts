/**
 * Evidence as it is stored, and the hash by which an artefact is bound to it.
 * @module
 */
import { createHash } from 'node:crypto';
import { hexOf } from '../../indexer/domain/hex.ts';
import type { EvidenceRow } from '../../indexer/store/queries/reputation/evidence-rows.ts';
import { keyNames } from '../key-names.ts';
import type { FoldedPiece } from './provider-scores.ts';
import type { Evidence } from './score.ts';

/** The computation that a row belongs to. */
export type OfComputation = Pick<EvidenceRow, 'inputHash' | 'rewardEpoch'>;

export function evidenceRow({ rewardEpoch, inputHash }: OfComputation, piece: FoldedPiece): EvidenceRow {
  const { provider, number, at, slot, position, signature, subject, evidence } = piece;
  const delivered = evidence.class === 'delivered' ? evidence : null;
  return {
    rewardEpoch,
    inputHash,
    provider,
    number,
    class: evidence.class,
    at,
    slot,
    txIndex: piece.transactionIndex,
    position,
    signature,
    subject,
    cluster: delivered?.cluster ?? '',
    ownCluster: delivered?.isOwn === true ? 1 : 0,
    gpuSeconds: delivered?.gpuSeconds ?? 0n,
    shortfallPpm: evidence.class === 'heartbeat_shortfall' ? Number(evidence.shortfallPpm) : 0,
    scoreBefore: Number(piece.scoreBefore),
    scoreAfter: Number(piece.scoreAfter),
    targetAfter: Number(piece.targetAfter ?? 0n),
  };
}

/** A stored row as the evidence it was. */
export function evidenceOf(
  row: Pick<EvidenceRow, 'class' | 'cluster' | 'gpuSeconds' | 'ownCluster' | 'shortfallPpm'>,
): Evidence {
  const name = row.class as Evidence['class'];
  if (name === 'delivered')
    return { class: name, cluster: row.cluster, isOwn: row.ownCluster === 1, gpuSeconds: row.gpuSeconds };
  if (name === 'heartbeat_shortfall') return { class: name, shortfallPpm: BigInt(row.shortfallPpm) };
  return { class: name };
}

/** Pieces whose lines are hashed together: one call costs as much as hashing some lines. */
const LINES_PER_UPDATE = 1_000;
/** The hash is of what was found, whatever is computed from it. */
const NO_COMPUTATION: OfComputation = { rewardEpoch: 0n, inputHash: '' };

/** Hex SHA-256 over one line for each piece, its columns in the order of the table, bytes as hex. */
export function evidenceHash(pieces: readonly FoldedPiece[]): string {
  const hash = createHash('sha256');
  const nameOf = keyNames();
  let lines: string[] = [];
  for (const piece of pieces) {
    const row = evidenceRow(NO_COMPUTATION, piece);
    const bytes = `${nameOf(row.provider)},${hexOf(row.signature)},${hexOf(row.subject)}`;
    const place = `${row.number},${row.at},${row.slot},${row.txIndex},${row.position}`;
    const counted = `${row.ownCluster},${row.gpuSeconds},${row.shortfallPpm}`;
    const scores = `${row.scoreBefore},${row.scoreAfter},${row.targetAfter}`;
    lines.push(`${bytes},${row.class},${row.cluster},${place},${counted},${scores}\n`);
    if (lines.length < LINES_PER_UPDATE) continue;
    hash.update(lines.join(''));
    lines = [];
  }
  return hash.update(lines.join('')).digest('hex');
}
