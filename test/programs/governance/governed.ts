/**
 * The governed programs beside a governance, set up by their own instructions so that they obey its authority.
 * @module
 */
import { type Address, getAddressEncoder, getProgramDerivedAddress } from '@solana/kit';
import * as exchange from '../../../programs/exchange/client.generated.ts';
import { findBankrollVault, findInsuranceVault, findMarginVault } from '../../../programs/exchange/pda.ts';
import * as marketplace from '../../../programs/marketplace/client.generated.ts';
import { findProvider, findVerifierVault } from '../../../programs/marketplace/pda.ts';
import { findChallenge } from '../../../programs/marketplace/proof-pda.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../../programs/staking/client.generated.ts';
import { findGlobalUsdcEarningsVault } from '../../../programs/staking/pda.ts';
import { addressOf } from '../svm.ts';
import { type Chamber, INFER_MINT, type Member, USDC_MINT } from './chamber.ts';

export const MARKETPLACE_ADMIN = addressOf('marketplace admin');
const EXCHANGE_ADMIN = addressOf('exchange admin');
const PROVIDER_BYTES = 768;
const CHALLENGE_BYTES = 278;
const UNDECIDED = 8;

export async function setUpMarketplace({ svm, at }: Chamber): Promise<void> {
  const stakingUsdcVault = await findGlobalUsdcEarningsVault();
  svm.putTokens(stakingUsdcVault, USDC_MINT, addressOf('staking overview'), 0n);
  const accounts = {
    payer: svm.payer,
    admin: MARKETPLACE_ADMIN,
    marketplace: at.marketplace,
    inferMint: INFER_MINT,
    usdcMint: USDC_MINT,
    stakingProgram: STAKING_PROGRAM_ADDRESS,
    stakingUsdcVault,
    inferTreasury: at.inferTreasury,
    usdcTreasury: at.usdcTreasury,
    inferVerifierVault: await findVerifierVault(INFER_MINT),
    usdcVerifierVault: await findVerifierVault(USDC_MINT),
  };
  const nobody = addressOf('nobody');
  svm.run(
    marketplace.initializeMarketplace(accounts, {
      arbiter: nobody,
      haltAuthority: nobody,
      governanceAuthority: at.authority,
      rewardAuthority: nobody,
      meter: nobody,
      exchangeProgram: exchange.EXCHANGE_PROGRAM_ADDRESS,
    }),
  );
}

export async function setUpExchange({ svm, at }: Chamber): Promise<void> {
  const accounts = {
    payer: svm.payer,
    admin: EXCHANGE_ADMIN,
    exchange: at.exchange,
    inferMint: INFER_MINT,
    marginVault: await findMarginVault(),
    bankrollVault: await findBankrollVault(),
    insuranceVault: await findInsuranceVault(),
  };
  svm.run(exchange.initializeExchange(accounts, { marketplace: at.marketplace, governanceAuthority: at.authority }));
}

/** A provider as registering leaves it; gives the address. */
export async function putProvider(
  { svm }: Chamber,
  owner: Address,
  change: Partial<marketplace.Provider> = {},
): Promise<Address> {
  const provider = await findProvider(owner);
  const state: marketplace.Provider = {
    version: 1,
    bump: 255,
    bondVaultBump: 255,
    owner,
    feesEarnedOn: 0n,
    payout: owner,
    operatorPool: owner,
    tier: 1,
    region: 7,
    jurisdiction: Uint8Array.of(68, 69),
    registeredAt: 0n,
    bondTotal: 0n,
    bondOpen: 0n,
    bondReleases: Array.from({ length: 16 }, () => ({ releaseAt: 0n, amount: 0n })),
    offerCount: 0n,
    openOrderCount: 0,
    status: 0,
    withdrawalAmount: 0n,
    withdrawalReadyAt: 0n,
    heartbeatAt: 0n,
    unitsFree: 0,
    unitsBusy: 0,
    provenScore: 0,
    provenEpoch: 0n,
    bondChallenged: 0n,
    ...change,
  };
  const data = new Uint8Array(PROVIDER_BYTES);
  data.set(marketplace.encodeProvider(state));
  svm.put(provider, data, marketplace.MARKETPLACE_PROGRAM_ADDRESS);
  return provider;
}

/** INFER of a member as bankroll of the exchange, where it stays until governance asks it back. */
export async function addBankroll({ at }: Chamber, { owner, tokens }: Member, amount: bigint) {
  const bankrollVault = await findBankrollVault();
  return exchange.addBankroll({ owner, exchange: at.exchange, bankrollVault, ownerTokenAccount: tokens }, { amount });
}

export interface Contested {
  readonly provider: Address;
  readonly bondVault: Address;
  readonly challenge: Address;
}

/** A provider with bond, and a challenge of its work by `challenger` on which no arbiter ruled in time. */
export async function putContested(
  chamber: Chamber,
  owner: Address,
  challenger: Address,
  bond: bigint,
): Promise<Contested> {
  const { svm } = chamber;
  const programAddress = marketplace.MARKETPLACE_PROGRAM_ADDRESS;
  const seedsOf = (name: string, of: Address) => [name, getAddressEncoder().encode(of)];
  const [provider, bump] = await getProgramDerivedAddress({ programAddress, seeds: seedsOf('Provider', owner) });
  const [bondVault, bondVaultBump] = await getProgramDerivedAddress({
    programAddress,
    seeds: seedsOf('BondVault', provider),
  });
  await putProvider(chamber, owner, { bump, bondVaultBump, bondTotal: bond });
  svm.putTokens(bondVault, INFER_MINT, provider, bond);
  const attestation = addressOf(`attestation of ${owner}`);
  const challenge = await findChallenge(attestation);
  const state: marketplace.Challenge = {
    version: 1,
    bump: 255,
    vaultBump: 255,
    attestation,
    order: addressOf(`order of ${owner}`),
    provider,
    challenger,
    verifier: addressOf('nobody'),
    deposit: 0n,
    slashAmount: 0n,
    claim: new Uint8Array(32),
    segmentCount: 1,
    revealedCount: 1,
    revealed: new Uint8Array(32),
    status: UNDECIDED,
    openedAt: 0n,
    answerDeadline: 0n,
    judgeDeadline: 0n,
  };
  const data = new Uint8Array(CHALLENGE_BYTES);
  data.set(marketplace.encodeChallenge(state));
  svm.put(challenge, data, programAddress);
  return { provider, bondVault, challenge };
}
