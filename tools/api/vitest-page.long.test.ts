/** The files of docs/vitest.md, put into one project and run by vitest, as a reader would. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../engine/catalogue/package-root.ts';
import { type EndedVitest, VitestProject } from '../dev/testing/vitest-project.ts';

const page = readFileSync(path.join(packageRoot, 'docs', 'vitest.md'), 'utf8');
const files = Object.fromEntries(
  [...page.matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```/gms)].map(([, name = '', text = '']) => [name, text]),
);

describe('the project of docs/vitest.md', () => {
  let project: VitestProject;
  let ended: EndedVitest;
  beforeAll(async () => {
    project = new VitestProject(files);
    ended = await project.run();
  }, 120_000);
  afterAll(() => project.remove());

  it('is made of all programs of the page', () => {
    expect(Object.keys(files)).toHaveLength(page.match(/^```js$/gm)?.length ?? 0);
  });

  it('passes', () => {
    const failed = ended.tests().filter(({ status }) => status === 'failed');
    expect(failed.map(({ fullName }) => fullName)).toEqual([]);
    expect(ended.exitCode, ended.output).toBe(0);
  });

  it('has the tests of the bot, and a test of every case', () => {
    const tests = ended.tests();
    const ofBot = tests.filter(({ meta }) => meta.conformance === undefined).map(({ title }) => title);
    expect(ofBot).toEqual(['mutes itself', 'says so when there is no such call', 'gets along without a Location']);
    const target = new Set(tests.filter(({ meta }) => meta.conformance).map(({ ancestorTitles }) => ancestorTitles[0]));
    expect([...target]).toEqual([expect.stringMatching(/^127\.0\.0\.1/)]);
  });
});
