/**
 * Questions of the governance pages.
 * @module
 */

export const PROPOSALS_QUERY = /* GraphQL */ `
  query Proposals($first: Int!, $isOpen: Boolean) {
    proposals(first: $first, isOpen: $isOpen) {
      edges {
        node {
          id kind status proposer createdAt votingEndsAt couldFailAtExecute voteCount
          untrustedText { title }
          action { sentences }
          vote { verdict isQuorumReached votes { for against abstain veto } }
        }
      }
      pageInfo { hasNextPage }
    }
  }
`;

export const PARAMETERS_QUERY = /* GraphQL */ `
  query Parameters {
    parameters {
      key current inForce min max maxStep default unit rationale program authority cooldownSeconds cooldownLeftSeconds
      changesWith
      lastChange { at from to signature proposal }
    }
    network { treasury { mint vault balance opening inflows { source amount eventCount } spending { source amount eventCount } } }
    marketplace { inferMint usdcMint }
  }
`;

export const PROPOSAL_QUERY = /* GraphQL */ `
  query Proposal($id: U64!) {
    proposal(id: $id) {
      id address kind status recordedStatus proposer createdAt createdSlot creationSignature committed
      signalingFrom votingFrom votingEndsAt executesFrom expiresAt endedAt canVote couldFailAtExecute voteCount
      untrustedText { title uri link textHash hasHiddenCharacters }
      action {
        instruction sentences host
        changes {
          key unit current proposed min max maxStep step distanceToMin distanceToMax cooldownLeftSeconds
          submitCheck { isAllowed error { code message } }
          executeCheck { isAllowed error { code message } }
        }
        spend { amount category mint recipient }
        model { untrustedName vramGb weight minBenchmark }
      }
      submitCheck { isAllowed error { code message } }
      executeCheck { isAllowed error { code message } }
      executionRisks { code message proposalId }
      conflicts { key proposalId }
      invalidity { rule key value limit }
      nextStep { instruction from until isDue }
      steps { name at slot signature }
      signals { for against abstain veto }
      vote {
        castPower missingPower snapshotPower isQuorumReached outcomeNow possibleOutcomes finalOutcome verdict
        thresholds { quorumBps passThresholdBps vetoThresholdBps }
        votes { for against abstain veto }
      }
    }
    marketplace { inferMint usdcMint }
  }
`;

export const VOTES_QUERY = /* GraphQL */ `
  query Votes($proposal: PublicKey!, $first: Int!) {
    votes(proposal: $proposal, first: $first) {
      edges { node { owner choice power votedAt signature totals { for against abstain veto } } }
      pageInfo { hasNextPage }
    }
  }
`;

export const PREPARE_VOTE_QUERY = /* GraphQL */ `
  query PrepareVote($proposalId: U64!, $owner: PublicKey!, $choice: VoteChoice!) {
    prepareVote(proposalId: $proposalId, owner: $owner, choice: $choice) {
      transaction signers refusal { code message } simulation { succeeds errorMessage computeUnits logs }
    }
  }
`;

export const PREPARE_STEP_QUERY = /* GraphQL */ `
  query PrepareStep($proposalId: U64!, $payer: PublicKey!) {
    prepareStep(proposalId: $proposalId, payer: $payer) {
      transaction signers refusal { code message } simulation { succeeds errorMessage computeUnits logs }
    }
  }
`;

export const IMPACT_QUERY = /* GraphQL */ `
  query Impact($changes: [ParameterChangeInput!]!, $epochs: Int!) {
    impact(changes: $changes, epochs: $epochs) {
      rewardEpochs
      keys { key isReplayable parts reason }
      classes { operatorClass measure count old proposed difference }
      fees { token part old proposed difference }
      winners(first: 10) { address operatorClass measure old proposed difference }
      losers(first: 10) { address operatorClass measure old proposed difference }
    }
  }
`;
