/** A test or a suite of vitest, as far as it is looked at: the same in all its versions. */
export interface Task {
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  readonly tasks?: readonly Task[];
  readonly suite?: Task | undefined;
}

/** What of a run is asked for: the names of the tests that are going to run, by target. */
export type Selection = ReadonlyMap<string, ReadonlySet<string>>;

/** A test by its suite and its name, which are a case’s. */
export function testKey(suite: string, test: string): string {
  return `${suite}\n${test}`;
}

/**
 * The tests that vitest is going to run, of all targets of a run: what `-t`, `.only` and `.skip` leave.
 * @param test any of them: it is in a suite, which is in that of its target
 * @param targets the names of the targets
 */
export function selectionAround(test: Task & { readonly file: Task }, targets: readonly string[]): Selection {
  const place = test.suite?.suite?.suite ?? test.file;
  const selection = new Map<string, Set<string>>();
  for (const ofTarget of place.tasks ?? []) {
    if (ofTarget.type !== 'suite' || !targets.includes(ofTarget.name)) continue;
    const keys = (ofTarget.tasks ?? []).flatMap(({ name, tasks = [] }) =>
      tasks.filter(isToRun).map((each) => testKey(name, each.name)),
    );
    if (keys.length === 0) continue;
    // The tests of one target may stand in several places.
    selection.set(ofTarget.name, new Set([...(selection.get(ofTarget.name) ?? []), ...keys]));
  }
  return selection;
}

function isToRun({ mode }: Task): boolean {
  return mode !== 'skip' && mode !== 'todo';
}
