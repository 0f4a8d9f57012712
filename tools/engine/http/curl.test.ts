import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CurlRequest, curlLine } from './curl.ts';

const plain: CurlRequest = {
  method: 'POST',
  url: 'http://127.0.0.1:8080/beta/communications/calls/c1/mute',
  headers: { accept: 'application/json', 'user-agent': 'suite', 'content-type': 'application/json' },
  body: '{"clientContext":"cc"}',
};

/** The words that a shell makes of a line, with the token filled in. */
function words(line: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; ${line}`;
  const output = execFileSync('sh', ['-c', script], { env: { ...process.env, TOKEN: 'secret' }, encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

describe('a curl line', () => {
  it('can be read', () => {
    expect(curlLine(plain)).toBe(
      `curl -i -X POST http://127.0.0.1:8080/beta/communications/calls/c1/mute -H 'accept: application/json' -H 'user-agent: suite' -H 'content-type: application/json' --data-raw '{"clientContext":"cc"}'`,
    );
  });

  it('names the token and leaves it to the shell', () => {
    const line = curlLine({ ...plain, headers: { authorization: 'Bearer $TOKEN', 'x-odd': `'$TOKEN' $(id) \`id\`` } });
    expect(line).toContain('-H "authorization: Bearer $TOKEN"');
    expect(words(line)).toContain('authorization: Bearer secret');
    expect(words(line)).toContain("x-odd: 'secret' $(id) `id`");
  });

  it('tells the token from what stands behind it', () => {
    const line = curlLine({ ...plain, headers: { authorization: 'Bearer $TOKENmore$TOKEN' } });
    expect(words(line)).toContain('authorization: Bearer secretmoresecret');
  });

  it('says what to leave out, and what to send although it is empty', () => {
    const line = curlLine({ ...plain, headers: { authorization: '', 'set-thing': ['a', 'b'] }, body: null });
    expect(words(line).slice(4)).toEqual([
      '-H',
      'authorization;',
      '-H',
      'set-thing: a',
      '-H',
      'set-thing: b',
      '-H',
      'accept:',
      '-H',
      'user-agent:',
      '-H',
      'content-type:',
      '--data-raw',
      '',
    ]);
    expect(curlLine({ ...plain, method: 'GET', body: null })).not.toContain('data');
  });

  it('keeps dot segments, brackets, and bodies that no terminal takes', () => {
    expect(curlLine({ ...plain, url: 'http://h/a/../b' })).toContain('--path-as-is');
    expect(curlLine({ ...plain, url: 'http://h/a[1]' })).toContain('--globoff');
    expect(curlLine({ ...plain, headers: { 'accept-encoding': 'gzip' } })).toContain('--compressed');
    expect(curlLine({ ...plain, body: 'x'.repeat(20_000) })).toContain('--data-binary @request-body.txt');
    expect(curlLine({ ...plain, body: 'a\0b' })).toContain('--data-binary');
    expect(curlLine({ ...plain, body: Buffer.from([0x22, 0xe9, 0x22]).toString() })).toContain('--data-binary');
  });

  it('means the same to a shell, whatever is in it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((value) => !/[\0\ufffd]/.test(value));
    fc.assert(
      fc.property(text, text, (body, value) => {
        const args = words(curlLine({ ...plain, headers: { 'x-value': `v${value}` }, body }));
        expect(args).toContain(`x-value: v${value}`);
        expect(args.at(-1)).toBe(body);
      }),
      { numRuns: 60 },
    );
  });
});
