/**
 * Connects a wallet, or says which one is.
 * @module
 */
import type { Wallet } from '@wallet-standard/base';
import { useState } from 'preact/hooks';
import { shortened } from '../text/shortened.ts';
import { useWallet } from './use-wallet.ts';
import { connect, disconnect } from './wallet-session.ts';

export function WalletButton() {
  const { wallets, account, wallet } = useWallet();
  const [failure, setFailure] = useState<string | null>(null);
  const open = async (chosen: Wallet) => {
    setFailure(null);
    await connect(chosen).catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
  };
  if (account !== null) {
    return (
      <>
        <a href={`/wallet/${account.address}`} title={account.address}>
          {wallet?.name} {shortened(account.address)}
        </a>
        <button type="button" class="plain" onClick={disconnect}>
          Disconnect
        </button>
      </>
    );
  }
  return (
    <>
      {wallets.map((each) => (
        <button key={each.name} type="button" class="plain" onClick={() => void open(each)}>
          Connect {each.name}
        </button>
      ))}
      {wallets.length === 0 && <span class="quiet">No wallet is installed in this browser</span>}
      {failure && <span role="alert">{failure}</span>}
    </>
  );
}
