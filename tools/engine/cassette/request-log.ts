import type { AnnouncedRequest } from '../target/session-io.ts';
import type { WireRequest } from '../http/transport.ts';

/** A request that has left. */
export interface Sending {
  readonly label: string;
  readonly step: string;
  readonly clientRequestId: string;
  /** How many times it has left: more than once where it was throttled. */
  readonly sending: number;
  readonly at: number;
}

/** Which requests have left, by case: what callbacks are timed by. */
export class RequestLog {
  readonly #announced = new Map<string, AnnouncedRequest>();
  readonly #byLabel = new Map<string, Sending[]>();
  readonly #sendings = new Map<string, number>();

  announce(request: AnnouncedRequest): void {
    this.#announced.set(request.clientRequestId, request);
  }

  /** Takes note that an announced request leaves. @returns undefined for one that nobody announced */
  sent(clientRequestId: string, at: number): Sending | undefined {
    const announced = this.#announced.get(clientRequestId);
    if (announced === undefined) return undefined;
    const { label, step } = announced;
    const sending = (this.#sendings.get(clientRequestId) ?? 0) + 1;
    this.#sendings.set(clientRequestId, sending);
    const sent = { label, step, clientRequestId, sending, at };
    const ofCase = this.#byLabel.get(label);
    if (ofCase === undefined) this.#byLabel.set(label, [sent]);
    else ofCase.push(sent);
    return sent;
  }

  /** The ids of those that were announced and have not left. */
  get unsent(): string[] {
    return [...this.#announced.keys()].filter((id) => !this.#sendings.has(id));
  }

  /** The last request of a case that had left at a moment. */
  last(label: string, at: number): Sending | undefined {
    return this.#byLabel.get(label)?.findLast((sending) => sending.at <= at);
  }

  /** When a request left for the n-th time. */
  sentAt(label: string, clientRequestId: string, sending: number): number | undefined {
    return this.#byLabel
      .get(label)
      ?.find((sent) => sent.clientRequestId === clientRequestId && sent.sending === sending)?.at;
  }
}

/** The header by which a request is known. */
export function clientRequestIdOf({ headers }: Pick<WireRequest, 'headers'>): string {
  return headers.find(([name]) => name.toLowerCase() === 'client-request-id')?.[1] ?? '';
}
