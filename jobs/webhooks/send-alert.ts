/**
 * One attempt to tell a receiver of an alert. Only the configured address is asked: redirects are not followed, what it
 * answers is not read, and it has five seconds.
 * @module
 */
import { messageOf } from '../../indexer/domain/errors.ts';
import type { AlertRow } from '../../indexer/store/queries/rows/webhook-alerts.ts';
import { signatureHeader } from './signature.ts';
import type { WebhookEndpoint } from './webhook-file.ts';

const PATIENCE_MS = 5_000;
const MS_PER_SECOND = 1_000;
const MOST_ERROR_CHARACTERS = 200;

/** @returns why it failed; empty when the receiver took it, which only a status of 200 to 299 says */
export async function sendAlert(
  { url, secret }: WebhookEndpoint,
  { id, body }: AlertRow,
  nowMs: number,
): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'plumbline',
        'plumbline-id': id,
        'plumbline-signature': signatureHeader(secret, Math.floor(nowMs / MS_PER_SECOND), body),
      },
      body,
    });
    await response.body?.cancel();
    return response.ok ? '' : `HTTP ${response.status}`;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return (cause?.code ?? messageOf(error)).slice(0, MOST_ERROR_CHARACTERS);
  }
}
