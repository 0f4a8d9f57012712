import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { expandTargetFiles } from './target-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'target-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(path.join(folder, 'targets', 'deep'), { recursive: true });
for (const name of ['b.yaml', 'a.yaml', 'c.yml', 'deep/d.yaml', '[x].yaml']) {
  writeFileSync(path.join(folder, 'targets', name), '');
}

it.each([
  [
    ['targets/b.yaml', 'none.yaml'],
    ['targets/b.yaml', 'none.yaml'],
  ],
  [['targets/*.yaml'], ['targets/[x].yaml', 'targets/a.yaml', 'targets/b.yaml']],
  [['targets/**/*.yaml'], ['targets/[x].yaml', 'targets/a.yaml', 'targets/b.yaml', 'targets/deep/d.yaml']],
  [['targets/*/*.yaml'], ['targets/deep/d.yaml']],
  [
    ['targets/{a,c}.y*ml', 'targets/a.yaml'],
    ['targets/a.yaml', 'targets/c.yml'],
  ],
  [['./targets/?.yaml'], ['targets/a.yaml', 'targets/b.yaml']],
  [['targets/[x].yaml'], ['targets/[x].yaml']],
])('%j: %j', (names, files) => {
  expect(expandTargetFiles(names, folder)).toEqual(files);
});

it('takes absolute globs', () => {
  expect(expandTargetFiles([path.join(folder, 'targets', 'a*.yaml')], '/')).toEqual([
    path.join(folder, 'targets', 'a.yaml'),
  ]);
});

it.each(['targets/*.json', 'none/*.yaml'])('refuses %s, which matches nothing', (glob) => {
  expect(() => expandTargetFiles([glob], folder)).toThrow(ConfigurationError);
});
