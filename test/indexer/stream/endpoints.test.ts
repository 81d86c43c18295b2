import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../indexer/domain/settings.ts';
import { addressOf, streamEndpoints } from '../../../indexer/stream/endpoints.ts';

const endpointsOf = (YELLOWSTONE_ENDPOINT: string, YELLOWSTONE_X_TOKEN = '') =>
  streamEndpoints(readSettings({ YELLOWSTONE_ENDPOINT, YELLOWSTONE_X_TOKEN }));

describe('the endpoints of the settings', () => {
  test('one endpoint has its token as it stands, commas and all', () => {
    expect(endpointsOf('https://one:443', 'a,b')).toMatchObject([{ url: 'https://one:443', xToken: 'a,b' }]);
  });

  test('several endpoints have a token each, in the same order, or none', () => {
    expect(endpointsOf('https://one, http://two:10000', 'first,')).toMatchObject([
      { url: 'https://one', xToken: 'first' },
      { url: 'http://two:10000', xToken: '' },
    ]);
    expect(endpointsOf('https://one,https://two').map(({ xToken }) => xToken)).toEqual(['', '']);
  });

  test('a token is never sent to a server that it was not given for', () => {
    expect(() => endpointsOf('https://one,https://two', 'only')).toThrow(
      expect.objectContaining({ code: 'STREAM__TOKENS_DO_NOT_MATCH' }),
    );
  });

  test('the line end that a file leaves behind a token is not part of it', () => {
    expect(endpointsOf('https://one', ' token\n')).toMatchObject([{ xToken: 'token' }]);
    expect(endpointsOf('https://one,https://two', 'first,second\n')).toMatchObject([
      { xToken: 'first' },
      { xToken: 'second' },
    ]);
  });

  test.each(['tök', 'one\ntwo', 'to\u0000ken'])(
    'a token that no header can carry is refused and not shown',
    (token) => {
      const error = expect.objectContaining({ code: 'STREAM__BAD_TOKEN', message: expect.not.stringContaining(token) });
      expect(() => endpointsOf('https://one', token)).toThrow(error);
    },
  );

  test('one server named twice is refused, also where one name has the default port', () => {
    expect(() => endpointsOf('https://one,https://one:443/path')).toThrow(
      expect.objectContaining({ code: 'STREAM__ENDPOINT_TWICE' }),
    );
  });

  test.each(['one:10000', 'https://one,two', 'https://one;https://two,', 'ws://one'])('%s is refused', (text) => {
    expect(() => endpointsOf(text)).toThrow(expect.objectContaining({ code: 'SETTINGS__INVALID' }));
  });

  test('what is shown of an endpoint has no path, where some providers put a secret', () => {
    expect(addressOf({ url: 'https://one.example:443/secret', xToken: 'secret' })).toBe('one.example');
  });
});
