/**
 * Carries the Dockerfile out without an engine: each stage in a folder of its own below an empty one, its RUN lines one
 * by one with this Node, and at last the entry point as the user that it names. What stays untried is the base image.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import picomatch from 'picomatch';
import { packageRoot } from '../contract/package-root.ts';
import { command, commandEnding } from './command.ts';
import { readDockerfile, relocated } from './dockerfile.ts';

const roots = ['build', 'app', 'work'];

/** The files of the build context: those of the repository that .dockerignore leaves in. */
async function contextFiles(): Promise<string[]> {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await commandEnding(0, 'git', words, { cwd: packageRoot });
  const patterns = readFileSync(path.join(packageRoot, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  const ignored = picomatch(
    patterns.flatMap((pattern) => [pattern, `${pattern}/**`]),
    { dot: true },
  );
  return stdout.split('\n').filter((file) => file !== '' && !ignored(file));
}

/** Copies from the build context, or from an earlier stage. */
async function copy(rest: string, stages: ReadonlyMap<string, string>, stage: string, workdir: string): Promise<void> {
  const [, from] = /^--from=(\S+)\s/.exec(rest) ?? [];
  const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
  const destination = path.resolve(workdir, relocated(words.at(-1) ?? '', stage, roots));
  if (from !== undefined) {
    cpSync(`${stages.get(from)}${words[0] ?? ''}`, destination, { recursive: true, verbatimSymlinks: true });
    return;
  }
  const files = await contextFiles();
  for (const file of files.filter((file) => words.slice(0, -1).some((word) => word === '.' || word === file))) {
    if (statSync(path.join(packageRoot, file), { throwIfNoEntry: false })?.isFile() !== true) continue;
    cpSync(path.join(packageRoot, file), path.join(destination, file));
  }
}

async function carryOut(scratch: string): Promise<void> {
  const stages = new Map<string, string>();
  let stage = '';
  let workdir = '';
  let user: number | undefined;
  for (const { name, rest } of readDockerfile(readFileSync(path.join(packageRoot, 'Dockerfile'), 'utf8'))) {
    process.stdout.write(`${name} ${rest}\n`);
    if (name === 'FROM') {
      const [, alias = 'final'] = / AS (\S+)$/i.exec(rest) ?? [];
      stage = path.join(scratch, alias);
      workdir = stage;
      mkdirSync(stage);
      stages.set(alias, stage);
    } else if (name === 'WORKDIR') {
      workdir = relocated(rest, stage, roots);
      mkdirSync(workdir, { recursive: true });
    } else if (name === 'COPY') {
      await copy(rest, stages, stage, workdir);
    } else if (name === 'RUN') {
      await commandEnding(0, 'sh', ['-c', relocated(rest, stage, roots)], { cwd: workdir });
    } else if (name === 'USER') {
      user = Number(rest.split(':')[0]);
    } else if (name === 'ENTRYPOINT') {
      const [program = '', ...words] = JSON.parse(relocated(rest, stage, roots)) as string[];
      const isRoot = process.getuid?.() === 0;
      const { stdout, stderr, exitCode } = await command(program, [...words, '--quiet'], {
        cwd: workdir,
        environment: { ...process.env, HOME: workdir, NODE_ENV: 'production' },
        ...(isRoot && user !== undefined && { uid: user }),
      });
      process.stdout.write(`${stdout}${stderr}`);
      const reports = path.join(workdir, 'reports', 'emulator');
      const written = exitCode === 0 ? readdirSync(reports) : [];
      if (!written.includes('results.json')) throw new Error(`the entry point ended with ${exitCode}`);
    }
  }
}

const scratch = mkdtempSync(path.join(tmpdir(), 'call-mute-image-'));
try {
  await command('chmod', ['755', scratch], { cwd: scratch });
  await carryOut(scratch);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
