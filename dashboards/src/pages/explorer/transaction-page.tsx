/**
 * A whole transaction: what it called, with named accounts and arguments, from outside in, and what the programs said.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { Absent, isAbsent } from '../../parts/absent.tsx';
import { EventFacts } from '../../parts/event-parts.tsx';
import { hrefOf, KeyLink, SlotLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { TransactionQuery } from '../../queries.generated.ts';
import { count, tokens } from '../../text/amount.ts';
import { argumentsOf } from './arguments.ts';
import { TRANSACTION_QUERY } from './queries.ts';
import { Outcome } from './transaction-list.tsx';

type Transaction = NonNullable<TransactionQuery['transaction']>;
type Call = Transaction['instructions'][number];
type Market = TransactionQuery['marketplace'];

const SOL_DECIMALS = 9;

export function TransactionPage({ signature }: { signature: string }) {
  const live = useAnswer<TransactionQuery>(TRANSACTION_QUERY, { signature });
  const data = live.answer?.data ?? null;
  const transaction = data?.transaction ?? null;
  return (
    <>
      <PageHead title="Transaction" note={<span class="path">{signature}</span>}>
        {transaction && <Outcome failed={transaction.failed} error={transaction.error} />}
        <a href="/explorer">Explorer</a>
      </PageHead>
      {isAbsent(live, transaction) ? (
        <Absent live={live} what="This transaction">
          No transaction of the indexed programs has this signature, or a fork has taken it away.
        </Absent>
      ) : (
        <>
          <Unread live={live} what="The transaction" />
          {transaction === null ? (
            <section class="panel" aria-label="Loading">
              <span class="bone tall" />
            </section>
          ) : (
            <Whole transaction={transaction} market={data?.marketplace ?? null} />
          )}
        </>
      )}
    </>
  );
}

function Whole({ transaction, market }: { transaction: Transaction; market: Market }) {
  return (
    <>
      <Panel id="place" title="Place">
        <Facts
          facts={[
            ['Block', <SlotLink slot={transaction.slot} />],
            ['Place in it', count(transaction.transactionIndex)],
            ['When', <Moment at={transaction.blockTime} />],
            [
              'Paid by',
              <KeyLink href={hrefOf.wallet(transaction.feePayer)} value={transaction.feePayer} what="wallet" />,
            ],
            ['Fee', `${tokens(transaction.feeLamports, SOL_DECIMALS)} SOL`],
            ['Compute units', transaction.computeUnits === null ? 'not told' : count(transaction.computeUnits)],
            ['Log', transaction.logState === 'WHOLE' ? 'whole' : 'cut: events may be missing'],
            ...(transaction.error === null ? [] : [['Error', transaction.error] as const]),
          ]}
        />
      </Panel>
      <Panel
        id="calls"
        title="Instructions"
        note={`${transaction.instructions.length} calls of indexed programs, in order; those from within are set in`}
      >
        {transaction.instructions.map((call) => (
          <CallFacts key={call.path} call={call} />
        ))}
        {transaction.instructions.length === 0 && <p class="nothing">It calls no indexed program.</p>}
      </Panel>
      <Panel id="events" title="Events" note={`${transaction.events.length} events, in order`}>
        {transaction.events.map((event) => (
          <section class="call" key={`${event.path}/${event.ordinal}`} aria-label={event.name}>
            <h3>
              {event.name} <small>{event.programName ?? event.program}</small>
            </h3>
            <EventFacts event={event} market={market} />
          </section>
        ))}
        {transaction.events.length === 0 && <p class="nothing">The programs said nothing.</p>}
      </Panel>
    </>
  );
}

function CallFacts({ call }: { call: Call }) {
  const depth = call.path.split('.').length - 1;
  return (
    <section class="call" aria-label={call.name} style={{ marginLeft: `${depth * 18}px` }}>
      <h3>
        {call.name} <small>{call.programName ?? call.program}</small> <span class="path">{call.path}</span>{' '}
        {call.failed && <Verdict kind="bad">failed</Verdict>}
      </h3>
      <Facts facts={argumentsOf(call.args).map(({ name, text }) => [name, text] as const)} />
      <details>
        <summary>{call.accounts.length} accounts</summary>
        <Facts
          facts={call.accounts.map(({ name, address }, index) => [
            name ?? `account ${index}`,
            <a key={address} class="key" href={`/explorer/account/${address}`}>
              {address}
            </a>,
          ])}
        />
      </details>
    </section>
  );
}
