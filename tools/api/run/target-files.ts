import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';

/** The files below a folder that a glob matches, as paths relative to the folder, sorted. */
function filesBelow(folder: string, glob: string): string[] {
  const matches = picomatch(glob);
  // Only a glob with folders in it is worth a walk through all of them.
  const recursive = glob.includes('/') || glob.includes('**');
  return readdirSync(folder, { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => matches(file))
    .toSorted();
}

/**
 * Expands the globs among the names of target files, for shells that do not and for quoted ones.
 * @returns paths as they were given, or relative to the working directory; each once
 * @throws ConfigurationError for a glob that matches no file
 */
export function expandTargetFiles(names: readonly string[], workingDirectory: string): string[] {
  const files = names.flatMap((name) => {
    if (existsSync(path.resolve(workingDirectory, name))) return [name];
    const { base, glob, isGlob } = picomatch.scan(name);
    if (!isGlob) return [name];
    const folder = path.resolve(workingDirectory, base);
    const found = existsSync(folder) ? filesBelow(folder, glob) : [];
    if (found.length === 0) throw new ConfigurationError(`--target ${JSON.stringify(name)} matches no file.`);
    return found.map((file) => path.join(base, file));
  });
  return [...new Set(files)];
}
