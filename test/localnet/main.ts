/**
 * The local chain as a process of its own. Prints one line of JSON when it serves; one line on stderr and exit code 1 when
 * it cannot.
 * @module
 */
import { failureLine } from '../../indexer/domain/errors.ts';
import { readArguments } from './options.ts';
import { startLocalnet } from './start.ts';

/** Whatever cannot be helped while running, a full disk above all: the ledger is whole up to its last block. */
process.on('uncaughtException', (error) => {
  console.error(failureLine(error));
  process.exit(1);
});

try {
  const options = readArguments(process.argv.slice(2));
  const running = await startLocalnet({ ...options, clock: 'real' });
  const { rpcUrl, wsUrl, grpcUrl, controlUrl, localnet } = running;
  const { slot } = localnet.chain.entryAt('processed');
  // Before the line: whoever reads it may end us at once.
  const stop = () => void running.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(
    JSON.stringify({ ready: true, rpcUrl, wsUrl, grpcUrl, controlUrl, genesisHash: localnet.genesisHash, slot }),
  );
} catch (error) {
  console.error(failureLine(error));
  process.exitCode = 1;
}
