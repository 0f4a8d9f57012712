import { describe, expect, it } from 'vitest';
import { selectionAround, type Task, testKey } from './selection.ts';

type Tree = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** A file with suites in suites; of each test its mode. */
function file(tree: Tree): Task & { readonly tasks: Task[] } {
  const whole = { type: 'suite', name: 'a.test.ts', mode: 'run', tasks: [] as Task[] };
  for (const [target, suites] of Object.entries(tree)) {
    const ofTarget = { type: 'suite', name: target, mode: 'run', tasks: [] as Task[] };
    whole.tasks.push(ofTarget);
    for (const [name, tests] of Object.entries(suites)) {
      const suite = { type: 'suite', name, mode: 'run', tasks: [] as Task[], suite: ofTarget };
      ofTarget.tasks.push(suite);
      for (const [test, mode] of Object.entries(tests)) suite.tasks.push({ type: 'test', name: test, mode, suite });
    }
  }
  return whole;
}

function around(tree: Tree, targets: readonly string[]) {
  const whole = file(tree);
  const test = whole.tasks[0]?.tasks?.[0]?.tasks?.[0];
  if (test === undefined) throw new Error('there is no test');
  return Object.fromEntries(
    [...selectionAround({ ...test, file: whole }, targets)].map(([target, keys]) => [target, [...keys]]),
  );
}

describe('selectionAround', () => {
  it('has the tests that are going to run, by target', () => {
    const tree = {
      acme: { state: { one: 'run', two: 'skip', three: 'todo' }, headers: { four: 'run' } },
      other: { state: { one: 'run' } },
    };
    expect(around(tree, ['acme', 'other'])).toEqual({
      acme: [testKey('state', 'one'), testKey('headers', 'four')],
      other: [testKey('state', 'one')],
    });
  });

  it('has no target of which nothing runs, and nothing that is no target', () => {
    const tree = {
      acme: { state: { one: 'run' } },
      other: { state: { one: 'skip' } },
      mine: { state: { one: 'run' } },
    };
    expect(around(tree, ['acme', 'other'])).toEqual({ acme: [testKey('state', 'one')] });
  });
});
