/**
 * A wallet of the wallet standard for pages in Chromium: one account, and a count of what it is asked to sign.
 * @module
 */

/** Runs in the page, so that it can use nothing around it. */
export function registerWallet(address: string): void {
  const world = globalThis as unknown as { signed: number } & EventTarget;
  world.signed = 0;
  const chains = ['solana:localnet'];
  const account = { address, publicKey: new Uint8Array(32), chains, features: ['solana:signAndSendTransaction'] };
  const wallet = {
    ...{ version: '1.0.0', name: 'Test wallet', icon: 'data:image/svg+xml,', chains, accounts: [account] },
    features: {
      'standard:connect': { version: '1.0.0', connect: async () => ({ accounts: [account] }) },
      'solana:signAndSendTransaction': {
        version: '1.0.0',
        signAndSendTransaction: async () => {
          world.signed += 1;
          return [{ signature: new Uint8Array(64) }];
        },
      },
    },
  };
  const callback = (api: { register: (each: unknown) => void }) => api.register(wallet);
  world.addEventListener('wallet-standard:app-ready', (event) => callback((event as CustomEvent).detail));
  world.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: callback }));
}
