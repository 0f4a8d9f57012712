/** The examples of docs/api.md, each run as a program of its own by plain Node, as a reader would run it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../engine/catalogue/package-root.ts';
import { ownPrograms } from '../dev/testing/own-program.ts';

const page = readFileSync(path.join(packageRoot, 'docs', 'api.md'), 'utf8');
const examples = [...page.matchAll(/^## (.+?)\n|^```js\n(.*?)^```/gms)].reduce<{ heading: string; program: string }[]>(
  (found, [, heading, program]) =>
    heading === undefined
      ? [...found, { heading: found.at(-1)?.heading ?? '', program: program ?? '' }]
      : [...found, { heading, program: '' }],
  [],
);

const own = ownPrograms();
afterAll(() => own.remove());

it('the example of the README runs, too', async () => {
  const readme = readFileSync(path.join(packageRoot, 'README.md'), 'utf8');
  const [, program = ''] = /^```js\n(.*?)^```/ms.exec(readme) ?? [];
  expect(program).toMatch(/startEmulator/);
  expect(await own.run(program)).toMatchObject({ exitCode: 0, stderr: '' });
}, 60_000);

describe('the examples of docs/api.md', () => {
  const programs = examples.filter(({ program }) => program !== '');

  it('are there for every function', () => {
    const text = programs.map(({ program }) => program).join('\n');
    for (const name of ['run', 'startEmulator', 'judge', 'loadResults', 'verdictOf']) {
      expect(text).toMatch(new RegExp(`\\b${name}\\(`));
    }
  });

  it.each(programs.map((example, index) => ({ ...example, name: `${index + 1}` })))(
    'run: $name, $heading',
    async ({ program }) => {
      expect(await own.run(program)).toMatchObject({ exitCode: 0, stderr: '' });
    },
    60_000,
  );
});
