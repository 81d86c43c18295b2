/**
 * The frame of every page: who this is, where one can go, and whether what is shown is the present.
 * @module
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { LoadedPage, preload } from './frame/loaded-page.tsx';
import { pageAt, pages } from './frame/pages.ts';
import { followLinks, usePlace } from './frame/router.ts';
import { type Shown, StatusLine } from './frame/status-line.tsx';
import { ThemeButton } from './frame/theme-button.tsx';
import { hasAged } from './live/aged.ts';
import { freshnessOf } from './live/freshness.ts';
import { HeadContext } from './live/head.ts';
import { useHead } from './live/use-head.ts';
import { useNow } from './live/use-live.ts';

const EVERY_MS = 1_000;

export function App() {
  const [isPaused, setIsPaused] = useState(false);
  const live = useHead(isPaused);
  const nowMs = useNow(EVERY_MS);
  const freshness = freshnessOf(live, nowMs);
  const shown = freshness === 'live' && hasAged(nowMs) ? 'delayed' : freshness;
  const head = useMemo(() => ({ live, meta: live.answer?.data._meta ?? null, isPaused }), [live, isPaused]);
  const { path } = usePlace();
  useEffect(() => followLinks((each) => pageAt(each) !== null), []);
  return (
    <HeadContext.Provider value={head}>
      <div class="page" data-freshness={freshness}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <Header
          path={path}
          words={isPaused ? 'Paused' : wordsOf(shown, live.code)}
          state={isPaused ? 'paused' : shown}
          isPaused={isPaused}
          onPause={() => setIsPaused(!isPaused)}
        />
        <main id="main" tabIndex={-1}>
          <StatusLine shown={shown} live={live} />
          <LoadedPage path={path} />
        </main>
        <footer>
          <a href="/graphql">GraphQL</a>
          <span>
            Amounts are exact: where one is shortened, its title has all digits. Times are in this device’s time zone.
          </span>
        </footer>
      </div>
    </HeadContext.Provider>
  );
}

const freshnessWords: Readonly<Record<Shown, string>> = {
  loading: 'Loading',
  delayed: 'Delayed',
  unreachable: 'API unreachable',
  empty: 'No blocks yet',
  stale: 'Stale',
  live: 'Live',
};

function wordsOf(shown: Shown, code: string): string {
  return shown === 'unreachable' && code !== '' ? 'API cannot answer' : freshnessWords[shown];
}

interface HeaderProps {
  readonly path: string;
  readonly state: Shown | 'paused';
  readonly words: string;
  readonly isPaused: boolean;
  readonly onPause: () => void;
}

function Header({ path, state, words, isPaused, onPause }: HeaderProps) {
  const links = useRef<HTMLElement>(null);
  // Where the names of the pages have no room beside each other, that of this one is among those that are seen.
  useEffect(() => {
    const here = links.current?.querySelector<HTMLElement>('[aria-current]');
    if (here && links.current)
      links.current.scrollLeft = here.offsetLeft - (links.current.clientWidth - here.offsetWidth) / 2;
  }, [path]);
  return (
    <header class="top">
      <a class="brand" href="/">
        <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 0v9" />
          <path class="bob" d="M4.5 9h7L8 16z" />
        </svg>
        Plumbline
      </a>
      <span class="pill" data-state={state}>
        {words}
      </span>
      <span class="actions">
        <button type="button" class="plain" onClick={onPause} aria-pressed={isPaused}>
          Pause updates
        </button>
        <ThemeButton />
      </span>
      <nav aria-label="Pages" ref={links}>
        {pages.map((entry) => (
          <a
            key={entry.path}
            href={entry.path}
            {...(pageAt(path)?.entry === entry ? { 'aria-current': 'page' as const } : {})}
            onPointerEnter={() => preload(entry)}
            onFocus={() => preload(entry)}
          >
            {entry.title}
          </a>
        ))}
      </nav>
    </header>
  );
}
