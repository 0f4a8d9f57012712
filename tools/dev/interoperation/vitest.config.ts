import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests with packages of their own, which `npm test` does not have. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.interoperation.ts'],
    globalSetup: ['certificate.setup.ts', 'vitest-versions.setup.ts'],
    // A process takes NODE_EXTRA_CA_CERTS when it starts, and a thread never.
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
