/**
 * A prepared transaction: what it would do now, or why governance refuses it, and the button that hands it to the wallet.
 * @module
 */
import { useState } from 'preact/hooks';
import { TransactionLink } from '../parts/links.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { count } from '../text/amount.ts';
import { toBase58 } from '../text/base58.ts';
import { signAndSend } from './wallet-session.ts';

export interface Prepared {
  readonly transaction: string | null;
  readonly signers: readonly string[];
  readonly refusal: { readonly code: string; readonly message: string } | null;
  readonly simulation: {
    readonly succeeds: boolean;
    readonly errorMessage: string | null;
    readonly computeUnits: number;
    readonly logs: readonly string[];
  } | null;
}

type Sent = { readonly signature: string } | { readonly failure: string } | 'busy' | null;

export function SignPrepared({ what, prepared }: { what: string; prepared: Prepared }) {
  const [sent, setSent] = useState<Sent>(null);
  const { transaction, refusal, simulation } = prepared;
  if (refusal !== null || transaction === null) {
    return (
      <p role="status">
        <Verdict kind="bad" title={refusal?.code ?? ''}>
          refused
        </Verdict>{' '}
        {refusal?.message}
      </p>
    );
  }
  const sign = async () => {
    setSent('busy');
    try {
      setSent({ signature: toBase58(await signAndSend(transaction)) });
    } catch (error) {
      setSent({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <div class="prepared">
      <p role="status">
        <strong>{what}</strong>{' '}
        {simulation?.succeeds ? (
          <Verdict kind="good">{`would succeed now, ${count(simulation.computeUnits)} compute units`}</Verdict>
        ) : (
          <Verdict kind="bad">{`would fail now: ${simulation?.errorMessage ?? 'it could not be simulated'}`}</Verdict>
        )}
      </p>
      <details>
        <summary>What the programs log</summary>
        <pre>{simulation?.logs.join('\n')}</pre>
      </details>
      <p class="actions-line">
        <button
          type="button"
          class={simulation?.succeeds ? 'plain strong' : 'plain'}
          onClick={() => void sign()}
          disabled={sent === 'busy'}
        >
          {sent === 'busy' ? 'Waiting for the wallet …' : buttonText(simulation?.succeeds === true)}
        </button>
        <span role="status">
          {sent !== null && sent !== 'busy' && 'signature' in sent && (
            <>
              Sent as <TransactionLink signature={sent.signature} />
            </>
          )}
        </span>
      </p>
      {sent !== null && sent !== 'busy' && 'failure' in sent && (
        <p class="unread" role="alert">
          {sent.failure}
        </p>
      )}
    </div>
  );
}

/** What would fail costs its fee all the same: it can be sent, but not by mistake. */
function buttonText(succeeds: boolean): string {
  return succeeds ? 'Sign and send' : 'Sign and send although it would fail';
}
