/**
 * What the document of a page came with, so that its first chart need not wait for the API: the block time of the head, the
 * question that the browser was to ask while the program was on its way, and what was answered to it last.
 * @module
 */

export type Variables = Readonly<Record<string, unknown>>;

/** Where a question is asked by GET. */
export function questionUrl(query: string, variables: Variables): string {
  const text = Object.keys(variables).length > 0 ? `&variables=${encodeURIComponent(JSON.stringify(variables))}` : '';
  return `/graphql?query=${encodeURIComponent(query)}${text}`;
}

/** Unix seconds of the head when the document was made; `null` where it does not say. */
export function headTimeOfDocument(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name=head-time]')?.content ?? null;
}

/** `null` for every other question, and the second time, since that answer is one of the past. */
export function askedByDocument(query: string, variables: Variables, signal: AbortSignal): Promise<Response> | null {
  const link = document.querySelector<HTMLLinkElement>('link[rel=preload][as=fetch]');
  if (link === null || link.getAttribute('href') !== questionUrl(query, variables)) return null;
  link.remove();
  return fetch(link.href, { signal });
}

/** What was answered to this question shortly before the document was given out; `null` the second time as well. */
export function takeEarlierAnswer<T>(query: string, variables: Variables): T | null {
  const element = document.querySelector<HTMLScriptElement>('#earlier-answer');
  if (element === null || element.dataset['question'] !== questionUrl(query, variables)) return null;
  element.remove();
  return JSON.parse(element.text) as T;
}
