/** Prism 5.14.2, a mock server and validating proxy that knows nothing but the OpenAPI fragment. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/start.ts';
import type { CaseResult, Exchange, Results } from '../results/results.ts';
import { runSuite } from './command.ts';
import { type Peer, startPrism } from './prism.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function closedLater<T extends Peer | Emulator>(peer: T): T {
  closing.push(() => peer.close());
  return peer;
}

function requirementsWith(verdict: CaseResult['verdict'], { cases }: Results): string[] {
  return [...new Set(cases.filter((one) => one.verdict === verdict).map(({ requirement }) => requirement))].toSorted();
}

describe('prism mock', () => {
  it('serves the fragment as it is: what a mute is answered with is its example', async () => {
    const { baseUrl } = closedLater(await startPrism('mock'));
    const answer = await fetch(`${baseUrl}/communications/calls/any/mute`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: '{"clientContext":"any"}',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('sl-violations')).toBeNull();
    expect(answer.headers.get('location')).toMatch(/\/operations\/[0-9a-f-]{36}$/);
    expect(await answer.json()).toMatchObject({ '@odata.type': '#microsoft.graph.muteParticipantOperation' });
  });

  it('is non-conformant: it has the right shapes, and neither a memory nor a callback', async () => {
    const { baseUrl } = closedLater(await startPrism('mock'));
    const { exitCode, results } = await runSuite(['--base-url', baseUrl, '--notification-timeout', '500ms']);
    expect(results.summary.verdict).toBe('non-conformant');
    expect(exitCode).toBe(1);
    const failed = requirementsWith('failed', results);
    // It answers every mute with one and the same example.
    expect(failed).toEqual(expect.arrayContaining(['context.echo', 'context.max-length', 'response.id-unique']));
    expect(failed).toEqual(expect.arrayContaining(['concurrency.many-calls', 'concurrency.same-call']));
    // It knows no calls.
    expect(failed).toEqual(expect.arrayContaining(['status.unknown-call', 'status.ended-call']));
    expect(failed).toEqual(expect.arrayContaining(['group.peer-to-peer-refused', 'group.peer-to-peer-unchanged']));
    // It calls nobody back.
    expect(failed).toEqual(expect.arrayContaining(['roster.delivered', 'roster.self-muted']));
    // It takes a body of no declared type for one of a wrong type: 422. A wrong method gets a problem document.
    expect(failed).toEqual(expect.arrayContaining(['content-type.required', 'error.body']));
    expect(failed).toHaveLength(13);
    // What follows from the schemas it does well.
    const passed = requirementsWith('passed', results);
    expect(passed).toEqual(
      expect.arrayContaining([
        'auth.missing',
        'body.not-an-object',
        'content-type.unsupported',
        'location.operation',
        'response.schema',
        'response.status',
        'status.success',
      ]),
    );
    expect(requirementsWith('harness-error', results)).toEqual([]);
    expect(requirementsWith('indeterminate', results)).toEqual([]);
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
const openQuestions: Readonly<Record<string, RegExp>> = {
  // The CSDL lets a client leave out the body, the page asks for one (fact 16): the fragment follows the page.
  'Body parameter is required': /^(body\.empty|status\.never-5xx)\//,
  // The namespaced action, which is recorded only, and unmute under the alias.
  'Selected route not found': /^(path\.qualified-action|state\.unmute-roundtrip)\//,
};

describe('prism proxy, between the suite and the emulator', () => {
  it('finds nothing in an answer or in a legal request that is against the fragment', async () => {
    const emulator = closedLater(await startEmulator({ acceptAnyToken: true }));
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

    const { exitCode, results } = await runSuite(['--target', target]);

    expect(results.summary.verdict).toBe('conformant');
    expect(exitCode).toBe(0);
    // The emulator names its own origin, and Prism answers broken JSON itself, with an error of its own.
    expect(requirementsWith('warned', results)).toEqual(['error.inner-error', 'location.origin']);

    const found = results.cases.flatMap((one) =>
      one.exchanges.flatMap((exchange) => violations(exchange).map((violation) => ({ ...violation, one, exchange }))),
    );
    expect(found.length, 'Prism reports the requests that are wrong on purpose').toBeGreaterThan(50);
    expect(found.filter(({ location }) => location[0] !== 'request')).toEqual([]);
    const accepted = found.filter(({ exchange }) => (exchange.response?.status ?? 0) < 400);
    expect(accepted.filter(({ message, one }) => openQuestions[message]?.test(one.id) !== true)).toEqual([]);
  });
});
