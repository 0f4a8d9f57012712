import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which versions of vitest are installed. */
    vitestVersions: string;
  }
}

/** A folder for the versions of vitest that tests install, which goes when all have ended. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-vitest-'));
  project.provide('vitestVersions', folder);
  return () => rmSync(folder, { recursive: true });
}
