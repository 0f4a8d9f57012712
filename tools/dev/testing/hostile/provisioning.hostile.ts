import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Results } from '../../../engine/results/results.ts';
import { casesOnMutes } from './corpus.ts';
import { caseOf, causeOf, expectLeaksCounted, noteRun, runAgainst, token } from './hostile-run.ts';
import { answer, json, raw, rebodied, reheadered } from './misbehaviours.ts';
import {
  type HostileExchange,
  type HostileTarget,
  type Misbehaviour,
  type Place,
  relay,
  startHostileTarget,
} from './proxy.ts';
import { treacherous } from './texts.ts';
import { patient, short, type TargetAmongOthers, testTogether } from './together.ts';

function said(results: Results): string {
  return results.run.unreachable?.problem ?? causeOf(caseOf(results, 'status.success'));
}

const someSuites = ['status-codes', 'location-header', 'transport'].flatMap((suite) => ['--suite', suite]);

describe('creating a call', () => {
  const refused: readonly (readonly [name: string, create: Misbehaviour, cause: RegExp])[] = [
    ['hangs', () => undefined, /no answer within 2000 ms/],
    ['is answered without an id', json({ state: 'established' }, 201), /without an id/],
    ['is answered with null', json(null, 201), /not a JSON object/],
    ['is answered with a number as id', json({ id: 1e21 }, 201), /the id 1e\+21, which is not a string/],
    ['is answered with an object as id', json({ id: { toString: 'x' } }, 201), /the id \{.*\}, which is not a string/],
    ['is answered with nothing as id', json({ id: '' }, 201), /./],
    ['is answered with . as id', json({ id: '.' }, 201), /./],
    ['is answered with .. as id', json({ id: '..' }, 201), /./],
    ['is answered with half a character as id', answer(201, {}, '{"id":"\\ud800"}'), /./],
    [
      'is answered with a treacherous refusal',
      json({ error: { code: treacherous, message: treacherous } }, 403),
      /403/,
    ],
    ['is answered with Location alone', answer(201, { Location: '/beta/communications/calls/a' }), /the body is empty/],
  ];
  const onCreation: readonly TargetAmongOthers[] = refused.map(([name, reply, cause]) => ({
    name,
    place: 'create',
    reply,
    settings: { timeouts: short },
    judge({ results }) {
      expect([3, 4]).toContain(results.run.exitCode);
      expect(said(results)).toMatch(cause);
      expect(results.run.durationMs).toBeLessThan(40_000);
      return said(results);
    },
  }));

  let creates = 0;
  const hangingEveryOtherTime: TargetAmongOthers = {
    name: 'hangs every other time',
    place: 'create',
    reply: async (exchange) => {
      creates += 1;
      if (creates % 2 === 1) await exchange.behave();
    },
    settings: { timeouts: short },
    judge({ target, results }) {
      expect([1, 3]).toContain(results.run.exitCode);
      expectLeaksCounted(results, target);
      return said(results);
    },
  };

  const neverEstablished: TargetAmongOthers = {
    name: 'goes well, but the call is never established',
    place: () => false,
    reply: () => undefined,
    deviation: {
      id: 'never-established',
      summary: 'Never establishes a call',
      settings: { establishAfterMs: 1e9 },
    },
    settings: { timeouts: short },
    judge({ target, results }) {
      expect(results.run.exitCode).toBe(3);
      expect(said(results)).toMatch(/not established within/);
      expectLeaksCounted(results, target);
      return said(results);
    },
  };

  describe('never goes well', () => testTogether(onCreation, []));
  // Each call that is missed is waited for: a suite that is told of calls is enough of those.
  describe('goes well now and then', () => {
    testTogether([hangingEveryOtherTime, neverEstablished], [...someSuites, '--suite', 'operation-lifecycle']);
  });
});

