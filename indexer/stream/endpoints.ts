/**
 * The endpoints that the settings name: one, or several of the same chain, each with the token that is its own.
 * @module
 */
import { checkInput } from '../domain/errors.ts';
import type { Settings } from '../domain/settings.ts';
import { parseEndpoint } from './stream-error.ts';
import type { StreamEndpoint } from './transport.ts';

type EndpointSettings = Pick<Settings, 'YELLOWSTONE_ENDPOINT' | 'YELLOWSTONE_X_TOKEN' | 'YELLOWSTONE_COMPRESSION'>;

/**
 * The first one is asked first wherever one has to be.
 * @throws InputError `STREAM__BAD_ENDPOINT`, `STREAM__BAD_TOKEN`, `STREAM__TOKENS_DO_NOT_MATCH`, `STREAM__ENDPOINT_TWICE`
 */
export function streamEndpoints(settings: EndpointSettings): readonly StreamEndpoint[] {
  const urls = settings.YELLOWSTONE_ENDPOINT.split(',').map((each) => each.trim());
  const tokens = tokensOf(settings.YELLOWSTONE_X_TOKEN, urls.length);
  const addresses = urls.map((url) => parseEndpoint(url).address);
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  checkInput(
    twice === undefined,
    'STREAM__ENDPOINT_TWICE',
    `YELLOWSTONE_ENDPOINT names ${twice} twice: a second stream of one server proves nothing`,
    { address: twice ?? '' },
  );
  const compression = settings.YELLOWSTONE_COMPRESSION;
  return urls.map((url, index) => ({ url, xToken: tokens[index] ?? '', compression }));
}

/** One token is never sent to several servers: whoever runs the second would have the first one's secret. */
function tokensOf(setting: string, endpointCount: number): readonly string[] {
  checkInput(
    /^[\x20-\x7e]*$/.test(setting.trim()),
    'STREAM__BAD_TOKEN',
    'YELLOWSTONE_X_TOKEN holds characters that no token has: a header takes printable ASCII alone',
  );
  // Files and editors leave a line end behind it.
  if (setting.trim() === '' || endpointCount === 1) return [setting.trim()];
  const tokens = setting.split(',').map((each) => each.trim());
  checkInput(
    tokens.length === endpointCount,
    'STREAM__TOKENS_DO_NOT_MATCH',
    `YELLOWSTONE_X_TOKEN has ${tokens.length} tokens for ${endpointCount} endpoints: give one each in the same order, nothing between commas for none`,
    { tokenCount: tokens.length, endpointCount },
  );
  return tokens;
}

/** What is shown of an endpoint: some providers put a secret into the path. */
export function addressOf({ url }: StreamEndpoint): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
