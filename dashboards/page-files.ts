/**
 * At the build: the document of every page, which names what that page needs, so that a browser fetches it beside the
 * program instead of after it. `pages/NAME.html` is served at `/NAME` and below it, `pages/overview.html` at `/`.
 * @module
 */
import type { Plugin, Rollup } from 'vite';
import { questionUrl } from './src/live/document.ts';
import { CANDLES_QUERY } from './src/pages/index/queries.ts';
import { candleVariablesOf, indexRangeOf, USUAL_RANGE } from './src/pages/index/ranges.ts';
import { CHAIN_QUERY } from './src/pages/overview/queries.ts';
import { FINALITY_QUERY } from './src/pages/status/queries.ts';

/** Questions that a page asks before all others, where its address says nothing beside its name. */
const FIRST_QUESTIONS: Readonly<Record<string, FirstQuestion>> = {
  overview: { url: questionUrl(CHAIN_QUERY, {}) },
  index: candlesQuestion(),
  status: { url: questionUrl(FINALITY_QUERY, {}) },
};

interface FirstQuestion {
  /** A time in it is told as `~SECONDS~` from the end of the step that the head is in: the API puts it in. */
  readonly url: string;
  /** Length of that step in seconds. */
  readonly step?: number;
}

function candlesQuestion(): FirstQuestion {
  const { candleSeconds, ...length } = indexRangeOf(USUAL_RANGE);
  // Any end: what is told is how far times lie before it.
  const to = 1e9 * candleSeconds;
  const variables = candleVariablesOf(0, { from: to - length.seconds, to, length });
  const relative = { ...variables, from: `~${Number(variables.from) - to}~`, to: '~0~' };
  return { url: questionUrl(CANDLES_QUERY, relative), step: candleSeconds };
}

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
  const step = question?.step === undefined ? '' : ` data-step="${question.step}"`;
  const asked = question && `<link rel="preload" as="fetch" crossorigin${step} href="${question.url}">`;
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
