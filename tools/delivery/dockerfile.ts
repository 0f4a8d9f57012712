/** An instruction of a Dockerfile, with continued lines put together. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** Reads the instructions of a Dockerfile, without comments. Heredocs are none of its business. */
export function readDockerfile(text: string): Instruction[] {
  return text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => /^\s*([A-Za-z]+)\s+(.*?)\s*$/.exec(line))
    .flatMap((match) => (match === null ? [] : [{ name: (match[1] ?? '').toUpperCase(), rest: match[2] ?? '' }]));
}

/** Moves the absolute paths that stand in an instruction below a folder; a folder at the root is known by its name. */
export function relocated(text: string, folder: string, roots: readonly string[]): string {
  return roots.reduce(
    (moved, root) =>
      moved.replaceAll(new RegExp(`(?<=^|[\\s"=])/${root}(?=$|[\\s"/])`, 'g'), () => `${folder}/${root}`),
    text,
  );
}
