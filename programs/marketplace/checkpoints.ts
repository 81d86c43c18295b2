/**
 * Proof of compute as provider, verifier and indexer compute it: the tree of an attestation's checkpoints, and everything
 * that a block hash draws. The same rules as `src/attestation.rs`, which decides. Pure.
 *
 * leaf = H(0x00 ‖ attestation ‖ index u32 LE ‖ checkpoint); node = H(0x01 ‖ left ‖ right); padded with 32 zero bytes to a
 * power of two; seed = H(block hash ‖ attestation), read as u64 little endian.
 * @module
 */
import { createHash } from 'node:crypto';
import { type Address, getAddressDecoder, getAddressEncoder } from '@solana/kit';
import { checkInput } from '../../indexer/domain/errors.ts';
import type { Reveal } from './client.generated.ts';

export const MAX_CHECKPOINTS = 1 << 24;
const PPM = 1_000_000n;
const HASH_BYTES = 32;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const NOTHING = new Uint8Array(HASH_BYTES);

const addressEncoder = getAddressEncoder();
const addressDecoder = getAddressDecoder();

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

function addressBytes(address: Address): Uint8Array {
  return new Uint8Array(addressEncoder.encode(address));
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function u64At(bytes: Uint8Array, word: number): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(word * 8, true);
}

/** The tree over the checkpoints of one attestation: levels from leaves to root. */
export interface CheckpointTree {
  readonly root: Uint8Array;
  readonly levels: readonly (readonly Uint8Array[])[];
  readonly checkpoints: readonly Uint8Array[];
}

/**
 * @param checkpoints 32 bytes each, in the order of the work
 * @throws InputError `CHECKPOINTS__COUNT` for none or more than 2^24
 */
export function checkpointTree(attestation: Address, checkpoints: readonly Uint8Array[]): CheckpointTree {
  const count = checkpoints.length;
  checkInput(count > 0 && count <= MAX_CHECKPOINTS, 'CHECKPOINTS__COUNT', `${count} checkpoints`, { count });
  const name = addressBytes(attestation);
  const leaves = checkpoints.map((checkpoint, index) => sha256(LEAF, name, u32(index), checkpoint));
  let level = [...leaves, ...Array.from({ length: widthOf(count) - count }, () => NOTHING)];
  const levels = [level];
  while (level.length > 1) {
    level = parents(level);
    levels.push(level);
  }
  return { root: level[0] as Uint8Array, levels, checkpoints };
}

function widthOf(count: number): number {
  let width = 1;
  while (width < count) width *= 2;
  return width;
}

function parents(level: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: level.length / 2 }, (_, index) => {
    return sha256(NODE, level[2 * index] as Uint8Array, level[2 * index + 1] as Uint8Array);
  });
}

/**
 * A checkpoint with the siblings on its way to the root, lowest first.
 * @throws InputError `CHECKPOINTS__INDEX`
 */
export function reveal({ levels, checkpoints }: CheckpointTree, index: number): Reveal {
  const checkpoint = checkpoints[index];
  checkInput(checkpoint !== undefined, 'CHECKPOINTS__INDEX', `There is no checkpoint ${index}`, { index });
  const proof = levels.slice(0, -1).map((level, height) => level[(index >> height) ^ 1] as Uint8Array);
  return { checkpoint, proof };
}

/** What one block hash draws for one attestation. */
export function drawSeed(blockHash: Uint8Array, attestation: Address): Uint8Array {
  return sha256(blockHash, addressBytes(attestation));
}

export function isSelected(seed: Uint8Array, frequencyPpm: bigint): boolean {
  return u64At(seed, 0) % PPM < frequencyPpm;
}

/** Seat of the verifier with the first turn; null when there was no verifier at the time of the attestation. */
export function drawnSeat(seed: Uint8Array, verifierCount: number): number | null {
  return verifierCount === 0 ? null : Number(u64At(seed, 1) % BigInt(verifierCount));
}

/** Indices of the checkpoints to reveal, in order; one may stand twice. */
export function drawnSegments(seed: Uint8Array, sample: number, checkpointCount: number): number[] {
  return Array.from({ length: Math.min(sample, checkpointCount) }, (_, position) => {
    return Number(u64At(sha256(seed, Uint8Array.of(position)), 0) % BigInt(checkpointCount));
  });
}

/** Fold of revealed checkpoints: what a challenger claims and a provider's answer must give. */
export function foldCheckpoints(checkpoints: readonly Uint8Array[]): Uint8Array {
  return checkpoints.reduce((folded, checkpoint) => sha256(folded, checkpoint), NOTHING);
}

/** Name under which a benchmark report is used up as evidence. */
export function benchmarkEvidence(benchmark: Address, submittedAt: bigint, reportHash: Uint8Array): Address {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigInt64(0, submittedAt, true);
  return addressDecoder.decode(sha256(addressBytes(benchmark), time, reportHash));
}
