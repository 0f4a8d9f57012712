import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A target file for an emulator that serves on its own and takes any token. @returns its path */
export function fullTarget(name: string, origin: string, folder: string): string {
  const file = path.join(folder, 'targets', `${name}.yaml`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    `name: ${name}
baseUrl: ${origin}/beta
token: any
capabilities: { app: true, operations: true, participants: true, unmute: true, sharedMeeting: true }
`,
  );
  return file;
}
