/**
 * The reader's wallet, by the wallet standard: which ones there are, which account is connected, and signing what the API
 * prepared. One session for all pages; nothing of it is kept when the page is closed.
 * @module
 */
import { getWallets } from '@wallet-standard/app';
import type { IdentifierString, Wallet, WalletAccount } from '@wallet-standard/base';

export interface WalletSession {
  readonly wallets: readonly Wallet[];
  readonly account: WalletAccount | null;
  readonly wallet: Wallet | null;
}

interface ConnectFeature {
  connect(): Promise<{ readonly accounts: readonly WalletAccount[] }>;
}

interface SignAndSendFeature {
  signAndSendTransaction(input: {
    readonly account: WalletAccount;
    readonly transaction: Uint8Array;
    readonly chain: IdentifierString;
  }): Promise<readonly { readonly signature: Uint8Array }[]>;
}

const CONNECT = 'standard:connect';
const SIGN_AND_SEND = 'solana:signAndSendTransaction';
const listeners = new Set<() => void>();
const registered = getWallets();

let session: WalletSession = { wallets: usable(registered.get()), account: null, wallet: null };

for (const name of ['register', 'unregister'] as const) {
  registered.on(name, () => change({ ...session, wallets: usable(registered.get()) }));
}

export function walletSession(): WalletSession {
  return session;
}

export function onWalletChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @throws Error of the wallet, for example when the reader refuses */
export async function connect(wallet: Wallet): Promise<void> {
  const { accounts } = await (wallet.features[CONNECT] as ConnectFeature).connect();
  const account = accounts.find(({ features }) => features.includes(SIGN_AND_SEND)) ?? null;
  if (account === null) throw new Error(`${wallet.name} has no account that can sign for Solana`);
  change({ ...session, wallet, account });
}

export function disconnect(): void {
  change({ ...session, wallet: null, account: null });
}

/** @param transaction base64, unsigned @returns its signature, raw. @throws Error of the wallet */
export async function signAndSend(transaction: string): Promise<Uint8Array> {
  const { wallet, account } = session;
  const chain = account?.chains.find((each) => each.startsWith('solana:'));
  if (wallet === null || account === null || chain === undefined) throw new Error('No wallet is connected');
  const bytes = Uint8Array.from(atob(transaction), (character) => character.charCodeAt(0));
  const feature = wallet.features[SIGN_AND_SEND] as SignAndSendFeature;
  const [sent] = await feature.signAndSendTransaction({ account, chain, transaction: bytes });
  if (sent === undefined) throw new Error(`${wallet.name} did not say what it sent`);
  return sent.signature;
}

/** Those that can do what is asked of them here. */
function usable(wallets: readonly Wallet[]): Wallet[] {
  return wallets.filter(({ features }) => CONNECT in features && SIGN_AND_SEND in features);
}

function change(next: WalletSession): void {
  session = next;
  for (const listener of listeners) listener();
}
