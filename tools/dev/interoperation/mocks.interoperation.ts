/** The configurations of docs/mocks.md: each mock as a target, and how far it gets. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CaseResult, Results } from '../../engine/results/results.ts';
import { runSuite } from './command.ts';
import { configurations, hasJava, type Mock, type MockName, startMock } from './mocks.ts';

let mock: Mock;
afterEach(() => mock.close());

async function resultsOf(name: MockName, root: readonly string[]): Promise<Results> {
  mock = await startMock(name);
  const [version = '', ...options] = root;
  const target = path.join(configurations, 'target.yaml');
  const { results } = await runSuite(['--target', target, '--base-url', `${mock.origin}${version}`, ...options]);
  return results;
}

function requirementsWith(verdict: CaseResult['verdict'], { requirements }: Results): string[] {
  return requirements.filter((one) => one.verdict === verdict).map(({ id }) => id);
}

/** What a mock with one call can keep: the answer itself. */
const answer = ['status.success', 'response.schema', 'response.status', 'location.call', 'location.operation'];
const refusals = ['auth.missing', 'content-type.unsupported', 'body.not-an-object', 'status.unknown-call'];

describe('docs/mocks.md', () => {
  it.each<[MockName, string[], { keeps: string[]; breaks: string[] }]>([
    [
      'static stub',
      ['/beta'],
      {
        keeps: [...answer, 'status.unknown-call'],
        breaks: ['context.echo', 'response.id-unique', 'auth.missing', 'content-type.unsupported', 'body.malformed'],
      },
    ],
    [
      'json-server',
      ['/beta'],
      {
        keeps: [...answer, 'context.echo', 'response.id-unique', 'status.unknown-call'],
        breaks: ['auth.missing', 'content-type.unsupported', 'error.body'],
      },
    ],
    [
      'prism',
      ['', '--api-version', 'beta'],
      {
        keeps: [...answer, 'auth.missing', 'content-type.unsupported', 'body.not-an-object'],
        breaks: ['context.echo', 'response.id-unique', 'status.unknown-call'],
      },
    ],
    [
      'mockoon',
      ['/beta'],
      { keeps: [...answer, ...refusals, 'context.echo', 'response.id-unique'], breaks: ['context.type'] },
    ],
  ])('%s', async (name, root, { keeps, breaks }) => {
    const results = await resultsOf(name, root);
    expect(requirementsWith('passed', results)).toEqual(expect.arrayContaining(keeps));
    expect(requirementsWith('failed', results)).toEqual(expect.arrayContaining(breaks));
    expect(results.summary.verdict).toBe('non-conformant');
    expect(requirementsWith('harness-error', results)).toEqual([]);
  });

  it.skipIf(!hasJava)('wiremock: it takes some JSON that is broken, and does nothing else wrong', async () => {
    const results = await resultsOf('wiremock', ['/beta']);
    const kept = requirementsWith('passed', results);
    expect(kept).toEqual(expect.arrayContaining([...answer, ...refusals, 'context.echo', 'response.id-unique']));
    expect(requirementsWith('failed', results)).toEqual(['body.malformed']);
    // It has one call that does not end, and no second one.
    const notRun = ['status.ended-call', 'concurrency.many-calls'];
    expect(requirementsWith('could-not-run', results)).toEqual(expect.arrayContaining(notRun));
  });
});
