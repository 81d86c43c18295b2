/**
 * A wallet of the wallet standard for pages in Chromium: a real Ed25519 key in the browser's WebCrypto, which signs the
 * bytes that the page hands it. Sending is the part of a wallet that no page does: it goes out of the browser.
 * @module
 */
import type { Page } from 'playwright-core';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { Person } from './people.ts';

/** What a wallet was handed and gave out, as base64. */
export interface Signed {
  readonly unsigned: string;
  readonly signed: string;
}

/** Installs the wallet of a person for the next load of the page. @param send takes a signed transaction, base64 */
export async function installWallet(
  page: Page,
  person: Person,
  send: (wire: string) => Promise<unknown>,
): Promise<Signed[]> {
  const signed: Signed[] = [];
  await page.exposeFunction('walletSends', async (each: Signed) => {
    signed.push(each);
    await send(each.signed);
  });
  const publicKey = Buffer.from(fromBase58(person.wallet.address)).toString('hex');
  await page.addInitScript({
    content: walletScript(person.wallet.address, publicKey, person.pkcs8.toString('hex')),
  });
  return signed;
}

/** Text, since the build of a test changes functions in ways a page cannot run. Version 0 transactions alone. */
function walletScript(address: string, publicKey: string, pkcs8: string): string {
  return `
    const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (each) => parseInt(each, 16));
    const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
    const publicKey = bytesOf('${publicKey}');
    const key = crypto.subtle.importKey('pkcs8', bytesOf('${pkcs8}'), 'Ed25519', false, ['sign']);
    const chains = ['solana:localnet'];
    const account = { address: '${address}', publicKey, chains, features: ['solana:signAndSendTransaction'] };
    const placeOf = (message) => {
      for (let place = 0; place < message[1]; place += 1) {
        const start = 5 + 32 * place;
        if (publicKey.every((byte, index) => message[start + index] === byte)) return place;
      }
      throw new Error('This wallet is not among the signers');
    };
    const signAndSendTransaction = async ({ transaction }) => {
      const message = transaction.slice(1 + 64 * transaction[0]);
      if (message[0] !== 0x80) throw new Error('Not a transaction of version 0');
      const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', await key, message));
      const signed = transaction.slice();
      signed.set(signature, 1 + 64 * placeOf(message));
      await window.walletSends({ unsigned: base64(transaction), signed: base64(signed) });
      return [{ signature: signed.slice(1, 65) }];
    };
    const wallet = {
      version: '1.0.0', name: 'Test wallet', icon: 'data:image/svg+xml,', chains, accounts: [account],
      features: {
        'standard:connect': { version: '1.0.0', connect: async () => ({ accounts: [account] }) },
        'solana:signAndSendTransaction': { version: '1.0.0', signAndSendTransaction },
      },
    };
    const callback = ({ register }) => register(wallet);
    window.addEventListener('wallet-standard:app-ready', ({ detail }) => callback(detail));
    window.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: callback }));
  `;
}
