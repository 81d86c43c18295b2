/**
 * How an alert proves where it comes from: HMAC-SHA256 under the endpoint's secret over the time of sending, a dot and the
 * body, so that neither can be changed and an old message cannot pass as a new one. Pure.
 * @module
 */
import { createHmac } from 'node:crypto';

/** Header `Plumbline-Signature`: `t=<Unix seconds>,v1=<hexadecimal>`. */
export function signatureHeader(secret: string, sentAtSeconds: number, body: string): string {
  const code = createHmac('sha256', secret).update(`${sentAtSeconds}.${body}`).digest('hex');
  return `t=${sentAtSeconds},v1=${code}`;
}
