/**
 * Every governed number with its bounds, who may change it, and its last change.
 * @module
 */
import { useState } from 'preact/hooks';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { ParametersQuery } from '../../queries.generated.ts';
import { age } from '../../text/clock.ts';
import { governedUnit } from '../../text/governed-amount.ts';
import { BoundsGauge } from './bounds-gauge.tsx';

type Parameter = ParametersQuery['parameters'][number];

/** There are more than a hundred: those that a reader looks for are found by name. */
const FOLDED_ROWS = 24;

export function ParameterSection({ parameters }: { parameters: readonly Parameter[] | null }) {
  const [text, setText] = useState('');
  const found =
    parameters?.filter(({ key, program }) => `${key} ${program}`.includes(text.trim().toLowerCase())) ?? null;
  return (
    <Panel
      id="parameters"
      title="Parameters"
      note="The light band is how far one change may go; bounds bind everybody. Open one for why it is bounded as it is"
      controls={
        <label>
          Find
          <input
            type="search"
            value={text}
            placeholder="slash, fee, exchange …"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      }
    >
      <DataTable
        caption="Governed parameters"
        rows={found}
        keyOf={({ key }) => key}
        nameOf={({ key }) => key}
        emptyText={text === '' ? 'Governance is not set up yet.' : 'No parameter is called like that.'}
        columns={columns}
        detail={ParameterFacts}
        foldedTo={FOLDED_ROWS}
      />
    </Panel>
  );
}

const columns: readonly Column<Parameter>[] = [
  { header: 'Parameter', isLong: true, cell: ({ key }) => <span class="nowrap">{key}</span>, sortBy: ({ key }) => key },
  {
    header: 'Value',
    isNumber: true,
    cell: ({ current, unit }) => <Value value={current} unit={unit} />,
    sortBy: ({ current }) => BigInt(current),
  },
  { header: 'Unit', cell: ({ unit }) => governedUnit(unit).unit, sortBy: ({ unit }) => governedUnit(unit).unit },
  { header: 'Bounds', isLong: true, cell: Bounds },
  {
    header: 'Step',
    isNumber: true,
    cell: ({ maxStep, unit }) =>
      maxStep === '0' ? (
        'any'
      ) : (
        <span title={governedUnit(unit).exact(maxStep)}>{governedUnit(unit).short(maxStep)}</span>
      ),
    sortBy: ({ maxStep }) => BigInt(maxStep),
  },
  { header: 'Acts in', cell: ({ program }) => program, sortBy: ({ program }) => program },
  {
    header: 'Held by',
    cell: ({ authority }) =>
      authority === 'GOVERNANCE' ? (
        <Verdict kind="good">governance</Verdict>
      ) : (
        <Verdict kind="plain">founding admin</Verdict>
      ),
    sortBy: ({ authority }) => authority,
  },
  {
    header: 'Changed',
    cell: ({ lastChange }) => (lastChange === null ? 'never' : <Moment at={lastChange.at} />),
    sortBy: ({ lastChange }) => (lastChange === null ? null : BigInt(lastChange.at)),
  },
];

function Value({ value, unit }: { value: string; unit: string }) {
  const { text, exact } = governedUnit(unit);
  return (
    <span data-exact={value} title={exact(value)}>
      {text(value)}
    </span>
  );
}

function Bounds({ min, max, current, maxStep, unit }: Parameter) {
  const { short, exact } = governedUnit(unit);
  return (
    <span class="bounded">
      <small title={exact(min)}>{short(min)}</small>
      <BoundsGauge min={min} max={max} current={current} maxStep={maxStep} />
      <small title={exact(max)}>{short(max)}</small>
    </span>
  );
}

function ParameterFacts(parameter: Parameter) {
  const { lastChange, inForce, current, cooldownLeftSeconds, changesWith } = parameter;
  const { unit, text } = governedUnit(parameter.unit);
  return (
    <Facts
      facts={[
        ['Why', parameter.rationale],
        ['Starts with', `${text(parameter.default)} ${unit}`],
        [
          'Its program acts by',
          inForce === current ? 'the same value' : `${text(inForce)}, until the change is pushed to it`,
        ],
        ['May change again', cooldownLeftSeconds === '0' ? 'now' : `in ${age(Number(cooldownLeftSeconds))}`],
        [
          'Least time between changes',
          parameter.cooldownSeconds === '0' ? 'none' : age(Number(parameter.cooldownSeconds)),
        ],
        ...(changesWith.length === 0 ? [] : [['Tied to', changesWith.join(', ')] as const]),
        ...(lastChange === null
          ? []
          : [
              [
                'Last change',
                <>
                  {text(lastChange.from)} to {text(lastChange.to)}, <TransactionLink signature={lastChange.signature} />
                </>,
              ] as const,
            ]),
      ]}
    />
  );
}
