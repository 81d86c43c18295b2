import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/**
 * These leave no process and change nothing that outlives a test: rules, decoders, programs in LiteSVM. A group's files
 * share their processes; more than one group, since what LiteSVM holds of a file goes only with its process.
 */
const sharing: Readonly<Record<string, readonly string[]>> = {
  'programs, exchange': ['test/programs/{*,exchange/*}.test.ts'],
  'programs, governance': ['test/programs/governance/*.test.ts'],
  'programs, marketplace': ['test/programs/marketplace/*.test.ts'],
  'programs, staking': ['test/programs/staking/*.test.ts'],
  rules: [
    'test/api/{caller,page-documents,remembered-store,schema,schema-changes,sse-messages,sse-plugin,stream-places}.test.ts',
    'test/conformance/{golden-events,published-tree,recorded-staking}.test.ts',
    'test/dashboards/{amount,filled-part,text}.test.ts',
    'test/governance/{bounds,execution-risks,parameter-files,proposal-life,tally,untrusted-text,voting-power}.test.ts',
    'test/indexer/{assemble,decode,rpc}/*.test.ts',
    'test/indexer/batch/{block-batch,block-rows}.test.ts',
    'test/indexer/pipeline/{agreement,linker,loop-turn}.test.ts',
    'test/indexer/store/embedded/classify-query.test.ts',
    'test/indexer/stream/{endpoints,update-queue}.test.ts',
    'test/indexer/{base58,secret-file,shown-url,status-page}.test.ts',
    'test/jobs/chain/program-authorities.test.ts',
    'test/jobs/ledger/settlement-rule.test.ts',
    'test/jobs/market/{candles,daily-prices,forward-curve,interpolation,manipulation-cost,order-book,reference-rate}.test.ts',
    'test/jobs/reconcile/vault-balances.test.ts',
    'test/jobs/{reputation,staking}/*.test.ts',
    'test/jobs/rewards/{allocation,canonical-json,epoch-review,merkle,provider-trees,window}.test.ts',
    'test/repository/*.test.ts',
    'test/simulation/population.test.ts',
  ],
};

/**
 * Files run two at a time, as many as there are cores (three took a tenth longer), in a process of their own because they
 * may own a ClickHouse engine, a Redis or a chain. Those that share come last (vitest takes projects by name), so that no
 * worker is left over with a long file.
 */
export default defineConfig({
  // Node gives everybody graphql's `main`; the bundler would give us, alone, its `module`, and two are one too many.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          globalSetup: 'test/run-folder.ts',
          include: ['test/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            ...Object.values(sharing).flat(),
            ...(process.env['PLUMBLINE_LONG'] ? [] : ['test/long/**']),
          ],
        },
      },
      ...Object.entries(sharing).map(([name, include]) => ({
        extends: true as const,
        test: { name, include: [...include], isolate: false },
      })),
    ],
  },
});
