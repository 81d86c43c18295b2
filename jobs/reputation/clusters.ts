/**
 * Wallets that belong together: linked by an account they share. Pure and independent of the order of links.
 *
 * A shared account that would join more wallets than the limit is a hub (an exchange, a paymaster) and links nobody.
 * Links are made only by the wallet itself (the payout it named, who paid the fee of its own transaction, the token account it
 * paid from), never by a stranger. Version of the rule: `CLUSTER_RULE`.
 * @module
 */
import { hexOf } from '../key-names.ts';

export const CLUSTER_RULE = 'clusters-2';

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

export function clustersOf(links: readonly Link[], hubWallets: number): Clusters {
  const groups = new Map<string, Set<string>>();
  for (const { kind, shared, wallet } of links) {
    const sharedName = hexOf(shared);
    const name = `${kind}:${sharedName}`;
    const group = groups.get(name) ?? new Set([sharedName]);
    groups.set(name, group.add(hexOf(wallet)));
  }
  const parents = new Map<string, string>();
  for (const group of groups.values()) {
    if (group.size > hubWallets) continue;
    const [first = '', ...others] = group;
    for (const other of others) join(parents, first, other);
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
