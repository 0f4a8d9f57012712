import type { Exchange } from '../results/results.ts';
import type { Recorded, SendOptions } from '../http/send-options.ts';
import type { HttpAnswer } from '../http/http-answer.ts';
import type { MemoryReservation } from '../http/memory-budget.ts';
import { CaseTime } from './case-time.ts';
import { derivedUuid } from './request-id.ts';
import type { Observation } from './observation.ts';
import type { TargetSession } from './session.ts';
import { ThrottleBudget } from '../http/throttle.ts';
import { TransportFault } from '../http/transport-fault.ts';

/** What a case asks for; identity, recording and the throttle budget are added here. */
export type CaseRequest = Omit<SendOptions, 'clientRequestId' | 'throttle' | 'record' | 'memory' | 'isUrgent' | 'time'>;

/** A request that was answered. */
export interface Answered {
  readonly http: HttpAnswer;
  /** What was sent, in words: for messages. */
  readonly request: string;
  readonly clientRequestId: string;
}

/** What was sent that a case may show. */
interface Shown {
  readonly records: readonly Recorded[];
}

/**
 * One attempt of one case on one target: names its requests, records its exchanges and what it found as expected, keeps
 * its throttle budget.
 */
export class CaseScope<Session extends TargetSession = TargetSession> {
  readonly caseId: string;
  readonly path: '/communications' | '/app';
  readonly session: Session;
  readonly observation: Observation = { checked: [] };
  /** What the identifiers derive from beside the seed: case, repetition, attempt. */
  readonly label: string;
  readonly time: CaseTime;
  readonly #throttle: ThrottleBudget;
  readonly #memory: MemoryReservation;
  readonly #isUrgent: boolean;
  readonly #sent: Recorded[] = [];
  readonly #steps = new Map<string, number>();
  readonly #looks: Shown[] = [];

  /** @param isUrgent whether its requests are served before those of other cases */
  constructor(session: Session, caseId: string, path: '/communications' | '/app', label: string, isUrgent = false) {
    this.session = session;
    this.caseId = caseId;
    this.path = path;
    this.label = label;
    this.#isUrgent = isUrgent;
    this.time = new CaseTime(() => session.clock.now());
    this.#memory = session.client.reserveMemory();
    this.#throttle = new ThrottleBudget(session.target.timeouts.throttleMs);
  }

  /** What was sent so far. */
  get records(): Recorded[] {
    return [...this.#looks.flatMap(({ records }) => records), ...this.#sent];
  }

  /** The same, with what came back: made when it is looked at. */
  get exchanges(): Exchange[] {
    return this.records.map(({ exchange }) => exchange);
  }

  /** How many requests of its own were sent so far. */
  get sent(): number {
    return this.#sent.length;
  }

  /** Whether answers came that were much longer than usual, and may still be looked at. */
  get holdsLongAnswers(): boolean {
    return this.#memory.held > 0;
  }

  /** Shows what others have sent, too: what the case judges was found out there. */
  include(look: Shown): void {
    this.#looks.push(look);
  }

  #count(step: string): number {
    const next = (this.#steps.get(step) ?? 0) + 1;
    this.#steps.set(step, next);
    return next;
  }

  /** A UUID that derives from seed, case and name: the same in every run with this seed. */
  uuid(name: string): string {
    return derivedUuid(this.session.seed, this.label, name, this.#count(`uuid ${name}`));
  }

  /** A client context of its own for each request, as bots use it (fact 75). */
  nextClientContext(): string {
    return this.uuid('client context');
  }

  /** A number that derives from seed and case, for generators. */
  get seed(): number {
    return Number.parseInt(this.uuid('seed').slice(0, 8), 16) | 0;
  }

  /**
   * Sends a request and records the exchange.
   * @throws TransportFault when there is no whole answer
   * @throws CouldNotRun when the target was given up
   */
  async send(request: CaseRequest): Promise<Answered> {
    this.session.refuseIfGivenUp();
    return this.#send(request);
  }

  /** The same for ending a call, which goes on for a few seconds after an interrupt. */
  async sendRelease(request: CaseRequest): Promise<Answered> {
    return this.#send({ ...request, signal: this.session.releaseSignal });
  }

  /** Waits for what is the case's turn to go on, and not the target's doing. */
  async turn<T>(comes: Promise<T>): Promise<T> {
    const goOn = this.time.waits();
    try {
      return await comes;
    } finally {
      goOn();
    }
  }

  /** The answers are not looked at any more. */
  close(): void {
    this.#memory.close();
  }

  async #send(request: CaseRequest): Promise<Answered> {
    const { step, method } = request;
    const clientRequestId = derivedUuid(this.session.seed, this.label, step, this.#count(step));
    await this.turn(this.session.io.announce({ label: this.label, step, method, clientRequestId }));
    try {
      const http = await this.session.client.send({
        ...request,
        clientRequestId,
        throttle: this.#throttle,
        memory: this.#memory,
        isUrgent: this.#isUrgent,
        time: this.time,
        record: (sent) => this.#sent.push(sent),
      });
      this.session.disappearance.noteAnswer();
      return { http, request: `${method} ${request.path}`, clientRequestId };
    } catch (error) {
      if (error instanceof TransportFault) {
        this.session.noteUnanswered(`${request.method} ${request.path}: ${error.message}`);
        this.session.disappearance.note(
          error,
          `${method} ${request.path} (${this.caseId}, client-request-id ${clientRequestId})`,
        );
      }
      throw error;
    }
  }
}
