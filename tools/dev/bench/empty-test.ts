import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { measure, type Measured } from './measured-process.ts';

/** The start file of this project's vitest. */
export const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);

/** What vitest itself takes: one test that does nothing, in a folder below the package, whose vitest it finds. */
export function emptyTest(folder: string) {
  mkdirSync(folder, { recursive: true });
  const place = mkdtempSync(path.join(folder, 'empty-'));
  writeFileSync(path.join(place, 'empty.test.js'), "import { it } from 'vitest';\nit('is empty', () => {});\n");
  // Without one of its own, vitest takes the configuration of a folder above.
  writeFileSync(path.join(place, 'vitest.config.js'), 'export default {};\n');
  return {
    /** @throws Error when the test fails */
    async run(): Promise<Measured> {
      const measured = await measure([process.execPath, vitest, 'run', '--root', place], { cwd: place });
      if (measured.exitCode !== 0) throw new Error(`the empty test failed: ${measured.stdout}${measured.stderr}`);
      return measured;
    },
    remove: () => rmSync(place, { recursive: true }),
  };
}
