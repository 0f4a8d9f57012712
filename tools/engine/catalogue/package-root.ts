import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds package.json and specs/, found from here upwards: the same code runs from the sources
 * (tools/engine/catalogue/) and from the compiled copy (dist/tools/engine/catalogue/).
 * @throws Error when there is none, which means that the installation is damaged.
 */
function findPackageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('call-mute-conformance is damaged: no package.json above its code');
    folder = parent;
  }
  return folder;
}

export const packageRoot: string = findPackageRoot();

/** The absolute path of a file in specs/. */
export function specification(name: string): string {
  return path.join(packageRoot, 'specs', name);
}

/** The version of this package. */
export function packageVersion(): string {
  const text = readFileSync(path.join(packageRoot, 'package.json'), 'utf8');
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '';
}
