import path from 'node:path';
import { commandEnding } from './command.ts';

export interface Tarball {
  readonly file: string;
  /** In bytes, compressed. */
  readonly size: number;
  readonly contents: readonly string[];
}

/**
 * What `npm pack` makes of the package, in a folder.
 * @param flags further options of npm
 */
export async function pack(packageRoot: string, folder: string, flags: readonly string[] = []): Promise<Tarball> {
  const words = ['pack', '--json', '--pack-destination', folder, ...flags];
  const { stdout } = await commandEnding(0, 'npm', words, { cwd: packageRoot });
  // Scripts that run before may write to standard output, too.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as {
    filename: string;
    size: number;
    files: { path: string }[];
  }[];
  if (packed === undefined) throw new Error('npm pack has packed nothing');
  const { filename, size, files } = packed;
  return { file: path.join(folder, filename), size, contents: files.map((file) => file.path) };
}

const sizeLimit = 1_000_000;

/** What a package has to hold. */
export const needed: readonly string[] = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'package.json',
  'docs/api.md',
  'docs/compatibility.md',
  'docs/mocks.md',
  'docs/traffic.md',
  'docs/vitest.md',
  'dist/tools/cli/cli.js',
  'dist/tools/api/index.js',
  'dist/tools/api/index.d.ts',
  'dist/tools/api/vitest.js',
  'dist/tools/api/vitest.d.ts',
  'dist/tools/api/vitest/run-process.js',
  'specs/call-mute.openapi.yaml',
  'specs/requirements.yaml',
  'specs/results.schema.json',
  'specs/target.schema.json',
];

/** What serves the making of the package, or tests it. */
const unwanted = [/^dist\/tools\/dev\//, /\.test\.|\/fixtures\//, /(?<!\.d)\.ts$/, /\.tsbuildinfo$/];

/** What is wrong with the contents of a tarball, in sentences. */
export function tarballProblems({ size, contents }: Pick<Tarball, 'size' | 'contents'>): string[] {
  const there = new Set(contents);
  return [
    ...needed.filter((file) => !there.has(file)).map((file) => `${file} is missing.`),
    ...contents
      .filter((file) => unwanted.some((pattern) => pattern.test(file)))
      .map((file) => `${file} has no business in it.`),
    ...(size > sizeLimit ? [`It has ${size} bytes, and ${sizeLimit} at most are wanted.`] : []),
  ];
}
