import { describe, expect, it } from 'vitest';
import { proxyFor } from './proxy.ts';

const target = (url: string) => new URL(url);

describe('the proxy of a target', () => {
  it('is chosen by its scheme, in either spelling', () => {
    const environment = { HTTPS_PROXY: 'http://secure:3128', http_proxy: 'plain:3128' };
    expect(proxyFor(target('https://graph.example/beta'), environment)).toBe('http://secure:3128');
    expect(proxyFor(target('http://graph.example/beta'), environment)).toBe('http://plain:3128');
    expect(proxyFor(target('https://graph.example/beta'), {})).toBeUndefined();
    expect(proxyFor(target('https://graph.example/beta'), { HTTPS_PROXY: '' })).toBeUndefined();
  });

  it.each([
    'http://localhost:8080/beta',
    'http://127.0.0.1:1/',
    'http://127.9.9.9/',
    'http://[::1]:1/',
    'http://a.localhost/',
  ])('is none for %s', (url) => {
    expect(proxyFor(target(url), { HTTP_PROXY: 'http://proxy:3128' })).toBeUndefined();
  });

  it.each([
    ['graph.example', '*', true],
    ['graph.example', 'other.example, graph.example', true],
    ['graph.example', 'GRAPH.EXAMPLE', true],
    ['api.graph.example', '.graph.example', true],
    ['api.graph.example', '*.graph.example', true],
    ['api.graph.example', 'graph.example', true],
    ['mygraph.example', 'graph.example', false],
    ['graph.example', 'graph.example:80', true],
    ['graph.example', 'graph.example:81', false],
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.0.0.0/99', false],
    ['[fd00::1]', 'fd00::/8', true],
    ['[fd00::1]', 'fd00::1', true],
    ['[fd00::1]', '[fd00::1]:80', true],
    ['graph.example', '10.0.0.0/8', false],
    ['graph.example', ' , ', false],
  ])('%s is exempt by NO_PROXY=%s: %s', (host, noProxy, exempt) => {
    const proxy = proxyFor(target(`http://${host}/beta`), { http_proxy: 'http://proxy:3128', NO_PROXY: noProxy });
    expect(proxy).toBe(exempt ? undefined : 'http://proxy:3128');
  });
});
