import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { figuresLine, withFigures } from './figures.ts';

describe('the figures in the README', () => {
  it('are those of the suite; npm run mutants:figures writes them anew', () => {
    const readme = readFileSync(path.join(packageRoot, 'README.md'), 'utf8');
    expect(withFigures(readme, figuresLine())).toBe(readme);
  });

  it('are replaced between their markers and nowhere else', () => {
    const text = 'a <!-- mutants:begin --> old <!-- mutants:end --> b';
    expect(withFigures(text, 'new')).toBe('a <!-- mutants:begin -->\n\nnew\n\n<!-- mutants:end --> b');
    expect(() => withFigures('nothing', 'new')).toThrow('there is no <!-- mutants:begin -->');
  });
});
