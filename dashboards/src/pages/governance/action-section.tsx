/**
 * What a proposal does when it executes, decoded: sentences made from the action alone, and every change within its bounds.
 * @module
 */
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { TokenAmount } from '../../parts/token-amount.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { count } from '../../text/amount.ts';
import { age } from '../../text/clock.ts';
import { governedUnit } from '../../text/governed-amount.ts';
import type { Mints } from '../../text/token.ts';
import { inWords } from '../../text/words.ts';
import { BoundsGauge } from './bounds-gauge.tsx';
import type { Proposal } from './proposal.ts';

type Change = Proposal['action']['changes'][number];
type Check = NonNullable<Proposal['submitCheck']>;

export function ActionSection({ proposal, mints }: { proposal: Proposal; mints: Mints | null }) {
  const { action, submitCheck, executeCheck } = proposal;
  return (
    <Panel
      id="action"
      title="What it does"
      note={
        <>
          Decoded from the chain, by <code>{action.instruction}</code>
        </>
      }
    >
      <ul class="sentences">
        {action.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {action.changes.length > 0 && <Changes changes={action.changes} />}
      {(submitCheck !== null || executeCheck !== null) && (
        <p class="actions-line more">
          {submitCheck !== null && <CheckVerdict check={submitCheck} what="proposed" />}
          {executeCheck !== null && <CheckVerdict check={executeCheck} what="carried out" />}
        </p>
      )}
      <Facts facts={factsOf(proposal, mints)} />
    </Panel>
  );
}

function CheckVerdict({ check, what }: { check: Check; what: string }) {
  return check.isAllowed ? (
    <Verdict kind="good">{`could be ${what} as things stand`}</Verdict>
  ) : (
    <Verdict kind="bad" title={check.error?.code ?? ''}>
      {`could not be ${what} as things stand: ${check.error?.message ?? ''}`}
    </Verdict>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <DataTable
      caption="Parameters it sets"
      rows={changes}
      keyOf={({ key }) => key}
      emptyText=""
      columns={[
        { header: 'Parameter', isLong: true, cell: ({ key }) => <span class="nowrap">{key}</span> },
        {
          header: 'Now',
          isNumber: true,
          cell: ({ current, unit }) =>
            current === null ? '–' : <span data-exact={current}>{numberOr(current, unit)}</span>,
        },
        {
          header: 'Proposed',
          isNumber: true,
          cell: ({ proposed, unit }) => <strong data-exact={proposed}>{numberOr(proposed, unit)}</strong>,
        },
        { header: 'Bounds', isWide: true, cell: Bounds },
        {
          header: 'To the bounds',
          isNumber: true,
          cell: ({ distanceToMin, distanceToMax, unit }) =>
            `${numberOr(distanceToMin, unit)} / ${numberOr(distanceToMax, unit)}`,
        },
        {
          header: 'Step',
          isNumber: true,
          cell: ({ step, maxStep, unit }) =>
            `${numberOr(step, unit)} of ${maxStep === '0' ? 'any' : numberOr(maxStep, unit)}`,
        },
        { header: 'Unit', cell: ({ unit }) => governedUnit(unit).unit },
        {
          header: 'Cooldown',
          cell: ({ cooldownLeftSeconds }) =>
            cooldownLeftSeconds === '0' ? 'over' : `${age(Number(cooldownLeftSeconds))} left`,
        },
      ]}
    />
  );
}

function numberOr(value: string | null, unit: string | null): string {
  return value === null ? '–' : governedUnit(unit).text(value);
}

function Bounds({ min, max, current, maxStep, proposed, unit }: Change) {
  const { short, exact } = governedUnit(unit);
  if (min === null || max === null || current === null || maxStep === null) return <span>unknown parameter</span>;
  return (
    <span class="bounded">
      <small title={exact(min)}>{short(min)}</small>
      <BoundsGauge min={min} max={max} current={current} maxStep={maxStep} proposed={proposed} />
      <small title={exact(max)}>{short(max)}</small>
    </span>
  );
}

function factsOf({ action }: Proposal, mints: Mints | null) {
  const { spend, model, host } = action;
  return [
    ...(spend === null
      ? []
      : ([
          ['Spends', <TokenAmount value={spend.amount} mint={spend.mint} mints={mints} />],
          ['For', inWords(spend.category)],
          ['To', <KeyLink href={hrefOf.wallet(spend.recipient)} value={spend.recipient} what="wallet" />],
        ] as const)),
    ...(model === null
      ? []
      : ([
          // Foreign text.
          ['Model', <span class="name">{model.untrustedName}</span>],
          ['Memory', `${count(model.vramGb)} GB`],
          ['Weight', count(model.weight)],
          ['Lowest benchmark', count(model.minBenchmark)],
        ] as const)),
    ...(host === null
      ? []
      : ([['About', <KeyLink href={hrefOf.provider(host)} value={host} what="account" />]] as const)),
  ];
}
