/**
 * Which room of the house may import which, circles and types included: CONTRIBUTING.md, "The house".
 * Tests may import anything.
 */
const tests = '(\\.test\\.ts|^tools/dev/testing/)';

/** What a room imports beside itself. */
const rooms = {
  'tools/engine': ['specs'],
  'tools/graph': ['tools/engine', 'specs'],
  suites: ['tools/graph', 'tools/engine/cases', 'specs'],
  'tools/reports': ['tools/engine/(results|catalogue)', 'specs'],
  'tools/emulator': ['tools/graph/(ids|payloads/(resource-url|roster))\\.ts', 'tools/engine/catalogue', 'specs'],
  'tools/api': ['suites', 'tools/emulator', 'tools/reports', 'tools/graph', 'tools/engine', 'specs'],
  'tools/cli': ['tools/api', 'suites', 'tools/emulator', 'tools/reports', 'tools/graph', 'tools/engine', 'specs'],
};

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(rooms).map(([room, others]) => ({
      name: `${room}-imports-only-what-is-below-it`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: tests },
      to: { path: '^(tools|suites|specs)/', pathNot: [`^${room}/`, ...others.map((other) => `^${other}`)] },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Clients that tests generate are as their generators make them.
    exclude: { path: '^(dist|reports|node_modules)/|/generated-clients/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.cjs', '.js', '.json'] },
  },
};
