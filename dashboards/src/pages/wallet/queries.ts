/**
 * Questions of the wallet page.
 * @module
 */

export const WALLET_QUERY = /* GraphQL */ `
  query Wallet($address: PublicKey!) {
    marketplace { inferMint usdcMint models }
    wallet(address: $address) {
      address slot stakedValue pendingUsdc collateral credits provider
      claims { kind amount token account readyAt }
      timers { kind amount token account readyAt }
      stakes { address pool isOperator shares value pendingUsdc coolingAmount claimableAt }
      governanceStake { stake unstaking committed power lockedUntil }
      orders(first: 50) {
        address provider model units seconds mint amount state createdAt createdSignature endSignature
      }
      positions(first: 50) { address model series size entryPrice notional collateral slot }
      votes(first: 50) { proposal choice power votedAt signature }
    }
  }
`;

export const PREPARE_CLAIM_QUERY = /* GraphQL */ `
  query PrepareClaim($kind: DueKind!, $account: PublicKey!, $owner: PublicKey!) {
    prepareClaim(kind: $kind, account: $account, owner: $owner) {
      transaction signers refusal { code message } simulation { succeeds errorMessage computeUnits logs }
    }
  }
`;
