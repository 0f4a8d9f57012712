import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import type { Cassette } from './cassette.ts';
import { cassetteText, checkRecordable, loadCassette, readCassette, writeCassette } from './cassette-file.ts';

const content: Omit<Cassette, 'sha256'> = {
  cassette: 'call-mute-conformance',
  schemaVersion: 1,
  suite: { name: 'call-mute-conformance', version: '1.2.3', requirementSet: 'call-mute/2024-04' },
  recordedAt: '2026-01-02T03:04:05.678Z',
  seed: 7,
  repeat: 1,
  partial: false,
  filters: {},
  cases: ['status.success/a-case'],
  targets: [
    {
      target: {
        name: 'acme',
        baseUrl: 'http://acme.example:8080/beta',
        apiVersion: 'beta',
        capabilities: { app: true },
        calls: { group: { create: { tenantId: 'tenant' } } },
        timeouts: { requestMs: 1, notificationMs: 2, quietMs: 3, throttleMs: 4 },
        maxBodyBytes: 1024,
        insecure: false,
        token: true,
        unprivilegedToken: false,
        callbackTokens: false,
        notes: [],
      },
      exchanges: [
        {
          case: 'status.success/a-case',
          step: 'mute',
          sentAtMs: 1.5,
          ms: 2.25,
          scope: 'http://acme.example:8080',
          method: 'POST',
          path: '/beta/communications/calls/1/mute',
          reqheaders: { 'client-request-id': 'one' },
          request: { headers: { authorization: null }, body: { clientContext: 'c' } },
          status: 200,
          rawHeaders: ['Content-Type', 'application/json'],
          response: { id: '1' },
        },
        {
          case: 'status.success/a-case',
          step: 'mute',
          sentAtMs: 4,
          ms: 0,
          scope: 'http://acme.example:8080',
          method: 'POST',
          path: '/beta/communications/calls/1/mute',
          reqheaders: { 'client-request-id': 'two' },
          request: {},
          failure: { name: 'Error', code: 'ECONNRESET', message: 'gone', answerBegun: false, reusedConnection: true },
        },
      ],
      unsent: ['three'],
      usualHeaders: ['Content-Type', 'application/json'],
      mailboxes: [
        {
          case: 'status.success/a-case',
          index: 0,
          url: 'http://127.0.0.1:1/callbacks/0/notify?call=1',
          deliveries: [{ after: 'one', ms: 3, rawHeaders: [], body: { value: [] } }],
        },
      ],
      lateDeliveries: 0,
      strangers: 2,
    },
  ],
};

/** What reading a text says is wrong with it. */
function problemOf(text: string): string {
  try {
    readCassette(text, 'run.cassette.json');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    if (error instanceof Error) return error.message;
  }
  throw new Error('it was read');
}

function changed(change: (cassette: Cassette) => unknown): string {
  const cassette = JSON.parse(cassetteText(content)) as Cassette;
  return JSON.stringify(change(cassette) ?? cassette);
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'call-mute-cassette-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a cassette', () => {
  it('is read as it was written', () => {
    const file = path.join(folder, 'sub folder', 'run.json');
    writeCassette(file, content);
    expect(loadCassette(file)).toEqual({ ...content, sha256: expect.any(String) as string });
    expect(readdirSync(path.dirname(file))).toEqual(['run.json']);
  });

  it('has a line for each exchange and each callback', () => {
    const lines = cassetteText(content).split('\n');
    const having = (word: string) => lines.filter((line) => line.includes(word)).length;
    expect([having('"step"'), having('"index"')]).toEqual([2, 1]);
    expect(lines.find((line) => line.startsWith('{"case"'))).toContain('"status":200');
  });

  it('is the same when a formatter has laid it out anew', () => {
    const laidOut = JSON.stringify(JSON.parse(cassetteText(content)), undefined, 4);
    expect(readCassette(`\uFEFF${laidOut}`, 'run.json').seed).toBe(7);
  });

  it.each([
    ['is missing', 'none.json', /none\.json does not exist; give --replay a file that --record wrote\./],
    ['is a folder', '.', /is a folder/],
  ])('is refused when it %s', (_name, file, problem) => {
    expect(() => loadCassette(path.join(folder, file))).toThrow(ConfigurationError);
    expect(() => loadCassette(path.join(folder, file))).toThrow(problem);
  });

  it.each([
    ['no JSON', 'name: acme', /run\.cassette\.json is not JSON, so it is not a cassette/],
    ['results', '{"schemaVersion":1,"suite":{}}', /run\.cassette\.json is not a cassette/],
    ['a list', '[]', /is not a cassette/],
    ['an HTTP archive', '{"log":{"entries":[]}}', /is an HTTP archive \(HAR\).*Run with --record FILE/],
    ['cut off', cassetteText(content).slice(0, 900), /is truncated or damaged/],
    [
      'of another version',
      changed((cassette) => ({ ...cassette, schemaVersion: 2 })),
      /has the schemaVersion 2, and this version of the suite replays 1; replay it with the version that recorded it \(1\.2\.3\)/,
    ],
    [
      'without a version',
      changed((cassette) => ({ ...cassette, schemaVersion: undefined })),
      /schemaVersion undefined/,
    ],
    [
      'edited',
      changed((cassette) => {
        const [exchange] = cassette.targets[0]?.exchanges ?? [];
        if (exchange !== undefined) exchange.status = 204;
      }),
      /was edited after it was recorded: .* sha256/,
    ],
    [
      'without its hash',
      changed((cassette) => ({ ...cassette, sha256: undefined })),
      /was edited after it was recorded/,
    ],
    [
      'whole and of another form',
      cassetteText({ ...content, seed: 'seven' as unknown as number }),
      /This version of the suite cannot replay the cassette .*: \/seed must be integer/,
    ],
  ])('is refused when it is %s', (_name, text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });
});

describe('a place for a recording', () => {
  it('is tried without leaving anything, and without touching what is there', () => {
    const file = path.join(folder, 'run.json');
    writeFileSync(file, 'before');
    checkRecordable(file);
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect(readFileSync(file, 'utf8')).toBe('before');
  });

  it('is refused when it is a folder, or below a file', () => {
    mkdirSync(path.join(folder, 'there'));
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => checkRecordable(path.join(folder, 'there'))).toThrow(/cannot be written to .*: it is a folder\. Give/);
    expect(() => checkRecordable(path.join(folder, 'file', 'run.json'))).toThrow(ConfigurationError);
  });
});
