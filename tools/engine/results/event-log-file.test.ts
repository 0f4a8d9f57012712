import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStory } from '../../dev/testing/sample-run.ts';
import { openEventLog } from './event-log-file.ts';

const { header } = runStory({});
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'event-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => path.join(folder, 'events.jsonl');

describe('the log of a run', () => {
  it('is there from its beginning until it is removed', () => {
    const log = openEventLog(folder, header);
    log.append({ event: 'end', durationMs: 1, interrupted: false });
    expect(readFileSync(file(), 'utf8').trimEnd().split('\n')).toHaveLength(2);
    log.close();
    expect(existsSync(file())).toBe(true);
    log.remove();
    expect(existsSync(file())).toBe(false);
    expect(() => log.remove()).not.toThrow();
  });

  it('stays when it is that of another run, which writes into the same folder', () => {
    const log = openEventLog(folder, header);
    const other = openEventLog(folder, header);
    log.remove();
    expect(existsSync(file())).toBe(true);
    other.remove();
    expect(existsSync(file())).toBe(false);
  });
});
