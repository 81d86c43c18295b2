/**
 * The trees of committed epochs go onto the marketplace's books: the latest root of scores, and every epoch's incentives in
 * ascending order. What the books hold is read before anything is sent, so that a run that was killed, or another worker,
 * does no harm. It is beside the staking record and holds nothing up.
 * @module
 */
import { checkInvariant } from '../../../indexer/domain/errors.ts';
import { type ProviderTreeRow, providerTreesFrom } from '../../../indexer/store/queries/reputation/provider-trees.ts';
import { rankOf } from '../epoch-state.ts';
import type { RewardContext } from '../reward-context.ts';
import { sendForEpoch } from '../send-for-epoch.ts';
import { BASE_UNITS_PER_MICRO, type ProviderTreeKind } from '../trees/provider-trees.ts';

/**
 * Trees that the books do not hold yet, in the order in which they go there; none without the authority for it.
 * @throws InvariantError `REPUTATION__ROOT_DIFFERS` when the books hold another root for one of our epochs
 */
export async function pendingTrees({ store, books, authority }: RewardContext): Promise<readonly ProviderTreeRow[]> {
  if (authority === null) return [];
  const found = await books.read('confirmed');
  if (found === null || found.rewardAuthority !== authority.address) return [];
  const { reputationEpoch, reputationRoot, incentiveEpoch } = found.book;
  const from = (kind: ProviderTreeKind, epoch: bigint) => providerTreesFrom(store, kind, epoch, rankOf('committed'));
  const scores = await from('reputation', reputationEpoch);
  for (const { rewardEpoch, root } of scores) {
    if (rewardEpoch === reputationEpoch) checkRoot(rewardEpoch, root, reputationRoot);
  }
  const latest = scores.at(-1);
  const isNew = latest !== undefined && latest.rewardEpoch > reputationEpoch;
  // The program refuses what is above the budget of now; such incentives lapse, or all later ones would wait for them.
  const budget = found.budgetMicro * BASE_UNITS_PER_MICRO;
  const incentives = (await from('incentives', incentiveEpoch + 1n)).filter(({ total }) => total <= budget);
  return [...incentives, ...(isNew ? [latest] : [])];
}

/** @throws the errors of sending, unless somebody else was faster */
export async function commitTree(context: RewardContext, tree: ProviderTreeRow): Promise<void> {
  const { authority, books } = context;
  if (authority === null) return;
  const { rewardEpoch, root, total } = tree;
  const kind = tree.kind as ProviderTreeKind;
  const instructions =
    kind === 'reputation'
      ? await books.reputationInstructions(authority.address, rewardEpoch, root)
      : await books.incentiveInstructions(authority.address, rewardEpoch, { root, total });
  const errand = { rewardEpoch, kind, target: books.address, payer: authority, commitment: 'confirmed' } as const;
  try {
    await sendForEpoch(context, errand, instructions);
  } catch (error) {
    const found = await books.read('confirmed');
    const reached = kind === 'reputation' ? found?.book.reputationEpoch : found?.book.incentiveEpoch;
    if (reached === undefined || reached < rewardEpoch) throw error;
  }
}

function checkRoot(rewardEpoch: bigint, ours: Uint8Array, onChain: ArrayLike<number>): void {
  const [own, theirs] = [ours, Uint8Array.from(onChain)].map((root) => Buffer.from(root).toString('hex'));
  const message = `The marketplace's books have root ${theirs} for the scores of reward epoch ${rewardEpoch}, ours is ${own}`;
  checkInvariant(own === theirs, 'REPUTATION__ROOT_DIFFERS', message, { rewardEpoch });
}
