/**
 * The explorer: any transaction, block or address of the record, and lists of transactions, events and instructions that
 * can be narrowed and walked back to the first block.
 * @module
 */
import type { PageProps } from '../../frame/page.ts';
import { go, usePlace, withQuery } from '../../frame/router.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { shortened } from '../../text/shortened.ts';
import { BlockPage } from './block-page.tsx';
import { EventList } from './event-list.tsx';
import { InstructionList } from './instruction-list.tsx';
import { Search } from './search.tsx';
import { TransactionList } from './transaction-list.tsx';
import { TransactionPage } from './transaction-page.tsx';

type ListName = 'transactions' | 'events' | 'instructions';

export function ExplorerPage({ rest: [kind, name] }: PageProps) {
  if (kind === undefined) return <Lists />;
  if (kind === 'block' && name !== undefined) return <BlockPage slot={name} key={name} />;
  if (kind === 'account' && name !== undefined) return <AccountPage address={name} key={name} />;
  return <TransactionPage signature={kind} key={kind} />;
}

function Lists() {
  const list = usePlace().query.get('list') ?? 'transactions';
  return (
    <>
      <PageHead title="Explorer" note="Everything the indexed programs were called with, and everything they said" />
      <Search />
      <Choice list={list} names={['transactions', 'events', 'instructions']} />
      {list === 'events' && <EventList />}
      {list === 'instructions' && <InstructionList />}
      {list !== 'events' && list !== 'instructions' && <TransactionList />}
    </>
  );
}

function Choice({ list, names }: { list: string; names: readonly ListName[] }) {
  return (
    <fieldset class="segments" aria-label="List">
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={list === name}
          onClick={() => go(withQuery({ list: name, after: null, name: null, where: null }))}
        >
          {`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
        </button>
      ))}
    </fieldset>
  );
}

function AccountPage({ address }: { address: string }) {
  const list = usePlace().query.get('list') ?? 'transactions';
  return (
    <>
      <PageHead title={`Account ${shortened(address)}`} note={<span class="path">{address}</span>}>
        <a href={`/wallet/${address}`}>As a wallet</a>
        <a href="/explorer">Explorer</a>
      </PageHead>
      <Choice list={list} names={['transactions', 'instructions']} />
      {list === 'instructions' ? <InstructionList account={address} /> : <TransactionList account={address} />}
    </>
  );
}
