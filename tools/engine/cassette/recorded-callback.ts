import type { Delivery, Mailbox } from '../callback/callback-receiver.ts';
import type { Clock } from '../target/clock.ts';

/** Longer than any run. */
const foreverMs = 2 ** 31 - 1;

/** A mailbox that a recording listens to: what comes, and how often somebody waited in vain. */
export class RecordedCallback implements Mailbox {
  readonly url: string;
  readonly expectedPath: string;
  readonly openedAt: number;
  readonly #inner: Mailbox;
  readonly #clock: Clock;
  readonly #timeouts: number[] = [];
  #closed = false;

  constructor(inner: Mailbox, clock: Clock, heard: (delivery: Delivery) => void) {
    this.url = inner.url;
    this.expectedPath = inner.expectedPath;
    this.openedAt = clock.now();
    this.#inner = inner;
    this.#clock = clock;
    // Who waits for nothing is told of everything, before anybody else, until the mailbox is closed.
    void inner.waitFor((delivery) => {
      heard(delivery);
      return false;
    }, foreverMs);
  }

  get deliveries(): readonly Delivery[] {
    return this.#inner.deliveries;
  }

  /** How often somebody had waited in vain before a moment, and how often since then. */
  timeoutsAround(moment: number): { before: number; since: number } {
    const before = this.#timeouts.filter((at) => at < moment).length;
    return { before, since: this.#timeouts.length - before };
  }

  async waitFor(...wait: Parameters<Mailbox['waitFor']>): Promise<Delivery | undefined> {
    const found = await this.#inner.waitFor(...wait);
    this.#note(found !== undefined, wait[1]);
    return found;
  }

  async waitUntil(...wait: Parameters<Mailbox['waitUntil']>): Promise<boolean> {
    const fulfilled = await this.#inner.waitUntil(...wait);
    this.#note(fulfilled, wait[1]);
    return fulfilled;
  }

  #note(found: boolean, timeoutMs: number): void {
    if (!found && timeoutMs > 0 && !this.#closed) this.#timeouts.push(this.#clock.now());
  }

  close(): void {
    this.#closed = true;
    this.#inner.close();
  }
}
