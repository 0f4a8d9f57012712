/** Prism 5.14.2, a mock server and validating proxy that knows nothing but the OpenAPI fragment. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import type { CaseResult, Exchange, Results } from '../../engine/results/results.ts';
import { runSuite } from './command.ts';
import { type Peer, startPrism } from './prism.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function closedLater<T extends Peer | EmulatorServer>(peer: T): T {
  closing.push(() => peer.close());
  return peer;
}

function requirementsWith(verdict: CaseResult['verdict'], { cases }: Results): string[] {
  return [...new Set(cases.filter((one) => one.verdict === verdict).map(({ requirement }) => requirement))].toSorted();
}

describe('prism mock', () => {
  let mock: Peer;
  beforeAll(async () => {
    mock = await startPrism('mock');
  });
  afterAll(() => mock.close());

  it('serves the fragment as it is: what a mute is answered with is its example', async () => {
    const answer = await fetch(`${mock.baseUrl}/communications/calls/any/mute`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: '{"clientContext":"any"}',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('sl-violations')).toBeNull();
    expect(answer.headers.get('location')).toMatch(/\/operations\/[0-9a-f-]{36}$/);
    expect(await answer.json()).toMatchObject({ '@odata.type': '#microsoft.graph.muteParticipantOperation' });
  });

  it('is told that it answers every creation with one id; docs/mocks.md has the target file for it', async () => {
    const { exitCode, results } = await runSuite(['--base-url', mock.baseUrl]);
    expect(exitCode).toBe(4);
    expect(results.run.unreachable?.problem).toMatch(/^two group calls have the same id/);
    expect(results.run.unreachable?.advice).toContain('docs/mocks.md');
  });
});

interface Violation {
  readonly location: readonly string[];
  readonly message: string;
}

function violations({ response }: Exchange): Violation[] {
  const header = response?.headers['sl-violations'];
  return header === undefined ? [] : (JSON.parse(String(header)) as Violation[]);
}

/** Requests that the suite sends because their answer is open, though the fragment does not describe them. */
const openQuestions: Readonly<Record<string, (request: Exchange['request']) => boolean>> = {
  // The CSDL lets a client leave out the body, the page asks for one (fact 16): the fragment follows the page.
  'Body parameter is required': ({ body }) => (body ?? '') === '',
  // The namespaced action, which is recorded only, and unmute under the alias.
  'Selected route not found': ({ url }) => /\/(microsoft\.graph\.mute|unmute)$/.test(url),
};

describe('prism proxy, between the suite and the emulator', () => {
  it(
    'finds nothing in an answer or in a legal request that is against the fragment',
    { timeout: 300_000 },
    async () => {
      const emulator = closedLater(await startEmulatorServer({ acceptAnyToken: true }));
      const { baseUrl } = closedLater(await startPrism('proxy', emulator.baseUrl('beta')));
      const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-interoperation-'));
      closing.push(() => rmSync(folder, { recursive: true }));
      const target = path.join(folder, 'target.yaml');
      writeFileSync(
        target,
        `name: emulator-behind-prism
baseUrl: ${baseUrl}
capabilities: { operations: true, participants: true, unmute: true, sharedMeeting: true }
`,
      );

      const { exitCode, results } = await runSuite(['--target', target, '--transcripts', 'all']);

      // Prism decodes the body and encodes it again, so that the emulator never sees what was not UTF-8.
      const failed = results.cases.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
      const notUtf8 = 'body.malformed/refuses-json-that-is-not-utf-8';
      expect(failed).toEqual([notUtf8, `${notUtf8}@app`]);
      expect(exitCode).toBe(1);
      // The emulator names its own origin, and Prism answers broken JSON itself, with an error and headers of its own.
      expect(requirementsWith('warned', results)).toEqual([
        'error.inner-error',
        'header.client-request-id',
        'header.request-id',
        'location.origin',
      ]);

      const found = results.cases.flatMap((one) =>
        one.exchanges.flatMap((exchange) => violations(exchange).map((violation) => ({ ...violation, one, exchange }))),
      );
      expect(found.length, 'Prism reports the requests that are wrong on purpose').toBeGreaterThan(50);
      expect(found.filter(({ location }) => location[0] !== 'request')).toEqual([]);
      const accepted = found.filter(({ exchange }) => (exchange.response?.status ?? 0) < 400);
      const unexpected = accepted.filter(
        ({ message, exchange }) => openQuestions[message]?.(exchange.request) !== true,
      );
      expect(unexpected.map(({ message, one }) => `${one.id}: ${message}`)).toEqual([]);
    },
  );
});
