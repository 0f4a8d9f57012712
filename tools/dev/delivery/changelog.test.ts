import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { packageRoot, packageVersion } from '../../engine/catalogue/package-root.ts';

const changes = readFileSync(path.join(packageRoot, 'CHANGELOG.md'), 'utf8');

describe('CHANGELOG.md', () => {
  it('begins with what is unreleased or the version of the package, and names the requirement set', () => {
    const sections = changes.split(/^## /m).slice(1);
    const [newest = ''] = sections;
    const released = sections.map((section) => section.split('\n')[0]).filter((title) => title !== 'Unreleased');
    expect(released[0]).toBe(packageVersion());
    expect(newest).toContain(loadCatalogue().requirementSet);
  });

  it('tells where every requirement came from', () => {
    const untold = loadCatalogue().requirements.filter(({ id }) => !changes.includes(`\`${id}\``));
    expect(untold.map(({ id }) => id)).toEqual([]);
  });
});
