/**
 * Checks a whole epoch here, in the browser, and shows every leaf that it was checked with.
 * @module
 */
import { useState } from 'preact/hooks';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { count, INT_DECIMALS, USDC_DECIMALS } from '../../text/amount.ts';
import {
  type ArtefactLeaf,
  artefactHref,
  type Check,
  type CheckedEpoch,
  checkEpoch,
  type Epoch,
} from './check-epoch.ts';
import { canHash } from './hashes.ts';

const SHOWN_LEAVES = 500;

type Progress = { readonly checked?: CheckedEpoch; readonly failure?: string; readonly isBusy: boolean };

export function VerifySection({ epoch }: { epoch: Epoch }) {
  const [{ checked, failure, isBusy }, setProgress] = useState<Progress>({ isBusy: false });
  const verify = async () => {
    setProgress({ isBusy: true });
    try {
      setProgress({ isBusy: false, checked: await checkEpoch(epoch) });
    } catch (error) {
      setProgress({ isBusy: false, failure: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Panel
      id="verify"
      title="Verify the whole epoch"
      note="In this browser, from the artefact’s bytes, against what was published and what the chain was given"
    >
      <p class="actions-line">
        <button type="button" class="plain strong" onClick={() => void verify()} disabled={isBusy || !canHash()}>
          {isBusy ? 'Verifying …' : checked ? 'Verify again' : 'Verify'}
        </button>
        <a href={artefactHref(epoch.number)} download>
          Download the artefact
        </a>
        <span role="status">{checked && <Summary checks={checked.checks} leafCount={checked.leaves.length} />}</span>
      </p>
      {!canHash() && <p class="quiet">The browser computes hashes only over a secure connection or on this machine.</p>}
      {failure && (
        <p class="unread" role="alert">
          {failure}
        </p>
      )}
      {checked && (
        <>
          <ul class="checks">
            {checked.checks.map((check) => (
              <li key={check.name} data-good={check.isGood}>
                <span>{check.name}</span> <code>{check.found}</code>
              </li>
            ))}
          </ul>
          <Leaves leaves={checked.leaves} />
        </>
      )}
      <p class="quiet">
        On your own machine: <code>plumbline verify epoch {epoch.number}</code> computes the allocation again from the
        inputs, too.
      </p>
    </Panel>
  );
}

function Summary({ checks, leafCount }: { checks: readonly Check[]; leafCount: number }) {
  const bad = checks.filter(({ isGood }) => !isGood).length;
  return bad === 0 ? (
    <Verdict kind="good">{`${checks.length} checks hold over ${count(leafCount)} leaves`}</Verdict>
  ) : (
    <Verdict kind="bad">{`${bad} of ${checks.length} checks fail`}</Verdict>
  );
}

function Leaves({ leaves }: { leaves: readonly ArtefactLeaf[] }) {
  const int = (value: string) => <AmountText value={value} decimals={INT_DECIMALS} unit="INT" />;
  return (
    <>
      <DataTable
        caption="Leaves of the artefact"
        rows={leaves.slice(0, SHOWN_LEAVES)}
        keyOf={({ pool }) => pool}
        emptyText="The epoch has no leaves."
        sorting={{ header: 'Reward, INT', isDescending: true }}
        columns={[
          { header: 'Pool', cell: ({ pool }) => <KeyLink href={hrefOf.pool(pool)} value={pool} what="pool" /> },
          {
            header: 'Reward, INT',
            isNumber: true,
            cell: ({ reward }) => int(reward),
            sortBy: ({ reward }) => BigInt(reward),
          },
          {
            header: 'By work',
            isNumber: true,
            cell: ({ workReward }) => int(workReward),
            sortBy: ({ workReward }) => BigInt(workReward),
          },
          {
            header: 'By stake',
            isNumber: true,
            cell: ({ stakeReward }) => int(stakeReward),
            sortBy: ({ stakeReward }) => BigInt(stakeReward),
          },
          {
            header: 'USDC',
            isNumber: true,
            cell: ({ usdc }) => <AmountText value={usdc} decimals={USDC_DECIMALS} unit="USDC" />,
            sortBy: ({ usdc }) => BigInt(usdc),
          },
        ]}
      />
      {leaves.length > SHOWN_LEAVES && (
        <p class="quiet more">
          The first {SHOWN_LEAVES} by address; the artefact has all {count(leaves.length)}.
        </p>
      )}
    </>
  );
}
