import { describe, expect, it } from 'vitest';
import { callbackPath, partingOf, plainCallbackPath } from './callback-path.ts';

const path = callbackPath('0'.repeat(32), 'a/b c@app');

it('the path of a callback names its call, and is one that a URL keeps as it is', () => {
  expect(path).toContain('?call=a-b-c-app&');
  const { pathname, search } = new URL(path, 'http://127.0.0.1');
  expect(pathname + search).toBe(path);
  expect(plainCallbackPath('0'.repeat(32), 'a/b c@app')).toBe(
    `/callbacks/${'0'.repeat(32)}/notify?call=a-b-c-app&check=a%20b`,
  );
});

it.each<[string, (text: string) => string]>([
  ['in lower case', (text) => text.toLowerCase()],
  ['with escapes in lower case', (text) => text.replaceAll(/%../g, (code) => code.toLowerCase())],
  ['decoded and encoded again', (text) => encodeURI(decodeURIComponent(text))],
  ['read and written as a form', (text) => text.replace(/\?.*/, (query) => `?${new URLSearchParams(query)}`)],
  ['with spaces for its plus signs', (text) => text.replaceAll('+', '%20')],
  ['with its parameters sorted', (text) => text.replace(/[^?]+$/, (query) => query.split('&').sort().join('&'))],
  ['without its empty parameter', (text) => text.replace('&empty=', '')],
  ['with one of two parameters of a name', (text) => text.replace('&twice=2', '')],
  ['without its last slash', (text) => text.replace('/?', '?')],
  ['up to its second question mark', (text) => text.split('?').slice(0, 2).join('?')],
  ['up to a semicolon', (text) => text.replace(/;.*/, '')],
])('a path is another one when it comes %s', (_, alter) => {
  expect(alter(path)).not.toBe(path);
});

describe('where two paths part', () => {
  it.each([
    ['/a?b=%2F&c', '/a?b=/&c', 'they part at "%2F&c", in place of which came "/&c"'],
    ['/a?b=%2F&c', '/a?b=%2f&c', 'they part at "%2F&c", in place of which came "%2f&c"'],
    ['/a/?b', '/a?b', 'they part at "/?b", in place of which came "?b"'],
    ['/a?b', '/a', 'they part at "?b", in place of which came ""'],
    ['/a', '/a', undefined],
  ])('of %s and %s', (expected, received, said) => {
    expect(partingOf(expected, received)).toBe(said);
  });
});
