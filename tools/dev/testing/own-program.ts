import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../engine/catalogue/package-root.ts';

export interface EndedProgram {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Programs {
  /** Runs an ECMAScript module, which may import the package by its name, with plain Node. */
  run(text: string, flags?: readonly string[]): Promise<EndedProgram>;
  /** Takes away what they were written to. */
  remove(): void;
}

/** A place for programs within the package, so that its own name leads to its compiled code. */
export function ownPrograms(): Programs {
  mkdirSync(path.join(packageRoot, 'reports'), { recursive: true });
  const folder = mkdtempSync(path.join(packageRoot, 'reports', '.programs-'));
  let count = 0;
  return {
    async run(text, flags = []) {
      const file = path.join(folder, `${(count += 1)}.mjs`);
      writeFileSync(file, text);
      const child = spawn(process.execPath, [...flags, file], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (said.stdout += String(chunk)));
      child.stderr.on('data', (chunk: Buffer) => (said.stderr += String(chunk)));
      const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
      return { exitCode, ...said };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
