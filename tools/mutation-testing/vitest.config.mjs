import { defineConfig } from 'vitest/config';

/** The tests that hold the judging code, and no others: each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: [
      'tools/contract/{ids,judge*,notification-*,operation-updates,own-participant,resource-url,roster,validators}.test.ts',
      'tools/results/verdict*.test.ts',
      'tools/runner/expect.test.ts',
      'tools/target/{location,mute-answer}.test.ts',
    ],
    testTimeout: 20_000,
  },
});
