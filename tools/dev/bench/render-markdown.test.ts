import { describe, expect, it } from 'vitest';
import { renderBenchMarkdown, shownNumber } from './render-markdown.ts';
import type { BenchReport, Limit, Section } from './report.ts';

const section = (changes: Partial<Section>): Section => ({
  part: 'run',
  title: 'The full run',
  limits: [],
  tables: [],
  notes: [],
  samples: {},
  ...changes,
});

const report = (...sections: Section[]): BenchReport => ({
  schemaVersion: 1,
  startedAt: '2026-01-02T03:04:05.000Z',
  version: '1.2.3',
  runs: 5,
  machine: { node: '24.1.0', system: 'Linux 6', processor: 'Abacus', cores: 2, memoryMb: 8_200, load: [0.5, 1.25] },
  sections,
});

const limit = (changes: Partial<Limit>): Limit => ({ what: 'wall', measured: 1, limit: 2, unit: 's', ...changes });

describe('bench.md', () => {
  it('begins with the machine and with what is missed', () => {
    const text = renderBenchMarkdown(
      report(
        section({ limits: [limit({ measured: 2.5 }), limit({ what: 'memory' })] }),
        section({ limits: [limit({})] }),
      ),
    );
    expect(text).toContain(
      'call-mute-conformance 1.2.3, 2026-01-02T03:04:05.000Z; medians of 5. Node 24.1.0, Linux 6, 2 × Abacus, 8 GB; load 0.50 before, 1.25 after.',
    );
    expect(text).toContain('1 of 3 limits are missed: wall.');
  });

  it.each([
    [limit({ measured: 1.999 }), '| wall | 2.00 s | ≤ 2.00 s | met |'],
    [limit({ measured: 2 }), '| wall | 2.00 s | ≤ 2.00 s | met |'],
    [limit({ measured: 2.01 }), '| wall | 2.01 s | ≤ 2.00 s | **missed** |'],
    [limit({ measured: 12.34, unit: '×', limit: 2.5 }), '| wall | 12.3× | ≤ 2.50× | **missed** |'],
    [limit({ measured: Number.NaN }), '| wall | – s | ≤ 2.00 s | **missed** |'],
  ])('says of %j whether it is met', (given, row) => {
    expect(renderBenchMarkdown(report(section({ limits: [given] })))).toContain(row);
  });

  it('says so when all is met', () => {
    expect(renderBenchMarkdown(report(section({ limits: [limit({})] })))).toContain('All 1 limits are met.');
  });

  it('says so when none is held', () => {
    expect(renderBenchMarkdown(report(section({})))).toContain('No limits are held here.');
  });

  it('keeps what tools say within its cell', () => {
    const rows = [['Peer | <b>\nbold</b>', 'C:\\peer']];
    const text = renderBenchMarkdown(report(section({ tables: [{ caption: 'Peers', head: ['tool', 'why'], rows }] })));
    expect(text).toContain('Peers\n\n| tool | why |\n| --- | ---: |\n| Peer \\| &lt;b> bold&lt;/b> | C:\\\\peer |\n');
  });

  it('ends a section with its notes', () => {
    expect(renderBenchMarkdown(report(section({ notes: ['one', 'two'] })))).toMatch(
      /## The full run\n\n- one\n- two\n$/,
    );
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.3333, '0.33'],
    [9.999, '10.00'],
    [10.04, '10.0'],
    [99.96, '100.0'],
    [1234.5, '1235'],
    [-12.34, '-12.3'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d is shown as %s', (value, shown) => {
    expect(shownNumber(value)).toBe(shown);
  });
});
