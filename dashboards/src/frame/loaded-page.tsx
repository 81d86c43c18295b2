/**
 * The page of a path: its part of the program is loaded once; until then, and where that fails, it says so.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';
import { PageHead } from '../parts/page-head.tsx';
import type { Page } from './page.ts';
import { type PageEntry, pageAt } from './pages.ts';

const loaded = new Map<PageEntry, Page>();

/** Asked for by the pointer or the focus before it is by a click. */
export function preload(entry: PageEntry): void {
  void loadOnce(entry).catch(() => undefined);
}

async function loadOnce(entry: PageEntry): Promise<Page> {
  const page = loaded.get(entry) ?? (await entry.load());
  loaded.set(entry, page);
  return page;
}

export function LoadedPage({ path }: { path: string }) {
  const found = pageAt(path);
  const [, setLoadCount] = useState(0);
  const [failed, setFailed] = useState<PageEntry | null>(null);
  const entry = found?.entry ?? null;
  useEffect(() => {
    if (entry === null || loaded.has(entry)) return;
    setFailed(null);
    loadOnce(entry).then(
      () => setLoadCount((count) => count + 1),
      () => setFailed(entry),
    );
  }, [entry]);
  if (found === null || entry === null) return <Nowhere />;
  const Shown = loaded.get(entry);
  if (Shown) return <Shown rest={found.rest} key={entry.path} />;
  if (failed === entry) return <NotLoaded title={entry.title} />;
  return (
    <>
      <PageHead title={entry.title} />
      <div class="panel" aria-busy="true">
        <span class="bone" />
        <span class="hidden">Loading</span>
      </div>
    </>
  );
}

function Nowhere() {
  return (
    <>
      <PageHead title="Nothing is here" />
      <p class="panel nothing">
        No page has this address. <a href="/">Go to the overview</a> or look a transaction up in the{' '}
        <a href="/explorer">explorer</a>.
      </p>
    </>
  );
}

function NotLoaded({ title }: { title: string }) {
  return (
    <>
      <PageHead title={title} />
      <p class="panel nothing">
        This page could not be loaded. The API may have been replaced by a newer one:{' '}
        <button type="button" class="plain" onClick={() => location.reload()}>
          Load again
        </button>
      </p>
    </>
  );
}
