/**
 * The wallet session inside a component.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';
import { onWalletChange, type WalletSession, walletSession } from './wallet-session.ts';

export function useWallet(): WalletSession {
  const [session, setSession] = useState(walletSession);
  useEffect(() => {
    setSession(walletSession());
    return onWalletChange(() => setSession(walletSession()));
  }, []);
  return session;
}
