import { describe, expect, it } from 'vitest';
import { packageFinding, findingsTable } from './package-finding.ts';

describe('finding', () => {
  it('is without a problem when nothing is thrown', async () => {
    expect(await packageFinding('22', 'runs', () => undefined)).toMatchObject({
      node: '22',
      what: 'runs',
      problem: undefined,
    });
  });

  it('keeps what was thrown', async () => {
    const failing = await packageFinding('22', 'runs', async () => {
      throw new Error('no');
    });
    expect(failing.problem).toBe('no');
  });
});

describe('findingsTable', () => {
  it('has a row for each and tells below what is wrong', () => {
    const table = findingsTable([
      { node: '', what: 'npm pack', problem: undefined, durationMs: 1200 },
      { node: '22.1.0', what: 'runs', problem: 'exit code 3', durationMs: 40 },
    ]);
    expect(table).toBe(
      [
        '        Node    what      time',
        'ok      -       npm pack  1.2 s',
        'FAILED  22.1.0  runs      0.0 s',
        '',
        'runs (Node 22.1.0):',
        'exit code 3',
        '',
      ].join('\n'),
    );
  });
});
