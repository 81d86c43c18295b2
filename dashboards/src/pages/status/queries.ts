/**
 * Questions of the status page.
 * @module
 */

/** What the first chart is made of, and nothing that would keep it waiting. */
export const FINALITY_QUERY = /* GraphQL */ `
  query Finality {
    blocks(first: 120) { edges { node { slot blockTime isFinalized undecodedCount } } }
  }
`;

export const STATUS_QUERY = /* GraphQL */ `
  query Status {
    _meta {
      slot blockTime finalizedSlot lagSlots gaps incidentCount reconciledThroughSlot
      incidents(first: 100) { slot account program kind field expected seen }
    }
    gaps(first: 100) { kind afterSlot nextSlot parentSlot }
    ledgerProof { faultCount ledgerThroughSlot lookedThroughSlot }
  }
`;

export const KEYS_QUERY = /* GraphQL */ `
  query Keys {
    network {
      programs { program programName upgradeAuthority isUpgradeable deployedSlot sinceSlot }
      programChanges { program programName upgradeAuthority deployedSlot sinceSlot }
      adminKeys { programName role keys sinceSlot }
      adminKeyChanges { programName role keys sinceSlot }
      supply { token mint mintAuthority freezeAuthority isMintRevoked minted burned supply circulating locked { place amount } }
    }
  }
`;

export const DEAD_ALERTS_QUERY = /* GraphQL */ `
  query DeadAlerts {
    deadAlerts(first: 100) { id endpoint kind attempts lastError diedAt }
  }
`;

export const JOB_FAILURES_QUERY = /* GraphQL */ `
  query JobFailures {
    jobFailures { job code message failureCount since recordedAt }
  }
`;

/** Everything that was ever found to differ, and what of it is gone. */
export const CORRECTIONS_SUBSCRIPTION = /* GraphQL */ `
  subscription Corrections($after: String!) {
    incidents(after: $after) { cursor isOpen incident { slot account program kind field expected seen } }
  }
`;
