/**
 * What a co-signer signs: its verdict on one artefact, as a text that no transaction can be.
 *
 *     plumbline reward epoch
 *     <number>
 *     <hex SHA-256 of the artefact>
 *     approved | blocked: <reason>
 * @module
 */
import { createPublicKey, verify } from 'node:crypto';
import { type KeyPairSigner, signBytes } from '@solana/kit';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { CosignatureRow } from '../../indexer/store/queries/rewards/cosignatures.ts';

type Signed = Pick<CosignatureRow, 'rewardEpoch' | 'artefactHash' | 'verdict' | 'reason'>;

/** UTF-8 of the text above. */
export function cosignatureMessage({ rewardEpoch, artefactHash, verdict, reason }: Signed): Uint8Array {
  const word = verdict === 'approved' ? verdict : `${verdict}: ${reason}`;
  return new TextEncoder().encode(`plumbline reward epoch\n${rewardEpoch}\n${artefactHash}\n${word}`);
}

/** @param signedAt microseconds since 1970 */
export async function cosign(signer: KeyPairSigner, signed: Signed, signedAt: bigint): Promise<CosignatureRow> {
  const signature = await signBytes(signer.keyPair.privateKey, cosignatureMessage(signed));
  return { ...signed, cosigner: signer.address, signature: Uint8Array.from(signature), signedAt };
}

/** DER in front of the 32 bytes of an ed25519 public key (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** False for a row that its co-signer did not sign. */
export function isGenuine(row: CosignatureRow): boolean {
  const der = Buffer.concat([ED25519_PREFIX, fromBase58(row.cosigner)]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, cosignatureMessage(row), key, row.signature);
}
