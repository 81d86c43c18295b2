/**
 * Questions of the explorer.
 * @module
 */

export const TRANSACTION_QUERY = /* GraphQL */ `
  query Transaction($signature: Signature!) {
    marketplace { inferMint usdcMint models }
    transaction(signature: $signature) {
      signature slot transactionIndex blockTime blockhash feePayer feeLamports computeUnits failed error logState
      instructions { path name programName program failed args data accounts { name address } }
      events { slot transactionIndex path ordinal name programName program signature blockTime fields }
    }
  }
`;

export const TRANSACTIONS_QUERY = /* GraphQL */ `
  query Transactions($first: Int!, $after: String, $account: PublicKey, $program: PublicKey, $failed: Boolean, $fromSlot: U64, $atSlot: U64) {
    transactions(first: $first, after: $after, account: $account, program: $program, failed: $failed, fromSlot: $fromSlot, atSlot: $atSlot) {
      snapshotSlot
      edges {
        node {
          signature slot transactionIndex blockTime feePayer failed error
          instructions { path name programName program }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const EVENTS_QUERY = /* GraphQL */ `
  query Events($first: Int!, $after: String, $name: String, $program: PublicKey, $where: [FieldFilter!], $fromSlot: U64, $atSlot: U64) {
    marketplace { inferMint usdcMint models }
    events(first: $first, after: $after, name: $name, program: $program, where: $where, fromSlot: $fromSlot, atSlot: $atSlot) {
      snapshotSlot
      edges { node { slot transactionIndex path ordinal name programName program signature blockTime fields } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const INSTRUCTIONS_QUERY = /* GraphQL */ `
  query Instructions($first: Int!, $after: String, $name: String, $program: PublicKey, $failed: Boolean, $account: PublicKey) {
    instructions(first: $first, after: $after, name: $name, program: $program, failed: $failed, account: $account) {
      snapshotSlot
      edges { node { slot signature transactionIndex path name programName program failed blockTime args } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** Programs by name, once their accounts have been read. */
export const PROGRAMS_QUERY = /* GraphQL */ `
  query Programs {
    network { programs { program programName } }
  }
`;

export const BLOCK_QUERY = /* GraphQL */ `
  query Block($slot: U64!) {
    blocks(first: 1, atSlot: $slot) {
      edges {
        node {
          slot parentSlot parentBlockhash blockTime blockhash contentHash isFinalized transactionCount eventCount
          undecodedCount
        }
      }
    }
  }
`;
