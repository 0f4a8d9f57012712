import { CouldNotRun } from '../../engine/target/could-not-run.ts';

/**
 * The path of a call below the service root.
 * @param id as the target named it: any text
 * @throws CouldNotRun for an id that cannot be part of a path: empty, a dot segment (RFC 3986, section 5.2.4), or not
 *   to be encoded
 */
export function callPath(root: '/communications' | '/app', id: string, ...rest: readonly string[]): string {
  if (!/^\.{0,2}$/.test(id)) {
    try {
      return [`${root}/calls`, encodeURIComponent(id), ...rest].join('/');
    } catch {
      // Half of a surrogate pair.
    }
  }
  const shown = JSON.stringify(id.length > 100 ? `${id.slice(0, 100)}…` : id);
  throw new CouldNotRun(`the call id ${shown} is not valid in a path`);
}
