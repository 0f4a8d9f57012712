import { type Release, Semaphore } from '../../engine/http/semaphore.ts';

/** A call that cases use one after another, while none has it. */
export interface IdleCall {
  readonly path: '/communications' | '/app';
  /** Looks at what has come to its callback. */
  hear(): Promise<void>;
  /** Ends it. */
  release(): Promise<void>;
}

/** So many cases that could not use what others had used, or whose calls never became ready, show that calls cannot be shared on a target. */
const mostVain = 3;

/**
 * Cases of one path that have a shared call at once, at most: on a slow target, or a busy machine, far more would be under
 * way, each of which had to make its call. On both paths it is nearly as many as requests in flight.
 */
const mostAtOnce = 6;

/**
 * The calls of a target that cases use one after another, none at the same time. Each serves cases of one path, so that
 * what was shown there is their control.
 */
export class SharedCalls {
  readonly #idle: IdleCall[] = [];
  readonly #places = { '/communications': new Semaphore(mostAtOnce), '/app': new Semaphore(mostAtOnce) };
  #vain = 0;
  #end: () => void = () => undefined;
  readonly #ended = new Promise<void>((resolve) => (this.#end = resolve));

  /** Whether sharing was of no use here: then every case has calls of its own. */
  get isOver(): boolean {
    return this.#vain >= mostVain;
  }

  /** Those that no case has. */
  get idle(): readonly IdleCall[] {
    return this.#idle;
  }

  /** Waits until a case of the path may have one, or none is shared any more. @returns what lets the next case have one */
  async place(path: IdleCall['path']): Promise<Release> {
    const ended = this.#ended.then(() => () => undefined);
    return await Promise.race([this.#places[path].acquire(), ended]);
  }

  /** The one that has been idle for longest, for a case that has it alone; undefined where there is none. */
  take(path: IdleCall['path']): IdleCall | undefined {
    const index = this.isOver ? -1 : this.#idle.findIndex((call) => call.path === path);
    return index < 0 ? undefined : this.#idle.splice(index, 1)[0];
  }

  giveBack(call: IdleCall): void {
    this.#idle.push(call);
  }

  /** A case could do nothing with a call that others had used, or were to use. */
  noteInVain(): void {
    this.#vain += 1;
    if (this.isOver) this.#end();
  }

  /** All that are idle, for nobody any more. */
  takeAll(): IdleCall[] {
    return this.#idle.splice(0);
  }
}
