import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAnnotations } from '../../../reports/annotations.ts';
import { renderConsole } from '../../../reports/console.ts';
import { renderReports } from '../../../reports/render.ts';
import { expectInert } from '../hostile/artefacts.ts';
import { parseXml } from '../parsed-xml.ts';
import { hostileResults } from '../varied-results.ts';
import { anyText, jsonText } from './wire.ts';

const formats = new Set(['junit', 'html', 'md', 'badge', 'ctrf'] as const);
/** What a terminal obeys, and what turns the direction of a line. */
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const text = fc.oneof(
  anyText,
  jsonText,
  fc.constantFrom(
    ']]>',
    '<!--',
    '-->',
    '</script><script>alert(1)</script>',
    '"><svg onload=alert(1)>',
    '&#0;&amp;&nbsp;',
    '`'.repeat(7),
    '|\n|---|\n# a',
    '\r\n::error::a',
    '\u001b]8;;https://a.example\u0007a\u001b]8;;\u0007',
    '\ud800',
    '$&$1$`',
    '%s%d',
    ' ',
    '',
  ),
);

describe('reports of results in which every text is the same strange one', () => {
  it('are well-formed, inert and plain', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (strange) => {
        const results = hostileResults(strange);
        const reports = await renderReports(results, formats);
        parseXml(reports.get('junit.xml') ?? '');
        expectInert(reports.get('index.html') ?? '');
        expect(obeyed.exec(reports.get('summary.md') ?? '')).toBeNull();
        JSON.parse(reports.get('ctrf.json') ?? '');
        for (const verbosity of ['quiet', 'normal', 'verbose'] as const) {
          const options = { colour: false, unicode: true, width: 80, verbosity, reportDir: 'reports' };
          expect(obeyed.exec(renderConsole(results, options).replaceAll('\n', ''))).toBeNull();
        }
        expect(renderAnnotations(results)).not.toMatch(/\r/);
      }),
      { numRuns: 40 },
    );
  });
});
