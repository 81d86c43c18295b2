/**
 * Every page: where it is, how it is called, and the part of the program that shows it, loaded when it is needed.
 * @module
 */
import type { Page } from './page.ts';

export interface PageEntry {
  readonly path: string;
  readonly title: string;
  readonly load: () => Promise<Page>;
}

export const pages: readonly PageEntry[] = [
  { path: '/', title: 'Overview', load: async () => (await import('../pages/overview/overview.tsx')).Overview },
  { path: '/index', title: 'Index', load: async () => (await import('../pages/index/index-page.tsx')).IndexPage },
  { path: '/market', title: 'Market', load: async () => (await import('../pages/market/market-page.tsx')).MarketPage },
  {
    path: '/providers',
    title: 'Providers',
    load: async () => (await import('../pages/providers/providers-page.tsx')).ProvidersPage,
  },
  {
    path: '/rewards',
    title: 'Rewards',
    load: async () => (await import('../pages/rewards/rewards-page.tsx')).RewardsPage,
  },
  { path: '/pools', title: 'Pools', load: async () => (await import('../pages/pools/pools-page.tsx')).PoolsPage },
  {
    path: '/governance',
    title: 'Governance',
    load: async () => (await import('../pages/governance/governance-page.tsx')).GovernancePage,
  },
  { path: '/wallet', title: 'Wallet', load: async () => (await import('../pages/wallet/wallet-page.tsx')).WalletPage },
  {
    path: '/explorer',
    title: 'Explorer',
    load: async () => (await import('../pages/explorer/explorer-page.tsx')).ExplorerPage,
  },
  { path: '/status', title: 'Status', load: async () => (await import('../pages/status/status-page.tsx')).StatusPage },
];

/** The page a path belongs to. Below `/` itself there is nothing. */
export function pageAt(path: string): { readonly entry: PageEntry; readonly rest: readonly string[] } | null {
  const [name = '', ...rest] = path.split('/').slice(1).map(decoded);
  const entry = pages.find((each) => each.path === `/${name}`);
  // A name with an extension is a file of the API.
  if (entry === undefined || path.includes('.') || (name === '' && rest.length > 0)) return null;
  return { entry, rest: rest.filter((part) => part !== '') };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
