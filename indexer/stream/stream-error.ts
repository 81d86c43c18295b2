/**
 * Typed errors from what a Yellowstone server or the network says, with one line that says what to do.
 * @module
 */
import { InputError, type PlumblineError, UpstreamError } from '../domain/errors.ts';
import { shownUrl } from '../domain/shown-url.ts';

/** Names as tonic and grpc-js print them, without underscores and case. */
export type GrpcStatus =
  | 'unauthenticated'
  | 'permissiondenied'
  | 'outofrange'
  | 'invalidargument'
  | 'unavailable'
  | 'unimplemented'
  | 'other';

/** The error of a failed stream. `firstSlot` is in the context of `STREAM__OUT_OF_RANGE` where the server named it. */
export function streamError(status: GrpcStatus, details: string, endpoint: string, cause?: unknown): PlumblineError {
  const url = shownUrl(endpoint);
  const context = { url, details };
  switch (refusesReplay(status, details) ? 'outofrange' : status) {
    case 'unauthenticated':
    case 'permissiondenied':
      return new InputError(
        'STREAM__UNAUTHENTICATED',
        `The Yellowstone endpoint ${url} refuses the token (${details}): set YELLOWSTONE_X_TOKEN`,
        context,
        cause,
      );
    case 'outofrange':
      return outOfRange(details, url, cause);
    case 'invalidargument':
      return new InputError(
        'STREAM__SUBSCRIPTION_REFUSED',
        `The Yellowstone endpoint ${url} does not take the subscription (${details}): set YELLOWSTONE_FEED to the other feed, or YELLOWSTONE_ENDPOINT to a server without that limit`,
        context,
        cause,
      );
    case 'unavailable':
      return new UpstreamError(
        'STREAM__UNREACHABLE',
        `The Yellowstone endpoint ${url} cannot be reached (${details}): start it or set YELLOWSTONE_ENDPOINT`,
        context,
        cause,
      );
    case 'unimplemented':
      return new InputError(
        'STREAM__UNIMPLEMENTED',
        `The endpoint ${url} does not serve the stream (${details}): it is no Yellowstone server, or does not take YELLOWSTONE_COMPRESSION`,
        context,
        cause,
      );
    default:
      return new UpstreamError('STREAM__BROKEN', `The stream of ${url} broke: ${details}`, context, cause);
  }
}

/**
 * Servers have several statuses for a slot that they cannot replay from, or for a replay that they do not offer.
 * Source: yellowstone-grpc, grpc.rs: `out_of_range` today, `internal` up to version 8 and still for a plugin that keeps
 * no slots, which is its default; richat and its hosts: `invalid_argument`.
 */
function refusesReplay(status: GrpcStatus, details: string): boolean {
  if (status !== 'other' && status !== 'invalidargument' && status !== 'unimplemented') return false;
  return /from_slot|from \d+ is not available|replay position|first available/i.test(details);
}

/** What a server says before its first block: there is no oldest slot. */
const NO_SLOT = 2n ** 64n - 1n;

function outOfRange(details: string, url: string, cause: unknown): UpstreamError {
  const named = /(?:last|first) available(?: slot)?: (\d+)/i.exec(details)?.[1];
  const oldest = named === undefined ? NO_SLOT : BigInt(named);
  return new UpstreamError(
    'STREAM__OUT_OF_RANGE',
    `The Yellowstone endpoint ${url} cannot replay from there: ${details}`,
    { url, details, firstSlot: oldest < NO_SLOT ? oldest : null },
    cause,
  );
}

/** What an endpoint setting means to gRPC. @throws InputError `STREAM__BAD_ENDPOINT` */
export function parseEndpoint(url: string): { readonly address: string; readonly secure: boolean } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new InputError(
      'STREAM__BAD_ENDPOINT',
      `YELLOWSTONE_ENDPOINT=${shownUrl(url)} is not an http:// or https:// address`,
      {
        url: shownUrl(url),
      },
    );
  }
  const secure = parsed.protocol === 'https:';
  const port = parsed.port === '' ? (secure ? '443' : '80') : parsed.port;
  return { address: `${parsed.hostname}:${port}`, secure };
}
