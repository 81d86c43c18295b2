/**
 * What the reader may do about a proposal: vote, or take the step that is due. The API prepares and simulates the
 * transaction, the reader's wallet signs and sends it.
 * @module
 */
import { ask } from '../../live/ask.ts';
import { Panel } from '../../parts/panel.tsx';
import type { PrepareStepQuery, PrepareVoteQuery, VoteChoice } from '../../queries.generated.ts';
import { dayAndTime } from '../../text/clock.ts';
import { inWords, sentence } from '../../text/words.ts';
import { Preparation, usePreparation } from '../../wallet/preparation.tsx';
import { useWallet } from '../../wallet/use-wallet.ts';
import { WalletButton } from '../../wallet/wallet-button.tsx';
import type { Proposal } from './proposal.ts';
import { PREPARE_STEP_QUERY, PREPARE_VOTE_QUERY } from './queries.ts';

const CHOICES: readonly VoteChoice[] = ['FOR', 'AGAINST', 'ABSTAIN', 'VETO'];

export function ActSection({ proposal }: { proposal: Proposal }) {
  const wallet = useWallet();
  const { asked, prepare } = usePreparation();
  const { canVote, nextStep, id } = proposal;
  const owner = wallet.account?.address ?? null;
  const vote = (choice: VoteChoice) => async () =>
    (await ask<PrepareVoteQuery>(PREPARE_VOTE_QUERY, { proposalId: id, owner, choice })).data.prepareVote;
  const step = async () =>
    (await ask<PrepareStepQuery>(PREPARE_STEP_QUERY, { proposalId: id, payer: owner })).data.prepareStep;
  if (!canVote && nextStep === null) return null;
  return (
    <Panel
      id="act"
      title="Take part"
      note="The API prepares, your wallet signs; no key leaves it"
      controls={<WalletButton />}
    >
      {owner === null && (
        <p class="quiet">Connect a wallet to vote or to take the next step. Everything else can be read without one.</p>
      )}
      <p class="actions-line">
        {canVote &&
          CHOICES.map((choice) => (
            <button
              key={choice}
              type="button"
              class="plain"
              disabled={owner === null}
              onClick={() => void prepare(`Vote ${inWords(choice)}`, vote(choice))}
            >
              Vote {inWords(choice)}
            </button>
          ))}
        {nextStep !== null && (
          <button
            type="button"
            class="plain"
            disabled={owner === null || !nextStep.isDue}
            onClick={() => void prepare(inWords(nextStep.instruction), step)}
          >
            {sentence(inWords(nextStep.instruction))}
          </button>
        )}
        {nextStep !== null && !nextStep.isDue && (
          <span class="quiet">{`${sentence(inWords(nextStep.instruction))} can be done from ${dayAndTime(nextStep.from)} on, by anybody`}</span>
        )}
      </p>
      <Preparation asked={asked} />
    </Panel>
  );
}
