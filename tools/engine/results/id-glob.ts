import picomatch from 'picomatch';

/** Whether a glob, or a literal id, matches an id. An id is not a path: a star stands for anything, the slash too. */
export function globMatches(glob: string): (id: string) => boolean {
  if (glob === '') return () => false;
  const withoutSlashes = (text: string) => text.replaceAll('/', '\u0001');
  const matches = picomatch(withoutSlashes(glob), { bash: true });
  return (id) => matches(withoutSlashes(id));
}
