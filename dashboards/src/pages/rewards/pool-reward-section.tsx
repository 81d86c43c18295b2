/**
 * What one pool is owed in an epoch, and its proof, followed here from the leaf to the root.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';
import { go, usePlace, withQuery } from '../../frame/router.ts';
import { useAnswer } from '../../live/use-live.ts';
import { namesNothing } from '../../parts/absent.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { PoolRewardQuery } from '../../queries.generated.ts';
import { INT_DECIMALS, tokens, USDC_DECIMALS } from '../../text/amount.ts';
import type { Epoch } from './check-epoch.ts';
import { canHash, hexOf, leafHash, rootFromProof } from './hashes.ts';
import { REWARD_QUERY } from './queries.ts';

type Reward = NonNullable<PoolRewardQuery['reward']>;

export function PoolRewardSection({ epoch }: { epoch: Epoch }) {
  const pool = usePlace().query.get('pool') ?? '';
  const [text, setText] = useState(pool);
  return (
    <Panel id="pool-reward" title="What one pool is owed" note="With its proof, ready for accrue_reward">
      <form
        class="lookup"
        onSubmit={(event) => {
          event.preventDefault();
          go(withQuery({ pool: text.trim() === '' ? null : text.trim() }));
        }}
      >
        <label for="pool-address">Pool</label>
        <input
          id="pool-address"
          type="text"
          value={text}
          placeholder="Address of the pool"
          onInput={(event) => setText(event.currentTarget.value)}
          spellcheck={false}
        />
        <button type="submit" class="plain">
          Show
        </button>
      </form>
      {pool !== '' && <PoolReward epoch={epoch} pool={pool} key={pool} />}
    </Panel>
  );
}

function PoolReward({ epoch, pool }: { epoch: Epoch; pool: string }) {
  const live = useAnswer<PoolRewardQuery>(REWARD_QUERY, { epoch: epoch.number, pool }, { isFixed: true });
  const data = live.answer?.data ?? null;
  if (namesNothing(live)) return <p class="nothing">This is not an address of a pool: {live.refusal}</p>;
  if (data === null)
    return (
      <>
        <Unread live={live} what="The reward" />
        <span class="bone" />
      </>
    );
  if (data.reward === null)
    return <p class="nothing">This pool has no leaf in epoch {epoch.number}: it joined later, or was closed before.</p>;
  return <Owed reward={data.reward} name={data.pool?.name ?? ''} roots={epoch.roots} />;
}

function Owed({ reward, name, roots }: { reward: Reward; name: string; roots: readonly string[] }) {
  return (
    <>
      <Facts
        facts={[
          [
            'Pool',
            <>
              <KeyLink href={hrefOf.pool(reward.pool)} value={reward.pool} what="pool" />{' '}
              <span class="name">{name}</span>
            </>,
          ],
          ['Reward', `${tokens(reward.rewardAmount, INT_DECIMALS)} INT`],
          [
            '… by work, by stake',
            `${tokens(reward.workReward, INT_DECIMALS)}, ${tokens(reward.stakeReward, INT_DECIMALS)} INT`,
          ],
          ['Earnings', `${tokens(reward.usdcAmount, USDC_DECIMALS)} USDC`],
          ['merkle_index', String(reward.merkleIndex)],
          ['Leaf', reward.leafHash],
        ]}
      />
      <ProofCheck reward={reward} root={roots[reward.merkleIndex] ?? ''} />
      <details>
        <summary>The proof, {reward.proof.length} siblings from the leaf up</summary>
        <ol class="proof">
          {reward.proof.map((sibling, level) => (
            <li key={sibling + String(level)}>
              <code>{sibling}</code> {reward.proofPath[level] ? 'on the left' : 'on the right'}
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

function ProofCheck({ reward, root }: { reward: Reward; root: string }) {
  const [reached, setReached] = useState<{ root: string; leaf: string } | null>(null);
  useEffect(() => {
    if (!canHash()) return;
    const leaf = { pool: reward.pool, reward: reward.rewardAmount, usdc: reward.usdcAmount };
    const follow = async () => ({
      root: await rootFromProof(leaf, reward.proof, reward.proofPath),
      leaf: hexOf(await leafHash(leaf)),
    });
    void follow().then(setReached, () => setReached(null));
  }, [reward]);
  if (reached === null) return null;
  const isGood = reached.root === root && reached.leaf === reward.leafHash;
  return (
    <p class="proof-check" role="status">
      {isGood ? (
        <Verdict kind="good">The proof leads from this leaf to the epoch’s root</Verdict>
      ) : (
        <Verdict kind="bad">The proof leads elsewhere</Verdict>
      )}{' '}
      <code>{reached.root}</code>
    </p>
  );
}
