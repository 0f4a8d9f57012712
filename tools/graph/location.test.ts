import { describe, expect, it } from 'vitest';
import { pathBehind, readLocation } from './location.ts';

const operation = '/communications/calls/c/operations/o';

describe('readLocation', () => {
  it.each([
    [[`https://other.example/beta${operation}`], 'c', 'o', 'https://other.example'],
    [[`${operation}`], 'c', 'o', undefined],
    [[`/v1.0/app/calls/c/operations/o?x=1`], 'c', 'o', undefined],
    [[`http://h/beta/communications/calls/a%20b/operations/o%2F1`], 'a b', 'o/1', 'http://h'],
    [['', 'second'], undefined, undefined, undefined],
    [['javascript:alert(1)'], undefined, undefined, 'null'],
    [['http://'], undefined, undefined, undefined],
    [[], undefined, undefined, undefined],
  ])('takes %j apart', (values, callId, operationId, origin) => {
    const location = readLocation(values);
    expect(location).toMatchObject({ values, value: values[0] ?? '', callId, operationId });
    expect(location.url?.origin).toBe(origin);
  });
});

describe('pathBehind', () => {
  const mute = 'http://target.example/graph/beta/communications/calls/c/mute';

  it.each([
    [`https://other.example/beta${operation}`, `/beta${operation}`],
    [`//other.example/beta${operation}`, `/beta${operation}`],
    [`/beta${operation}`, `/beta${operation}`],
    ['operations/o?x=1', '/graph/beta/communications/calls/c/operations/o?x=1'],
    ['../d/operations/o', '/graph/beta/communications/calls/d/operations/o'],
    ['/a b|c[d]^{}"<>`\\e', '/a%20b%7Cc%5Bd%5D%5E%7B%7D%22%3C%3E%60/e'],
    ['/%4z', '/%254z'],
    ['/50%/ä%41', '/50%25/%C3%A4%41'],
    ['http://h//double', '/double'],
    ['http://h', '/'],
  ])('finds what %s asks for', (value, path) => {
    expect(pathBehind(value, mute)).toBe(path);
  });

  it.each([
    'javascript:alert(1)',
    'xhttp://h/x',
    'httpx://h/x',
    'file:///etc/passwd',
    'http://',
    'http://[x',
    'data:,x',
  ])('finds nothing in %s', (value) => {
    expect(pathBehind(value, mute)).toBeUndefined();
  });
});
