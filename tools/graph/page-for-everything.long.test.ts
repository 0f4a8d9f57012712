import { afterEach, describe, expect, it } from 'vitest';
import { runSuites } from '../dev/testing/run-suites.ts';
import { type ScriptedTarget, startScriptedTarget, targetAt } from '../dev/testing/targets/scripted-target.ts';

const open: ScriptedTarget[] = [];
afterEach(async () => {
  for (const target of open.splice(0)) await target.close();
});

/** Creates and deletes calls, and answers everything else with a web page, as a proxy or a framework does. */
async function startPages(status: number): Promise<ScriptedTarget> {
  let count = 0;
  const target = await startScriptedTarget(({ method, path }) => {
    count += 1;
    if (method === 'DELETE' && !path.endsWith('/mute')) return { status: 204 };
    if (path.endsWith('/calls')) return { status: 201, json: { id: `call-${count}`, state: 'established' } };
    return { status, text: '<!doctype html><title>Mute</title>', headers: { 'Content-Type': 'text/html' } };
  });
  open.push(target);
  return target;
}

/** What can be said of a page, too: it has no Location header, and does not show the token. */
const trueOfPages = ['location.absent-on-error', 'error.no-secret'];

describe('a target that answers everything with a page', () => {
  it.each([200, 400, 401, 404, 415])('with %i, keeps no promise about the content of an answer', async (status) => {
    const target = await startPages(status);
    const { ids } = await runSuites({ ...targetAt(target.baseUrl), callbacks: 'none' }, (id) =>
      /^(response|context|location|error|header|operation)\./.test(id),
    );
    const kept = [...new Set(ids('satisfied').map((id) => id.slice(0, id.indexOf('/'))))];
    expect(kept.filter((requirement) => !trueOfPages.includes(requirement))).toEqual([]);
    expect(ids('harness-error')).toEqual([]);
    if (status === 200) expect(ids('violated').join()).toContain('response.schema/');
  });
});
