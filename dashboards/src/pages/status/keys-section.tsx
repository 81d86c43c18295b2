/**
 * Who could change the programs or has a role in them, every change of it, and where all units of the tokens are.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink, SlotLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { KeysQuery } from '../../queries.generated.ts';
import { INT_DECIMALS } from '../../text/amount.ts';
import { inWords } from '../../text/words.ts';
import { KEYS_QUERY } from './queries.ts';

type Network = KeysQuery['network'];
type AdminKeys = Network['adminKeys'][number];
type TokenSupply = Network['supply'][number];

export function KeysSection() {
  const live = useAnswer<KeysQuery>(KEYS_QUERY);
  const network = live.answer?.data.network ?? null;
  return (
    <>
      <Unread live={live} what="Keys and supply" />
      <Supply supply={network?.supply ?? null} />
      <div class="columns">
        <Roles id="roles" title="Who has a role" note="As it stands" keys={network?.adminKeys ?? null} />
        <Roles
          id="role-changes"
          title="Changes of roles"
          note="Newest first"
          keys={network?.adminKeyChanges.toReversed() ?? null}
        />
      </div>
      <Programs programs={network?.programs ?? null} />
    </>
  );
}

function Roles(props: { id: string; title: string; note: string; keys: readonly AdminKeys[] | null }) {
  const { id, title, note, keys } = props;
  return (
    <Panel id={id} title={title} note={note}>
      <DataTable
        caption={title}
        rows={keys}
        keyOf={({ programName, role, sinceSlot }) => `${programName}/${role}/${sinceSlot}`}
        emptyText="None is on record."
        columns={[
          { header: 'Program', cell: ({ programName }) => programName, sortBy: ({ programName }) => programName },
          { header: 'Role', isLong: true, cell: ({ role }) => role.replaceAll('_', ' '), sortBy: ({ role }) => role },
          {
            header: 'Keys',
            isLong: true,
            cell: ({ keys: holders }) =>
              holders.length === 0
                ? 'nobody'
                : holders.map((key) => <KeyLink key={key} href={hrefOf.wallet(key)} value={key} what="key" />),
          },
          {
            header: 'Since',
            isNumber: true,
            cell: ({ sinceSlot }) => <SlotLink slot={sinceSlot} />,
            sortBy: ({ sinceSlot }) => BigInt(sinceSlot),
          },
        ]}
      />
    </Panel>
  );
}

function Programs({ programs }: { programs: Network['programs'] | null }) {
  return (
    <Panel id="programs" title="Programs" note="Who may replace their code">
      <DataTable
        caption="Upgrade authorities of the programs"
        rows={programs}
        keyOf={({ program }) => program}
        emptyText="The programs’ accounts have not been read yet."
        columns={[
          {
            header: 'Program',
            cell: ({ programName, program }) => programName ?? <ShortKey value={program} what="program" />,
          },
          { header: 'Address', cell: ({ program }) => <ShortKey value={program} what="program" /> },
          {
            header: 'May be replaced',
            cell: ({ isUpgradeable, upgradeAuthority }) =>
              !isUpgradeable || upgradeAuthority === null ? (
                <Verdict kind="good">by nobody</Verdict>
              ) : (
                <ShortKey value={upgradeAuthority} what="upgrade authority" />
              ),
          },
          {
            header: 'Deployed',
            isNumber: true,
            cell: ({ deployedSlot }) => (deployedSlot === null ? 'not told' : <SlotLink slot={deployedSlot} />),
          },
        ]}
      />
    </Panel>
  );
}

function Supply({ supply }: { supply: readonly TokenSupply[] | null }) {
  const amount = (value: string | null, unit: string) =>
    value === null ? '–' : <AmountText value={value} decimals={INT_DECIMALS} unit={unit} />;
  return (
    <Panel id="token-supply" title="Supply" note="Where all units of the tokens are; open one for what is locked">
      <DataTable
        caption="Supply of the tokens"
        rows={supply}
        keyOf={({ token }) => token}
        emptyText="The mints have not been read yet."
        columns={[
          { header: 'Token', cell: ({ token }) => token },
          { header: 'Supply', isNumber: true, cell: (each) => amount(each.supply, each.token) },
          { header: 'Minted', isNumber: true, cell: (each) => amount(each.minted, each.token) },
          { header: 'Burned', isNumber: true, cell: (each) => amount(each.burned, each.token) },
          { header: 'Circulating', isNumber: true, cell: (each) => amount(each.circulating, each.token) },
          { header: 'Who may mint', cell: (each) => <MintAuthority supply={each} /> },
        ]}
        detail={({ locked, token }) => (
          <DataTable
            caption={`What is locked of ${token}`}
            rows={locked}
            keyOf={({ place }) => place}
            emptyText="Nothing is locked."
            columns={[
              { header: 'Where', cell: ({ place }) => inWords(place) },
              {
                header: 'Amount',
                isNumber: true,
                cell: (each) => amount(each.amount, token),
                sortBy: (each) => BigInt(each.amount),
              },
            ]}
          />
        )}
      />
    </Panel>
  );
}

function MintAuthority({ supply: { isMintRevoked, mintAuthority } }: { supply: TokenSupply }) {
  if (isMintRevoked === true) return <Verdict kind="good">nobody</Verdict>;
  if (mintAuthority !== null) return <ShortKey value={mintAuthority} what="mint authority" />;
  return <Verdict kind="plain">not known yet</Verdict>;
}
