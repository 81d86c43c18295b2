/**
 * What logs, errors and status pages show of a service's address: scheme and host. Providers put their keys into the path
 * or the query, passwords stand before the host, and who reads a log is not who may use the service.
 * @module
 */

/** `https://rpc.example:8899/v2/key?api-key=…` → `https://rpc.example:8899`; what is no URL is not shown at all. */
export function shownUrl(url: string): string {
  const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
  // `localhost:10000` parses, as a path of the scheme `localhost:`.
  return host === '' ? '(no URL)' : `${protocol}//${host}`;
}

/** A text of somebody else's, as an error of `fetch`, in which the address may stand as a whole. */
export function withoutUrl(text: string, url: string): string {
  return text.replaceAll(url, shownUrl(url));
}
