/** `npm run mutants:figures`: writes the figures of faults and variants into the README; a test tells when they drift. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';
import { figuresLine, withFigures } from './figures.ts';

const readme = path.join(packageRoot, 'README.md');
writeFileAtomically(readme, withFigures(readFileSync(readme, 'utf8'), figuresLine()));
