/**
 * At the build: the document of every page, which names what that page needs, so that a browser fetches it beside the
 * program instead of after it. `pages/NAME.html` is served at `/NAME` and below it, `pages/overview.html` at `/`.
 * @module
 */
import type { Plugin, Rollup } from 'vite';
import { CHAIN_QUERY } from './src/pages/overview/queries.ts';
import { FINALITY_QUERY } from './src/pages/status/queries.ts';

/** Questions that a page asks before all others, whatever its address says beside its name. */
const FIRST_QUESTIONS: Readonly<Record<string, string>> = { overview: CHAIN_QUERY, status: FINALITY_QUERY };
const DOCUMENT = 'index.html';

export function pageFiles(): Plugin {
  return {
    name: 'page-files',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle[DOCUMENT];
      if (page?.type !== 'asset') return;
      const entry = chunksOf(bundle).find(({ isEntry }) => isEntry);
      for (const file of entry?.dynamicImports ?? []) {
        const chunk = bundle[file];
        if (chunk?.type !== 'chunk') continue;
        const name = chunk.name.replace(/-page$/, '');
        const source = String(page.source).replace('</head>', `${linksOf(bundle, chunk, entry, name)}</head>`);
        this.emitFile({ type: 'asset', fileName: `pages/${name}.html`, source });
      }
    },
  };
}

function linksOf(
  bundle: Rollup.OutputBundle,
  chunk: Rollup.OutputChunk,
  entry: Rollup.OutputChunk | undefined,
  name: string,
): string {
  const own = [...withImports(bundle, chunk)].filter(
    (each) => each !== entry && !entry?.imports.includes(each.fileName),
  );
  const scripts = own.map(({ fileName }) => `<link rel="modulepreload" crossorigin href="/${fileName}">`);
  const styles = new Set(own.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
  const sheets = [...styles].map((file) => `<link rel="preload" as="style" crossorigin href="/${file}">`);
  const question = FIRST_QUESTIONS[name];
  const asked =
    question && `<link rel="preload" as="fetch" crossorigin href="/graphql?query=${encodeURIComponent(question)}">`;
  return [...scripts, ...sheets, ...(asked ? [asked] : [])].join('\n    ');
}

function withImports(
  bundle: Rollup.OutputBundle,
  chunk: Rollup.OutputChunk,
  found = new Set<Rollup.OutputChunk>(),
): Set<Rollup.OutputChunk> {
  if (found.has(chunk)) return found;
  found.add(chunk);
  for (const file of chunk.imports) {
    const imported = bundle[file];
    if (imported?.type === 'chunk') withImports(bundle, imported, found);
  }
  return found;
}

function chunksOf(bundle: Rollup.OutputBundle): Rollup.OutputChunk[] {
  return Object.values(bundle).filter((each) => each.type === 'chunk');
}
