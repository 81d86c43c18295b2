/**
 * Ports are tried before anything is started, so that a taken one is named at once.
 * @module
 */
import { createServer } from 'node:net';
import { InputError } from '../../indexer/domain/errors.ts';

/** @throws InputError `UP__PORT_TAKEN` naming the port and the setting that moves it */
export async function checkPortsAreFree(ports: readonly (readonly [port: number, setting: string])[]): Promise<void> {
  for (const [port, setting] of ports) {
    if (await isFree(port)) continue;
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
