/**
 * Wallets that belong together: linked by an account they share. Pure and independent of the order of links.
 *
 * A shared account that would join more wallets than the limit is a hub (an exchange, a paymaster) and links nobody. It is
 * one of them itself where it is a wallet, as a fee payer often is, and a payout account or a token account is not.
 * Links are made only by the wallet itself (the payout it named, who paid the fee of its own transaction, the token account it
 * paid from), never by a stranger. Version of the rule: `CLUSTER_RULE`.
 * @module
 */
import { hexOf } from '../../indexer/domain/hex.ts';

export const CLUSTER_RULE = 'clusters-3';

export interface Link {
  /** What kind of account is shared; one account shared in two ways makes two links. */
  readonly kind: string;
  readonly shared: Uint8Array;
  readonly wallet: Uint8Array;
}

export interface Clusters {
  /** Name of a wallet's cluster: hex of its lowest member. A wallet nobody links is a cluster of its own. */
  clusterOf(wallet: Uint8Array): string;
  /** Wallets that share something with others, or an account of their own, by raw key bytes; clusters as bytes. */
  members(): ClusterMember[];
}

export interface ClusterMember {
  readonly wallet: Uint8Array;
  readonly cluster: Uint8Array;
}

/** Wallets that share an account in one way. */
interface Group {
  readonly shared: string;
  readonly sharers: Set<string>;
}

export function clustersOf(links: readonly Link[], hubWallets: number): Clusters {
  const groups = new Map<string, Group>();
  const wallets = new Set<string>();
  for (const { kind, shared, wallet } of links) {
    const [sharedName, walletName] = [hexOf(shared), hexOf(wallet)];
    const name = `${kind}:${sharedName}`;
    const group = groups.get(name) ?? { shared: sharedName, sharers: new Set() };
    groups.set(name, group);
    group.sharers.add(walletName);
    wallets.add(walletName);
  }
  const parents = new Map<string, string>();
  for (const { shared, sharers } of groups.values()) {
    const isOneMore = wallets.has(shared) && !sharers.has(shared);
    if (sharers.size + (isOneMore ? 1 : 0) > hubWallets) continue;
    for (const sharer of sharers) join(parents, shared, sharer);
  }
  // Asked for each of hundreds of thousands of orders, of wallets that are held once.
  const known = new Map<Uint8Array, string>();
  const clusterOf = (wallet: Uint8Array) => {
    const before = known.get(wallet);
    if (before !== undefined) return before;
    const cluster = rootOf(parents, hexOf(wallet));
    known.set(wallet, cluster);
    return cluster;
  };
  return { clusterOf, members: () => membersOf(links, clusterOf) };
}

function membersOf(links: readonly Link[], clusterOf: Clusters['clusterOf']): ClusterMember[] {
  const wallets = new Map(links.map(({ wallet }) => [hexOf(wallet), wallet]));
  return [...wallets.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, wallet]) => ({ wallet, cluster: Buffer.from(clusterOf(wallet), 'hex') }));
}

/** The lower name becomes the parent, so that a cluster's name does not depend on the order of links. */
function join(parents: Map<string, string>, left: string, right: string): void {
  const [lower = '', higher = ''] = [rootOf(parents, left), rootOf(parents, right)].sort();
  if (lower !== higher) parents.set(higher, lower);
}

function rootOf(parents: Map<string, string>, member: string): string {
  let root = member;
  for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
  for (let at = member; at !== root; ) {
    const next = parents.get(at) ?? root;
    parents.set(at, root);
    at = next;
  }
  return root;
}
