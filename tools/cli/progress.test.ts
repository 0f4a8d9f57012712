import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Progress } from './progress.ts';
import { progressBlock, progressLine, ProgressState } from './progress-state.ts';

const cases = [
  { id: 'status.success/one', suite: 'status-codes', times: 1 },
  { id: 'status.success/two', suite: 'status-codes', times: 1 },
  { id: 'state.repeat/one', suite: 'state', times: 1 },
];

describe('how far a run is', () => {
  const wide = { columns: 80, rows: 24, unicode: true };

  it('is told by suite, with what is waited for', () => {
    const state = new ProgressState(cases);
    expect(progressBlock(state, 50, wide).at(-1)).toBe('0/3 done, 0.1 s; waiting for the target');
    state.end('status.success/one', false);
    state.end('state.repeat/one', true);
    expect(progressBlock(state, 1234, wide)).toEqual([
      '… status-codes  1/2',
      '✓ state         1/1, 1 violation',
      '2/3 done, 1 violation, 1.2 s; waiting for status.success/two',
    ]);
    state.end('status.success/two', false);
    expect(progressBlock(state, 1234, wide).at(-1)).toMatch(/waiting for calls to be deleted$/);
    expect(progressLine(state, 2000)).toBe('3/3 done, 1 violation, 2.0 s');
  });

  it('counts each case on each target', () => {
    const state = new ProgressState(cases.map((each) => ({ ...each, times: 2 })));
    state.end('state.repeat/one', false);
    expect(state).toMatchObject({ total: 6, ended: 1 });
    expect(state.awaited).toContain('state.repeat/one');
    state.end('state.repeat/one', false);
    expect(state.awaited).not.toContain('state.repeat/one');
  });

  it('fits narrow, low and plain terminals', () => {
    const state = new ProgressState(cases);
    for (const columns of [1, 10, 40]) {
      for (const line of progressBlock(state, 0, { ...wide, columns })) expect(line.length).toBeLessThan(columns);
    }
    expect(progressBlock(state, 0, { ...wide, rows: 3 })).toHaveLength(1);
    expect(progressBlock(state, 0, { ...wide, unicode: false }).join()).toMatch(/^[ -~]*$/);
  });
});

describe('progress as it is written', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function progressOn(isTTY: boolean, environment: NodeJS.ProcessEnv = { LANG: 'C.UTF-8' }) {
    let written = '';
    let time = 0;
    const output = { isTTY, columns: 60, rows: 20, write: (text: string) => (written += text) };
    const progress = new Progress({ cases, output, environment, now: () => time });
    return {
      progress,
      written: () => written,
      pass: (ms: number) => {
        time += ms;
        vi.advanceTimersByTime(ms);
      },
    };
  }

  it('is written over on a terminal, and taken away at the end', () => {
    const { progress, written, pass } = progressOn(true);
    pass(100);
    expect(written().split('\n')).toHaveLength(3);
    progress.ended('state.repeat/one', false);
    pass(100);
    expect(written()).toContain('\u001b[2A\r\u001b[J');
    expect(written()).toContain('✓ state');
    progress.close();
    expect(written().endsWith('\u001b[2A\r\u001b[J')).toBe(true);
    const length = written().length;
    pass(1000);
    progress.close();
    expect(written()).toHaveLength(length);
  });

  it.each<[string, boolean, NodeJS.ProcessEnv]>([
    ['in a log', false, {}],
    ['in a CI system', true, { CI: 'true' }],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
  ])('is a plain line now and then %s', (_name, isTTY, environment) => {
    const { progress, written, pass } = progressOn(isTTY, environment);
    progress.ended('status.success/one', false);
    expect(written()).toBe('');
    pass(2500);
    progress.ended('status.success/two', true);
    progress.ended('state.repeat/one', false);
    progress.close();
    expect(written()).toBe('2/3 done, 1 violation, 2.5 s\n3/3 done, 1 violation, 2.5 s\n');
  });
});
