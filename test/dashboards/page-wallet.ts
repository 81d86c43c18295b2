/**
 * A wallet of the wallet standard for pages in Chromium: one account, and a count of what it is asked to sign in
 * `window.signed`.
 * @module
 */

/** To be run before the page's own scripts. Text, since the build of a test changes functions in ways a page cannot run. */
export function walletScript(address: string): string {
  return `
    window.signed = 0;
    const chains = ['solana:localnet'];
    const account = { address: '${address}', publicKey: new Uint8Array(32), chains, features: ['solana:signAndSendTransaction'] };
    const signAndSendTransaction = async () => {
      window.signed += 1;
      return [{ signature: new Uint8Array(64) }];
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
