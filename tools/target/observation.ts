import { AsyncLocalStorage } from 'node:async_hooks';

/** Where the expectations of the case that is running leave what they found as expected. */
export interface Observation {
  readonly checked: string[];
  /** What is worth telling of a case that holds, e.g. what a may turned out to be. */
  observed?: string;
}

const storage = new AsyncLocalStorage<Observation>();

/** Runs a case so that the expectations in it know where they belong. */
export function observe<T>(observation: Observation, body: () => Promise<T>): Promise<T> {
  return storage.run(observation, body);
}

/** The observation of the case that is running. @throws Error outside of a case */
export function observation(): Observation {
  const current = storage.getStore();
  if (current === undefined) throw new Error('an expectation stands outside of a case');
  return current;
}

/** Says what was seen, where there is nothing to expect. */
export function note(observed: string): void {
  observation().observed = observed;
}
