/** What was found out about the package: one row of the table. */
export interface PackageFinding {
  /** The version of Node it was found with, where that matters. */
  readonly node: string;
  readonly what: string;
  /** What is wrong; undefined when nothing is. */
  readonly problem: string | undefined;
  readonly durationMs: number;
}

/** Tries something out: it throws when it is not as it should be. */
export async function packageFinding(
  node: string,
  what: string,
  tryOut: () => void | Promise<void>,
): Promise<PackageFinding> {
  const startedAt = performance.now();
  const problem = await Promise.resolve()
    .then(tryOut)
    .then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  return { node, what, problem, durationMs: Math.round(performance.now() - startedAt) };
}

/** The findings as a table for people, with what is wrong below it. */
export function findingsTable(findings: readonly PackageFinding[]): string {
  const rows = findings.map(({ node, what, problem, durationMs }) => [
    problem === undefined ? 'ok' : 'FAILED',
    node === '' ? '-' : node,
    what,
    `${(durationMs / 1000).toFixed(1)} s`,
  ]);
  const headed = [['', 'Node', 'what', 'time'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...headed.map((row) => (row[column] ?? '').length)));
  const table = headed.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const problems = findings
    .filter(({ problem }) => problem !== undefined)
    .map(({ node, what, problem }) => `\n${what}${node === '' ? '' : ` (Node ${node})`}:\n${problem}`);
  return `${[...table, ...problems].join('\n')}\n`;
}
