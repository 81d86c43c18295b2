/**
 * Places of the dashboard: the path names the page, the query what of it is shown. Ordinary links work; those to a page
 * change the place without a load.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const MOVED = 'plumbline:moved';

/** The page whose heading the reader was brought to; on the first load the focus stays with the browser. */
let announcedPath = location.pathname;
let hasAnnounced = false;

/**
 * Whether a heading that has just appeared is to take the focus: once for each page that was gone to. The heading of a page
 * whose program came late takes it again only where nothing else has it, since the reader may have gone on meanwhile.
 */
export function takesFocus(): boolean {
  const isNew = announcedPath !== location.pathname;
  announcedPath = location.pathname;
  hasAnnounced ||= isNew;
  return isNew || (hasAnnounced && document.activeElement === document.body);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(placeNow);
  useEffect(() => {
    const follow = () => setPlace(placeNow());
    for (const name of ['popstate', MOVED]) window.addEventListener(name, follow);
    return () => {
      for (const name of ['popstate', MOVED]) window.removeEventListener(name, follow);
    };
  }, []);
  return place;
}

export function go(href: string, isReplaced = false): void {
  if (isReplaced) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  window.dispatchEvent(new Event(MOVED));
}

/** The path that is shown, with some of its query changed; `null` takes a part out, several values repeat it. */
export function withQuery(changes: Readonly<Record<string, string | readonly string[] | null>>): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    for (const each of value === null ? [] : [value].flat()) query.append(name, each);
  }
  const text = query.toString();
  return `${location.pathname}${text === '' ? '' : `?${text}`}`;
}

/** Takes over clicks on links to pages; all others, and those with a key held, stay the browser's. */
export function followLinks(isPage: (path: string) => boolean): () => void {
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link === null || !isPlain || event.defaultPrevented || link.target !== '' || link.hasAttribute('download'))
      return;
    if (link.origin !== location.origin || !isPage(link.pathname)) return;
    if (link.hash !== '' && link.pathname === location.pathname) return;
    event.preventDefault();
    go(`${link.pathname}${link.search}`);
  };
  document.addEventListener('click', follow);
  return () => document.removeEventListener('click', follow);
}

function placeNow(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}
