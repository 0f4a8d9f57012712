import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The suites against the embedded emulator, as a user of the package has them in vitest. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.conform.js'],
    // Compiled already, as it is for users.
    server: { deps: { external: [/\/dist\//] } },
  },
});
