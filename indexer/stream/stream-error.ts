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
  | 'unavailable'
  | 'unimplemented'
  | 'other';

/** The error of a failed stream. `firstSlot` is in the context of `STREAM__OUT_OF_RANGE` where the server named it. */
export function streamError(status: GrpcStatus, details: string, endpoint: string, cause?: unknown): PlumblineError {
  const url = shownUrl(endpoint);
  const context = { url, details };
  switch (status) {
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

function outOfRange(details: string, url: string, cause: unknown): UpstreamError {
  const oldest = /last available: (\d+)/i.exec(details)?.[1];
  return new UpstreamError(
    'STREAM__OUT_OF_RANGE',
    `The Yellowstone endpoint ${url} cannot replay from there: ${details}`,
    { url, details, firstSlot: oldest === undefined ? null : BigInt(oldest) },
    cause,
  );
}

/** What an endpoint setting means to gRPC. @throws InputError `STREAM__BAD_ENDPOINT` */
export function parseEndpoint(url: string): { readonly address: string; readonly secure: boolean } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    const shown = shownUrl(url);
    const message = `YELLOWSTONE_ENDPOINT=${shown} is not an http:// or https:// address`;
    throw new InputError('STREAM__BAD_ENDPOINT', message, { url: shown });
  }
  const secure = parsed.protocol === 'https:';
  const port = parsed.port === '' ? (secure ? '443' : '80') : parsed.port;
  return { address: `${parsed.hostname}:${port}`, secure };
}