/** Puts another id in the place of every call's own, on the way in and on the way out. */
function renaming(rename: (id: string) => string): Misbehaviour {
  const toOwn = new Map<string, string>();
  return async (exchange: HostileExchange) => {
    const [, before = '', shown = '', after = ''] = /^(.*\/calls\/)([^/?]+)(.*)$/.exec(exchange.path) ?? [];
    const own = shown === '' ? undefined : toOwn.get(decodeURIComponent(shown));
    const good = await exchange.forward(own === undefined ? exchange.path : before + own + after);
    if (exchange.method === 'POST' && exchange.path.endsWith('/calls')) {
      const call = JSON.parse(good.body.toString()) as { id: string };
      const id = rename(call.id);
      toOwn.set(id, call.id);
      relay(exchange.response, { ...good, body: Buffer.from(JSON.stringify({ ...call, id })) });
      return;
    }
    const rawHeaders = good.rawHeaders.map((text) => (own === undefined ? text : text.replace(own, shown)));
    relay(exchange.response, { ...good, rawHeaders });
  };
}

describe('the id of a call', () => {
  const renamed: readonly (readonly [name: string, rename: (id: string) => string])[] = [
    ['with slashes', (id) => `a/../b//${id}/mute`],
    ['with dots', (id) => `..${id}..`],
    ['with percent signs', (id) => `%2e%2e%2F%${id}%`],
    ['with what begins a query', (id) => `${id}?a=b#c&d`],
    ['with spaces and what a shell obeys', (id) => `${id} '"; $(id) \`id\` \\`],
    ['with characters of all kinds', (id) => `${id}äöü€😀\u202e\u001b[31m</script>`],
    ['of 10 kB', (id) => id + 'x'.repeat(10_000)],
  ];
  const targets = renamed.map(([name, rename]): TargetAmongOthers => ({
    name,
    place: 'everything',
    reply: renaming(rename),
    settings: { timeouts: patient },
    judge({ target, results }) {
      // Every request has to name the call in one segment, whatever its id is made of; then all goes well.
      expect(caseOf(results, 'status.success').verdict).toBe('passed');
      expect([0, 1]).toContain(results.run.exitCode);
      expectLeaksCounted(results, target);
      return `${results.summary.verdict} ${said(results)}`;
    },
  }));
  testTogether(targets, someSuites);
});

describe('another origin', () => {
  const heard: string[] = [];
  const other = http.createServer((request, response) => {
    heard.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    response.end('{}');
  });
  let origin = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterAll(() => void other.close());

  const redirects: readonly (readonly [place: Place & string, status: number])[] = [
    ['mute', 301],
    ['mute', 302],
    ['mute', 303],
    ['mute', 307],
    ['mute', 308],
    ['create', 307],
    ['everything', 302],
  ];
  const redirecting = redirects.map(([place, status]): TargetAmongOthers => ({
    name: `${place} is redirected there with ${status}: nothing is sent to it`,
    place,
    reply: answer(status, ({ path: asked }) => ({ Location: origin + asked })),
    settings: { timeouts: short },
    judge({ results }) {
      expect(heard).toEqual([]);
      expect(results.run.exitCode).toBe(place === 'mute' ? 1 : 4);
      expect(said(results)).toMatch(new RegExp(`answered ${status}`));
      return said(results);
    },
  }));

  const naming: TargetAmongOthers = {
    name: 'is where Location leads: the operation is asked for at the target’s own',
    place: 'mute',
    reply: async (exchange) => {
      const good = await exchange.forward();
      const rawHeaders = good.rawHeaders.map((text) => text.replace(/^http:\/\/[^/]+/, origin));
      relay(exchange.response, { ...good, rawHeaders });
    },
    settings: { timeouts: short, capabilities: { operations: true } },
    judge({ results }) {
      expect(heard).toEqual([]);
      expect(caseOf(results, 'location.resolves').verdict).toBe('passed');
      expect(caseOf(results, 'location.origin').verdict).toBe('warned');
      return results.summary.verdict;
    },
  };

  testTogether([...redirecting, naming], someSuites);

  test('mute is redirected to itself: it is asked once', async ({ task }) => {
    let asked = 0;
    const target: HostileTarget = await startHostileTarget(
      'mute',
      (exchange) => {
        asked += 1;
        return answer(302, { Location: target.origin + exchange.path })(exchange);
      },
      token,
    );
    const run = await runAgainst(target, { words: someSuites });
    await target.close();
    noteRun(task, run.ended, said(run.results));
    expect(run.ended.exitCode).toBe(1);
    expect(asked).toBeLessThan(200);
  });
});

