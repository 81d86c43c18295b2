/** The same seed, clock and transactions give the same chain, to the last byte of its ledger. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLocalnet } from './start.ts';
import { TestWallet } from './test-wallet.ts';

async function run(
  seed: number,
  text: string,
): Promise<{ genesisHash: string; blockhashes: string[]; ledger: string }> {
  const net = await startLocalnet({ seed });
  const wallet = await TestWallet.funded(net);
  for (let slot = 0; slot < 8; slot++) {
    await wallet.send(wallet.memo(`${text} ${slot}`));
    if (slot === 3) net.control({ skipSlots: 2 });
    if (slot === 5) net.control({ fork: { depth: 2, confirmed: true, slots: 'later' } });
    net.advance();
  }
  const { chain, genesisHash } = net.localnet;
  const blockhashes = chain.entriesFrom(0, 'processed').map(({ blockhash }) => blockhash);
  const ledger = readFileSync(join(net.dataDir, 'ledger.bin')).toString('base64');
  await net.stop();
  return { genesisHash, blockhashes, ledger };
}

test('two runs are equal, and the seed and the content make the difference', async () => {
  const first = await run(11, 'memo');
  expect(await run(11, 'memo')).toEqual(first);
  const otherSeed = await run(12, 'memo');
  expect(otherSeed.genesisHash).not.toBe(first.genesisHash);
  const otherContent = await run(11, 'other');
  expect(otherContent.genesisHash).toBe(first.genesisHash);
  expect(otherContent.blockhashes.at(-1)).not.toBe(first.blockhashes.at(-1));
});
