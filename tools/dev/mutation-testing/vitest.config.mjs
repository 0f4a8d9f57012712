import { defineConfig } from 'vitest/config';

/** The tests that hold the judging code, and no others: each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: [
      'tools/graph/calls/{call-state,roster-view}.test.ts',
      'tools/graph/ids.test.ts',
      'tools/graph/payloads/{judge*,notification-*,operation-updates,own-participant,resource-url,roster,validators}.test.ts',
      'tools/engine/results/verdict*.test.ts',
      'tools/graph/expectations.test.ts',
      'tools/graph/{location,mute-answer}.test.ts',
    ],
    testTimeout: 20_000,
  },
});
