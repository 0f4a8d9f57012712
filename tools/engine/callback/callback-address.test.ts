import { describe, expect, it } from 'vitest';
import { callbackNames, readListenAddress, readPublicUrl } from './callback-address.ts';

describe('readListenAddress', () => {
  it.each([
    ['127.0.0.1:0', '127.0.0.1', 0],
    ['0.0.0.0:9000', '0.0.0.0', 9000],
    ['localhost:65535', 'localhost', 65_535],
    ['[::1]:9000', '::1', 9000],
    ['[::]:0', '::', 0],
    ['9000', '127.0.0.1', 9000],
    [':9000', '127.0.0.1', 9000],
  ])('reads %s', (text, host, port) => {
    expect(readListenAddress(text)).toEqual({ host, port });
  });

  it.each([
    '',
    'localhost',
    'localhost:',
    '::1:9000',
    '127.0.0.1:65536',
    '127.0.0.1:http',
    'http://localhost:9000',
    'a b:1',
  ])('refuses %j', (text) => {
    expect(() => readListenAddress(text)).toThrow(`${JSON.stringify(text)} is not a valid HOST:PORT`);
  });
});

describe('readPublicUrl', () => {
  it.each([
    ['http://host.docker.internal:9000', 'http://host.docker.internal:9000'],
    ['https://bot.example/hooks/', 'https://bot.example/hooks'],
  ])('reads %s', (text, url) => {
    expect(readPublicUrl(text)).toBe(url);
  });

  it.each([
    ['', 'is not an http or https URL'],
    ['host.docker.internal:9000', 'is not an http or https URL'],
    ['ws://localhost:9000', 'is not an http or https URL'],
    ['http://localhost:9000/?a=b', 'has a query or a fragment'],
    ['http://localhost:9000/#a', 'has a query or a fragment'],
    ['http://ann@localhost:9000', 'has credentials'],
  ])('refuses %j', (text, problem) => {
    expect(() => readPublicUrl(text)).toThrow(problem);
  });
});

describe('callbackNames', () => {
  it.each([
    [{ host: '127.0.0.1' }, ['127.0.0.1']],
    [{ host: '0.0.0.0' }, []],
    [{ host: '::', publicUrl: 'https://bot.example:9000/hooks' }, ['bot.example']],
    [{ host: 'localhost', publicUrl: 'https://[fe80::1]:9000' }, ['localhost', 'fe80::1']],
  ])('of %j', (callback, names) => {
    expect(callbackNames(callback)).toEqual(names);
  });
});
