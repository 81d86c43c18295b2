/**
 * The direction of imports, as ARCHITECTURE.md draws it:
 *   programs, indexer <- governance <- jobs <- api <- cli; dashboards import only types generated from the schema;
 *   nothing imports test.
 */
const layer = (name, from, allowed) => ({
  name: `${name}-imports`,
  comment: `${from} may import only: ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: {
    path: '^(indexer|governance|jobs|api|cli|programs|dashboards|bench|test)/',
    pathNot: allowed.map((each) => `^${each}/`),
  },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    layer('programs', 'programs', ['programs', 'indexer']),
    layer('indexer', 'indexer', ['indexer', 'programs']),
    layer('governance', 'governance', ['governance', 'indexer']),
    layer('jobs', 'jobs', ['jobs', 'governance', 'indexer', 'programs']),
    layer('api', 'api', ['api', 'jobs', 'governance', 'indexer', 'programs']),
    layer('cli', 'cli', ['cli', 'api', 'jobs', 'governance', 'indexer', 'programs']),
    layer('dashboards', 'dashboards', ['dashboards']),
    layer('bench', 'bench', ['bench', 'api', 'jobs', 'governance', 'indexer', 'programs', 'test']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|\\.build|dist|target)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
