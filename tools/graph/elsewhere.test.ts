import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { runSuites } from '../dev/testing/run-suites.ts';
import { rosterItem, startScriptedTarget, targetAt } from '../dev/testing/targets/scripted-target.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Counts who knocks, whatever they want. */
async function listener(): Promise<{ origin: string; connections: () => number }> {
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, connections: () => connections };
}

it('sends no request to where a target points', { timeout: 30_000 }, async () => {
  const other = await listener();
  const pointing = (path: string) => ({
    '@odata.context': `${other.origin}/v1.0/$metadata#x`,
    '@odata.id': `${other.origin}${path}`,
    '@odata.editLink': `${other.origin}${path}`,
    '@odata.nextLink': `${other.origin}${path}?$skiptoken=1`,
    callbackUri: `${other.origin}/callback`,
  });
  const callbacks = new Map<string, string>();
  const muted = new Set<string>();
  const own = (id: string) => ({ ...pointing('/p'), id: 'me', isMuted: muted.has(id), info: { identity: {} } });
  const target = await startScriptedTarget(({ method, path, json }, self) => {
    const [, id = '', rest = ''] = /\/calls\/([^/]+)(.*)/.exec(path) ?? [];
    const here = `/v1.0/communications/calls/${id}`;
    if (method === 'POST' && id === '') {
      const made = `call-${callbacks.size}`;
      callbacks.set(made, String(json['callbackUri']));
      const call = { ...pointing('/calls/x'), id: made, state: 'established', myParticipantId: 'me' };
      return { status: 201, json: call, headers: { Location: `${other.origin}/calls/${made}` } };
    }
    if (method === 'POST' && rest === '/mute' && callbacks.has(id) && typeof json['clientContext'] === 'string') {
      muted.add(id);
      setImmediate(() => void self.notify(callbacks.get(id) ?? '', rosterItem(id, own(id))));
      const operation = { '@odata.type': '#microsoft.graph.muteParticipantOperation', id: 'op', status: 'completed' };
      return {
        status: 200,
        json: { ...operation, ...pointing('/operations/op'), clientContext: json['clientContext'] },
        headers: { Location: `${other.origin}${here}/operations/op` },
      };
    }
    if (method === 'GET' && rest.startsWith('/participants')) {
      return { status: 200, json: { ...pointing('/participants'), value: [own(id)] } };
    }
    if (method === 'GET' && rest.startsWith('/operations'))
      return { status: 200, json: { ...pointing('/o'), id: 'op' } };
    // What is refused or gone sends the client on, in every way there is.
    return {
      status: method === 'DELETE' ? 204 : 307,
      headers: {
        Location: `${other.origin}${path}`,
        Refresh: `0; url=${other.origin}/`,
        Link: `<${other.origin}/>; rel=next`,
      },
    };
  });
  open.push(target);
  const described = targetAt(target.baseUrl, {
    capabilities: { operations: true, participants: true },
    timeouts: { notificationMs: 2_000 },
  });
  const chosen = /^(location|status|response|state|roster\.(self|not-on)|method|error\.body|auth\.missing).*[^p]$/;
  const run = await runSuites(described, (id) => chosen.test(id));
  expect(run.ids('satisfied')).toContain('location.resolves/answers-a-get-of-the-operation-with-the-same-operation');
  expect(run.outcome('location.origin/names-its-own-origin').kind).toBe('violated');
  expect(run.ids('harness-error')).toEqual([]);
  expect(run.session.traffic().requests).toBeGreaterThan(100);
  expect(other.connections()).toBe(0);
});
