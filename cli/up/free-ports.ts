/**
 * Ports are tried before anything is started, so that a taken one is named at once.
 * @module
 */
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../../indexer/domain/errors.ts';

const POLL_MS = 50;

/**
 * @param patienceMs for processes that were killed just now: their threads end one by one, the one with the socket last
 * @throws InputError `UP__PORT_TAKEN` naming the port and the setting that moves it
 */
export async function checkPortsAreFree(
  ports: readonly (readonly [port: number, setting: string])[],
  patienceMs: number,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (const [port, setting] of ports) {
    let free = await isFree(port);
    for (; !free && Date.now() < deadline; free = await isFree(port)) await sleep(POLL_MS);
    if (free) continue;
    throw new InputError(
      'UP__PORT_TAKEN',
      `Port ${port} is taken: end what listens there, or choose another with ${setting}`,
      { port, setting },
    );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
