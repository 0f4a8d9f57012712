/** What must hold of everything that a run leaves behind, whatever the target did. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { schemaFileValidator } from '../../../engine/catalogue/json-schema.ts';
import type { Results } from '../../../engine/results/results.ts';
import { parseXml } from '../parsed-xml.ts';
import type { EndedCommand } from './command-line.ts';

/** Characters that a terminal obeys or hides; line feeds and tabs are what a report is made of. */
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const stackFrame = /^\s+at .+(:\d+:\d+\)?|<anonymous>\)?)$/m;
/** What Node and vitest print of mistakes, and the rest of the line, which says what it was. */
const mistakes =
  /(Unhandled|Uncaught|a fault of the suite|internal error, please|MaxListenersExceeded|DEP0|heap out of memory).*/;

/** The most that the issue allows a run of the corpus. */
const secondsAtMost = 60;
const megabytesAtMost = 400;

export function expectBounded({ seconds, peakMegabytes = 0, signal }: EndedCommand): void {
  expect.soft(signal, 'ended by itself').toBeNull();
  // Where others use the machine too, everything takes longer by their share.
  const share = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
  expect.soft(seconds, 'seconds').toBeLessThan(secondsAtMost * share);
  expect.soft(peakMegabytes, 'megabytes').toBeLessThan(megabytesAtMost);
}

/** What was printed is plain text of this project, with nothing in it that a terminal would obey. */
export function expectCleanOutput({ stdout, stderr }: EndedCommand): void {
  for (const [name, text] of Object.entries({ stdout, stderr })) {
    expect.soft(obeyed.exec(text)?.[0], `${name}: characters that a terminal obeys`).toBeUndefined();
    expect.soft(stackFrame.exec(text)?.[0], `${name}: a stack trace`).toBeUndefined();
    expect.soft(mistakes.exec(text)?.[0], `${name}: a mistake`).toBeUndefined();
  }
}

/** results.json of a run, checked against its schema. */
export function readResults(folder: string): Results {
  const results = JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')) as Results;
  const valid = schemaFileValidator<unknown>('results.schema.json');
  if (!valid(results)) {
    const problems = valid.errors?.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`) ?? [];
    expect.soft(problems.slice(0, 3), 'results.json against its schema').toEqual([]);
  }
  expect
    .soft(
      results.cases
        .filter(({ verdict }) => verdict === 'harness-error')
        .map(({ id, reason }) => `${id}: ${reason ?? ''}`),
      'faults of the suite',
    )
    .toEqual([]);
  return results;
}

/** Every file of a report folder by its name. */
export function artefacts(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(folder, file), readFileSync(file, 'utf8')];
    }),
  );
}

/** Elements that run, load or swallow something; no report has any of them but its own script. */
const active =
  /^(script|iframe|frame|frameset|object|embed|applet|base|img|image|picture|video|audio|source|track|portal|foreignobject|animate\w*|set|template|math|textarea|xmp|plaintext|noembed|marquee)$/i;

/**
 * A page that runs nothing but its own script and loads nothing: read token by token, as a browser does, with every
 * tag looked at.
 */
export function expectInert(page: string): void {
  const own = /<style>[^<]*<\/style>|<script>(?:(?!<\/script).)*<\/script>/gs;
  expect.soft(page.match(/<script/gi)?.length ?? 0, 'scripts').toBeLessThanOrEqual(1);
  expect.soft(/content="default-src (?:'|&#39;)none/.test(page), 'a policy').toBe(true);
  const odd = new Set<string>();
  for (const [tag, name = '', attributes = ''] of page
    .replace(own, '')
    .matchAll(/<\/?([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)) {
    if (active.test(name)) odd.add(tag);
    for (const [, attribute = '', value = ''] of attributes.matchAll(
      /([^\s=>"'/]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/g,
    )) {
      const target = value.replace(/^["']|["']$/g, '').trim();
      const leads = /^(href|src|action|formaction|xlink:href)$/i.test(attribute);
      if (/^(on|srcdoc)/i.test(attribute) || (leads && !/^(#|https?:|data:image\/svg)/.test(target))) odd.add(tag);
    }
  }
  expect
    .soft(
      [...odd].slice(0, 5).map((tag) => tag.slice(0, 200)),
      'tags that are active',
    )
    .toEqual([]);
  expect.soft(obeyed.exec(page)?.[0], 'characters that would be obeyed or hidden').toBeUndefined();
}

/** Reports that exist are what they say they are. */
export function expectWellFormed(folder: string): void {
  const files = artefacts(folder);
  const junit = files.get('junit.xml');
  if (junit !== undefined) expect.soft(parseXml(junit).name).toBe('testsuites');
  const page = files.get('index.html');
  if (page !== undefined) expectInert(page);
  const summary = files.get('summary.md');
  if (summary !== undefined) expect.soft(obeyed.exec(summary)?.[0], 'summary.md').toBeUndefined();
}
