/**
 * What the steps of a reward epoch are given: store, chain, keys, settings, clock. Made once per process.
 * @module
 */
import { type Address, address, type KeyPairSigner } from '@solana/kit';
import { checkInput } from '../../indexer/domain/errors.ts';
import type { Settings } from '../../indexer/domain/settings.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { EpochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { createChainClient } from '../chain/chain-client.ts';
import { readKeypairFile } from '../chain/keypair-file.ts';
import { createMarketplaceBooks, type MarketplaceBooks } from '../chain/marketplace-books.ts';
import { programIds, programKeys } from '../chain/program-ids.ts';
import { createStakingChain, type StakingChain } from '../chain/staking-chain.ts';
import { reconciledPrograms } from '../reconcile/program-folds.ts';
import type { FoldedProgram } from '../reconcile/range-fold.ts';
import type { ReviewThresholds } from './compute/epoch-review.ts';
import type { ProgramKeys } from './inputs/epoch-inputs.ts';

export interface RewardContext {
  readonly store: StoreClient;
  readonly chain: StakingChain;
  readonly books: MarketplaceBooks;
  readonly programs: ProgramKeys;
  /** Whose accounts are compared with events before an epoch is computed from them. */
  readonly reconciled: readonly FoldedProgram[];
  /** `null`: nothing is marked or committed from here. */
  readonly authority: KeyPairSigner | null;
  /** Who marks and commits, here or elsewhere; `null` where nobody said. */
  readonly authorityAddress: Address | null;
  /** Without whose approval nothing is committed; `null` where nobody has to. */
  readonly cosigner: Address | null;
  /** Pays for accruals; needs no authority. */
  readonly feePayer: KeyPairSigner | null;
  readonly epochSeconds: bigint;
  /** Unix seconds; 0 takes the first block. */
  readonly epochStart: bigint;
  readonly challengeSeconds: bigint;
  readonly isAutoApproved: boolean;
  readonly reviewThresholds: ReviewThresholds;
  readonly artefactFolder: string;
  readonly nowMicros: () => bigint;
  readonly signal: AbortSignal;
}

/** A step either brings the epoch on or says what it waits for. */
export type StepResult =
  | { readonly kind: 'advanced'; readonly row: EpochRow }
  | { readonly kind: 'waiting'; readonly reason: string };

export type Step = (context: RewardContext, row: EpochRow) => Promise<StepResult>;

export const waiting = (reason: string): StepResult => ({ kind: 'waiting', reason });

/** @throws InputError `CHAIN__BAD_KEYPAIR`, `REWARDS__TWO_AUTHORITIES` */
export async function createRewardContext(
  settings: Settings,
  store: StoreClient,
  signal: AbortSignal,
): Promise<RewardContext> {
  const signerOf = (path: string) => (path === '' ? null : readKeypairFile(path));
  const authority = await signerOf(settings.REWARD_AUTHORITY_KEYPAIR);
  const client = createChainClient(settings.SOLANA_RPC_URL);
  const [ids, programs] = [programIds(settings), programKeys(settings)];
  return {
    ...{ store, signal, authority },
    authorityAddress: authorityAddressOf(settings, authority),
    cosigner: settings.REWARD_COSIGNER === '' ? null : address(settings.REWARD_COSIGNER),
    reconciled: reconciledPrograms(settings),
    chain: await createStakingChain(client, ids.staking),
    books: await createMarketplaceBooks(client, ids.marketplace),
    programs,
    feePayer: (await signerOf(settings.FEE_PAYER_KEYPAIR)) ?? authority,
    epochSeconds: BigInt(settings.REWARD_EPOCH_SECONDS),
    epochStart: settings.REWARD_EPOCH_START,
    challengeSeconds: BigInt(settings.REWARD_CHALLENGE_SECONDS),
    isAutoApproved: settings.REWARD_AUTO_APPROVE === 'true',
    reviewThresholds: {
      shareBps: BigInt(settings.REWARD_FLAG_SHARE_BPS),
      concentrationBps: BigInt(settings.REWARD_FLAG_CONCENTRATION_BPS),
      jumpBps: BigInt(settings.REWARD_FLAG_JUMP_BPS),
    },
    artefactFolder: `${settings.DATA_DIR}/artefacts`,
    nowMicros: () => BigInt(Date.now()) * 1_000n,
  };
}

function authorityAddressOf({ REWARD_AUTHORITY }: Settings, authority: KeyPairSigner | null): Address | null {
  if (REWARD_AUTHORITY === '') return authority?.address ?? null;
  checkInput(
    authority === null || authority.address === REWARD_AUTHORITY,
    'REWARDS__TWO_AUTHORITIES',
    `REWARD_AUTHORITY is ${REWARD_AUTHORITY}, the key in REWARD_AUTHORITY_KEYPAIR is another: set one of them`,
  );
  return address(REWARD_AUTHORITY);
}

/** Unix seconds of the clock that was handed in. */
export function nowSeconds({ nowMicros }: RewardContext): bigint {
  return nowMicros() / 1_000_000n;
}
