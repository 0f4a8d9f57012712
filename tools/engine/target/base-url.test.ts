import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { otherRoot, readApiVersion, readBaseUrl } from './base-url.ts';
import type { ApiVersion } from './target.ts';

function read(text: string, given?: ApiVersion, allowProduction = false) {
  return readBaseUrl(text, given, '--base-url', allowProduction);
}

describe('readBaseUrl', () => {
  it.each<[string, ApiVersion | undefined, string, string]>([
    ['http://localhost:8080/beta', undefined, 'http://localhost:8080/beta', 'beta'],
    ['http://localhost:8080/beta/', undefined, 'http://localhost:8080/beta', 'beta'],
    ['https://emulator.example/v1.0//', undefined, 'https://emulator.example/v1.0', 'v1.0'],
    ['HTTPS://Emulator.Example:443/graph/v1.0', undefined, 'https://emulator.example/graph/v1.0', 'v1.0'],
    ['http://localhost:8080', 'beta', 'http://localhost:8080', 'beta'],
    ['http://localhost:8080/graph/', 'v1.0', 'http://localhost:8080/graph', 'v1.0'],
    ['http://[::1]:8080/beta', 'beta', 'http://[::1]:8080/beta', 'beta'],
    ['http://127.0.0.1/a%20b/beta', undefined, 'http://127.0.0.1/a%20b/beta', 'beta'],
  ])('reads %s with version %s', (text, given, baseUrl, apiVersion) => {
    expect(read(text, given)).toEqual({ baseUrl, apiVersion });
  });

  it.each([
    ['', 'is not a valid URL'],
    ['localhost', 'is not a valid URL'],
    ['http://', 'is not a valid URL'],
    ['localhost:8080/beta', 'does not begin with http:// or https://'],
    ['http:localhost:8080/beta', 'does not begin with http:// or https://'],
    ['ftp://localhost/beta', 'does not begin with http:// or https://'],
    ['file:///beta', 'does not begin with http:// or https://'],
    ['http://localhost:8080/beta?x=1', 'has a query'],
    ['http://localhost:8080/beta?', 'has a query'],
    ['http://localhost:8080/beta#x', 'has a fragment'],
    ['http://localhost:8080/beta#', 'has a fragment'],
    ['http://localhost:8080', 'does not end in beta or v1.0'],
    ['http://localhost:8080/v2.0', 'does not end in beta or v1.0'],
    ['http://localhost:8080/Beta', 'does not end in beta or v1.0'],
  ])('refuses %j', (text, problem) => {
    expect(() => read(text)).toThrow(ConfigurationError);
    expect(() => read(text)).toThrow(`--base-url ${JSON.stringify(text)} ${problem}`);
  });

  it('refuses credentials without repeating them', () => {
    const problem = (() => {
      try {
        return read('http://ann:s3cret@localhost/beta').baseUrl;
      } catch (error) {
        return String(error);
      }
    })();
    expect(problem).toContain('has credentials in it; give the token with --token-env or --token-file');
    expect(problem).not.toContain('s3cret');
  });

  it('refuses a version that there is not, and one that is not the one of the URL', () => {
    expect(() => readApiVersion('v2.0')).toThrow('"v2.0" is neither beta nor v1.0');
    expect(() => read('http://localhost/beta', 'v1.0')).toThrow('ends in beta, but the API version is given as v1.0');
  });

  it.each([
    'https://graph.microsoft.com/beta',
    'https://GRAPH.microsoft.com./v1.0',
    'https://canary.graph.microsoft.com/beta',
    'https://graph.microsoft.us/v1.0',
    'https://dod-graph.microsoft.us/v1.0',
    'https://microsoftgraph.chinacloudapi.cn/v1.0',
  ])('creates no calls on %s by accident', (text) => {
    expect(() => read(text)).toThrow('Give --allow-production if you mean it');
    expect(read(text, undefined, true).apiVersion).toMatch(/^(beta|v1\.0)$/);
  });

  it.each(['https://graph.microsoft.com.example/beta', 'https://mygraph.microsoft.com/beta'])(
    'takes %s for what it is',
    (text) => {
      expect(read(text).apiVersion).toBe('beta');
    },
  );
});

it.each([
  ['http://localhost:8080/beta', 'http://localhost:8080'],
  ['http://localhost:8080/graph/v1.0', 'http://localhost:8080/graph'],
  ['http://localhost:8080', 'http://localhost:8080/beta'],
  ['http://localhost:8080/graph', 'http://localhost:8080/graph/beta'],
])('beside %s there is %s', (baseUrl, other) => {
  expect(otherRoot({ baseUrl, apiVersion: 'beta' })).toBe(other);
});
