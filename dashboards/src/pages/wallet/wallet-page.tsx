/**
 * What the programs hold for one address: any address, or that of the reader's own wallet.
 * @module
 */
import { useState } from 'preact/hooks';
import type { PageProps } from '../../frame/page.ts';
import { go } from '../../frame/router.ts';
import { useAnswer } from '../../live/use-live.ts';
import { namesNothing } from '../../parts/absent.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { WalletQuery } from '../../queries.generated.ts';
import { INFER_DECIMALS, INT_DECIMALS, rounded, tokens, USDC_DECIMALS } from '../../text/amount.ts';
import { shortened } from '../../text/shortened.ts';
import { useWallet } from '../../wallet/use-wallet.ts';
import { WalletButton } from '../../wallet/wallet-button.tsx';
import { DueSection } from './due-section.tsx';
import { HoldingSections } from './holding-sections.tsx';
import { WALLET_QUERY } from './queries.ts';

export function WalletPage({ rest: [asked] }: PageProps) {
  const { account } = useWallet();
  const address = asked ?? account?.address;
  return address === undefined ? <NoAddress /> : <WalletOf address={address} key={address} />;
}

function NoAddress() {
  return (
    <>
      <PageHead
        title="Wallet"
        note="What the programs hold for an address: stakes, timers, claims, orders, positions, votes"
      >
        <WalletButton />
      </PageHead>
      <Panel id="look-up" title="Look at any address" note="It is all public; a wallet is only needed to sign">
        <AddressForm />
      </Panel>
    </>
  );
}

function AddressForm() {
  const [text, setText] = useState('');
  return (
    <form
      class="lookup"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') go(hrefOf.wallet(encodeURIComponent(text.trim())));
      }}
    >
      <label for="wallet-address">Address</label>
      <input
        id="wallet-address"
        type="text"
        value={text}
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="plain">
        Show
      </button>
    </form>
  );
}

function WalletOf({ address }: { address: string }) {
  const live = useAnswer<WalletQuery>(WALLET_QUERY, { address });
  const data = live.answer?.data ?? null;
  const wallet = data?.wallet ?? null;
  return (
    <>
      <PageHead title={`Wallet ${shortened(address)}`} note={<span class="path">{address}</span>}>
        <WalletButton />
        <a href={`/wallet/${encodeURIComponent(address)}.csv`} download>
          CSV of all of it
        </a>
        <a href={`/explorer/account/${encodeURIComponent(address)}`}>Transactions</a>
      </PageHead>
      {namesNothing(live) ? (
        <section class="panel" aria-label="Another address">
          <p class="nothing">This is not an address: {live.refusal}</p>
          <AddressForm />
        </section>
      ) : (
        <>
          <Unread live={live} what="The wallet" />
          <Holds wallet={wallet} />
          <DueSection owner={address} claims={wallet?.claims ?? null} timers={wallet?.timers ?? null} />
          <HoldingSections wallet={wallet} market={data?.marketplace ?? null} />
        </>
      )}
    </>
  );
}

function Holds({ wallet }: { wallet: WalletQuery['wallet'] | null }) {
  const amount = (value: string | undefined, decimals: number, unit: string) =>
    value === undefined
      ? { value: '–' }
      : { value: rounded(value, decimals, 2), unit, exact: `${tokens(value, decimals)} ${unit}` };
  return (
    <Panel
      id="holds"
      title="Holds"
      note={
        wallet?.provider ? (
          <>
            Runs the provider{' '}
            <KeyLink href={hrefOf.provider(wallet.provider)} value={wallet.provider} what="provider" />
          </>
        ) : (
          ''
        )
      }
    >
      <Figures>
        <Figure id="staked" name="Staked in pools" {...amount(wallet?.stakedValue, INT_DECIMALS, 'INT')} />
        <Figure id="pending" name="Earned, not claimed" {...amount(wallet?.pendingUsdc, USDC_DECIMALS, 'USDC')} />
        <Figure id="power" name="Voting power" {...amount(wallet?.governanceStake?.power, INFER_DECIMALS, 'INFER')} />
        <Figure id="collateral" name="Free collateral" {...amount(wallet?.collateral, INFER_DECIMALS, 'INFER')} />
        <Figure id="credits" name="Prepaid credits" {...amount(wallet?.credits, INFER_DECIMALS, 'INFER')} />
      </Figures>
    </Panel>
  );
}
