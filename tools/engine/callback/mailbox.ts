import { setMaxListeners } from 'node:events';
import { type Clock, machineClock } from '../target/clock.ts';
import { Interrupted } from '../target/could-not-run.ts';
import type { Delivery } from './delivery.ts';

/** What comes to the callback of one call. */
export interface Mailbox {
  /** What goes into callbackUri. */
  readonly url: string;
  /** Path and query of that URL, as they should arrive at the listener. */
  readonly expectedPath: string;
  /** In the order in which they were complete. */
  readonly deliveries: readonly Delivery[];
  /**
   * Waits for a delivery that fulfils a condition; those that are there count.
   * @param predicate asked once for each delivery
   * @returns the first, or undefined when none comes in time or the mailbox is closed
   * @throws Interrupted when the signal is aborted; what the predicate throws
   */
  waitFor(
    predicate: (delivery: Delivery) => boolean,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Delivery | undefined>;
  /**
   * Waits until all deliveries together fulfil a condition.
   * @param predicate asked again after one or several deliveries
   * @returns whether they did in time
   * @throws Interrupted when the signal is aborted; what the predicate throws
   */
  waitUntil(
    predicate: (deliveries: readonly Delivery[]) => boolean,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<boolean>;
  /** From now on deliveries to it are counted as late. Who still waits gets nothing. */
  close(): void;
}

/** Longest time that Node's timers can measure; beyond it they fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Turns of the event loop in which a request that has reached this machine gets from the network to its mailbox. */
const turnsToArrive = 3;

interface Waiter {
  /** Looks at a new delivery, or only at what is there, and ends the waiting when that suffices. */
  look(delivery: Delivery): void;
  end(): void;
}

/** The mailbox as the listener sees it. */
export class OpenMailbox implements Mailbox {
  readonly url: string;
  readonly expectedPath: string;
  readonly #deliveries: Delivery[] = [];
  readonly #waiters = new Set<Waiter>();
  readonly #onClose: (mailbox: OpenMailbox) => void;
  readonly #clock: Clock;
  #closed = false;

  constructor(url: string, expectedPath: string, onClose: (mailbox: OpenMailbox) => void, clock: Clock = machineClock) {
    this.url = url;
    this.expectedPath = expectedPath;
    this.#onClose = onClose;
    this.#clock = clock;
  }

  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  receive(delivery: Delivery): void {
    this.#deliveries.push(delivery);
    for (const waiter of this.#waiters) waiter.look(delivery);
  }

  waitFor(
    predicate: (delivery: Delivery) => boolean,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Delivery | undefined> {
    return this.#wait<Delivery>(
      () => this.#deliveries.find(predicate),
      (found) => (delivery) => {
        if (predicate(delivery)) found(delivery);
      },
      timeoutMs,
      signal,
    );
  }

  async waitUntil(
    predicate: (deliveries: readonly Delivery[]) => boolean,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const look = () => (predicate(this.#deliveries) ? true : undefined);
    const fulfilled = await this.#wait<true>(
      look,
      (found, failed) => {
        let planned = false;
        // A flood is looked at once a turn, not once for each of its thousands.
        return () => {
          if (planned) return;
          planned = true;
          setImmediate(() => {
            planned = false;
            try {
              if (look()) found(true);
            } catch (error) {
              failed(error);
            }
          });
        };
      },
      timeoutMs,
      signal,
    );
    return fulfilled === true;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiter of [...this.#waiters]) waiter.end();
    this.#onClose(this);
  }

  async #wait<T>(
    lookAtAll: () => T | undefined,
    watch: (found: (value: T) => void, failed: (error: unknown) => void) => (delivery: Delivery) => void,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<T | undefined> {
    if (signal?.aborted) throw interrupted();
    const found = lookAtAll();
    if (found !== undefined || this.#closed || !(timeoutMs > 0)) return found;
    // Every waiting case of a run listens to the same signal.
    if (signal) setMaxListeners(0, signal);

    return new Promise<T | undefined>((resolve, reject) => {
      const settle = (act: () => void) => {
        callOff();
        signal?.removeEventListener('abort', abort);
        this.#waiters.delete(waiter);
        act();
      };
      const fail = (error: unknown) => settle(() => reject(error));
      const abort = () => fail(interrupted());
      const lookAt = watch((value) => settle(() => resolve(value)), fail);
      const waiter: Waiter = {
        look(delivery) {
          try {
            lookAt(delivery);
          } catch (error) {
            fail(error);
          }
        },
        end: () => settle(() => resolve(undefined)),
      };
      // What had reached this machine before the deadline counts, even when the process was too busy to look.
      const callOff = this.#clock.after(Math.min(timeoutMs, longestTimerMs), () =>
        afterTurns(turnsToArrive, () => settle(() => resolve(undefined))),
      );
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiters.add(waiter);
    });
  }
}

function interrupted(): Interrupted {
  return new Interrupted('the run was interrupted');
}

function afterTurns(turns: number, act: () => void): void {
  if (turns === 0) act();
  else setImmediate(() => afterTurns(turns - 1, act));
}