describe('Location', () => {
  const operation = '17e3b46c-f61d-4f4d-9635-c626ef18e6ad';
  const locations: readonly (readonly [name: string, value: string])[] = [
    ['of javascript', 'javascript:alert(document.domain)'],
    ['of data', 'data:text/html,<script>alert(1)</script>'],
    ['of a file', 'file:///etc/passwd'],
    ['of 12 kB', `/beta/communications/calls/a/operations/${'x'.repeat(12_000)}`],
    ['of slashes', `${'/'.repeat(5_000)}communications/calls/a/operations/b`],
    ['of dots', `/beta/communications/calls/../../../../etc/passwd/operations/${operation}`],
    [
      'with credentials',
      `http://user:${encodeURIComponent(token)}@elsewhere.example/beta/communications/calls/a/operations/b`,
    ],
    ['of percent signs', '/beta/communications/calls/%/operations/%zz%00%2e%2e'],
    ['with an address that is none', 'http://[::1/communications/calls/a/operations/b'],
    ['of nothing', ''],
    ['of a space', ' '],
  ];
  const odd = locations.map(([name, value]): TargetAmongOthers => ({
    name,
    place: 'mute',
    reply: reheadered(() => ({ Location: value })),
    settings: { timeouts: short, capabilities: { operations: true } },
    judge({ results }) {
      expect(results.run.exitCode).toBe(1);
      return causeOf(caseOf(results, 'location.call'));
    },
  }));

  const many: TargetAmongOthers = {
    name: 'that is five hundred',
    place: 'mute',
    reply: async (exchange) => {
      const good = await exchange.forward();
      const locations = Array.from({ length: 500 }, (_, index) => ['Location', `/${index}`]).flat();
      relay(exchange.response, { ...good, rawHeaders: [...good.rawHeaders, ...locations] });
    },
    settings: { timeouts: short },
    judge({ results }) {
      expect(caseOf(results, 'location.present').verdict).toBe('failed');
      return causeOf(caseOf(results, 'location.present'));
    },
  };

  const forging: TargetAmongOthers = {
    name: 'that forges a header with CRLF',
    place: 'mute',
    reply: raw(
      'HTTP/1.1 200 OK\r\nLocation: /a\r\nSet-Cookie: forged=1\r\n folded: yes\r\nContent-Length: 2\r\n\r\n{}',
      'open',
    ),
    settings: { timeouts: short },
    judge({ results }) {
      expect([1, 3]).toContain(results.run.exitCode);
      return said(results);
    },
  };

  let mutes = 0;
  const changing: TargetAmongOthers = {
    name: 'and body change with every answer',
    place: 'mute',
    reply: rebodied((text) => ((mutes += 1) % 2 === 0 ? text : '{}')),
    settings: { timeouts: short },
    judge({ results }) {
      // What the Location leads to is judged by the answers that have an id; that the others have none is the body's fault.
      const failed = results.cases.filter(({ verdict }) => verdict === 'failed').map(({ requirement }) => requirement);
      expect(failed).toEqual(expect.arrayContaining(['response.odata-type', 'response.id', 'response.status']));
      expect(results.run.exitCode).toBe(1);
      return results.summary.verdict;
    },
  };

  testTogether([...odd, many, forging, changing], casesOnMutes);
});
