import { Delivery } from '../../engine/callback/delivery.ts';
import { HttpAnswer } from '../../engine/http/http-answer.ts';
import { NotJson, parseJson } from '../../engine/http/json-depth.ts';
import { recordedHeaders } from '../../engine/http/exchange-record.ts';
import type { Exchange } from '../../engine/results/results.ts';
import { sameId } from '../ids.ts';
import { Answer } from '../mute-answer.ts';
import { tokenIn } from '../mute-request.ts';
import { itemsOf, kindOfBody } from '../payloads/notification-items.ts';
import { parseResourceUrl } from '../payloads/resource-url.ts';
import { MuteObserver } from '../rules/mute-observer.ts';
import type { Rule } from '../rules/rule.ts';
import type { PromiseFinding } from '../rules/rule-book.ts';
import { headerOf, type RecordedAnswer, type TrafficExchange } from './recorded.ts';
import { type TrafficCall, TrafficCalls } from './traffic-calls.ts';

/** What there was to judge. */
export interface TrafficSeen {
  calls: number;
  mutes: number;
  operationReads: number;
  notifications: number;
}

export interface TrafficFindings {
  readonly seen: TrafficSeen;
  /** Where mutes were sent, in the order of their first appearance. */
  readonly targets: readonly TrafficTarget[];
  /** Each with its first violations as they are in the file. */
  readonly findings: readonly PromiseFinding<TrafficExchange>[];
  readonly notes: readonly string[];
}

/** The service root of a mute, and the version that it names. */
export interface TrafficTarget {
  readonly baseUrl: string;
  readonly apiVersion: 'v1.0' | 'beta' | undefined;
}

/** A GET of an operation that a mute was answered with. */
interface OperationRead {
  readonly answer: Answer;
  readonly operationId: string;
}

const readRule: Rule<OperationRead> = {
  requirement: 'location.resolves',
  judge: ({ answer, operationId }, { expect }) =>
    expect(answer.members['id'], 'the id of the operation that was read').toBeSameId(operationId),
};

/** Holds recorded traffic against all that is promised of what is in it. What it does not tell is not guessed. */
export async function judgeTraffic(exchanges: readonly TrafficExchange[]): Promise<TrafficFindings> {
  const judge = new TrafficJudge(acceptedCredentials(exchanges));
  for (const exchange of exchanges) judge.take(exchange);
  return judge.end();
}

/** The Authorization headers of requests that succeeded: what else came with them is not what they were refused for. */
function acceptedCredentials(exchanges: readonly TrafficExchange[]): ReadonlySet<string> {
  return new Set(
    exchanges
      .filter(({ url, answer }) => /\/(communications|app)\/calls(?=[/(]|$)/.test(url.pathname) && isSuccess(answer))
      .flatMap(({ headers }) => headerOf(headers, 'authorization') ?? []),
  );
}

class TrafficJudge {
  readonly #observer = new MuteObserver<TrafficExchange>();
  readonly #calls = new TrafficCalls();
  readonly #accepted: ReadonlySet<string>;
  readonly #seen: TrafficSeen = { calls: 0, mutes: 0, operationReads: 0, notifications: 0 };
  readonly #deliveredBy = new Map<Delivery, TrafficExchange>();
  readonly #targets = new Map<string, TrafficTarget>();
  #withoutBody = 0;
  #ofUnknownCalls = 0;

  constructor(accepted: ReadonlySet<string>) {
    this.#accepted = accepted;
  }

  take(exchange: TrafficExchange): void {
    const { url, method, answer } = exchange;
    const [, root = '', action = ''] =
      /\/(communications|app)\/calls(?:(?=\/|\()[^?]*?\/(mute|unmute))?\/?$/.exec(url.pathname) ?? [];
    const { kind, callId, operationId } = parseResourceUrl(url.pathname);
    if (action === 'mute' && callId !== undefined)
      this.#takeMute(exchange, callId, root === 'app' ? '/app' : '/communications');
    else if (action === 'unmute' && callId !== undefined && isSuccess(answer)) this.#calls.of(callId).history.unmuted();
    else if (root !== '' && method === 'POST' && isSuccess(answer))
      this.#calls.created(jsonOf(exchange.body), jsonOf(answer?.body?.toString()));
    else if (kind === 'call' && callId !== undefined && method === 'DELETE' && isSuccess(answer))
      this.#calls.of(callId).ended = true;
    else if (operationId !== undefined && callId !== undefined && method === 'GET')
      this.#takeRead(exchange, callId, operationId);
    else this.#takeNotification(exchange);
  }

  async end(): Promise<TrafficFindings> {
    const { signal } = new AbortController();
    for (const { id, kind, callbackUri, history, path, deliveries } of this.#calls.all) {
      const expectedPath = callbackUri === undefined ? undefined : pathOf(new URL(callbackUri));
      const evidenceOf = (delivery: Delivery) => this.#exchangeOf(delivery);
      const call = {
        id,
        isLeg: kind === 'meeting',
        expectedPath,
        hasPlainCallback: false,
        history,
        path,
        deliveries,
        evidenceOf,
      };
      await this.#observer.heard(call, signal);
    }
    this.#seen.calls = this.#calls.all.length;
    const targets = [...this.#targets.values()];
    return { seen: this.#seen, targets, findings: this.#observer.book.findings, notes: this.#notes() };
  }

  #exchangeOf(delivery: Delivery): TrafficExchange {
    const exchange = this.#deliveredBy.get(delivery);
    if (exchange === undefined) throw new Error('a delivery is not from the traffic');
    return exchange;
  }

  #notes(): string[] {
    const notes: string[] = [];
    if (this.#withoutBody > 0) {
      notes.push(
        `${counted(this.#withoutBody, 'answer')} to mutes came with a body that the file does not have, and could not be judged.`,
      );
    }
    if (this.#ofUnknownCalls > 0) {
      notes.push(
        `${counted(this.#ofUnknownCalls, 'mute')} did not succeed on calls whose creation is not in the traffic: whether they should have is not known.`,
      );
    }
    return notes;
  }

  #takeMute(exchange: TrafficExchange, callId: string, path: TrafficCall['path']): void {
    const { url, method, headers, body = '' } = exchange;
    const answer = answerOf(exchange);
    if (answer === undefined) {
      if (exchange.answer !== undefined) this.#withoutBody += 1;
      return;
    }
    const call = this.#calls.of(callId);
    const { history } = call;
    const repeated = history.isMuting;
    call.path = path;
    this.#seen.mutes += 1;
    const target = targetOf(url);
    this.#targets.set(target.baseUrl, target);
    const isUnknown = call.kind === undefined;
    if (isUnknown && !answer.succeeded) {
      this.#ofUnknownCalls += 1;
      if (answer.status >= 500) return;
    }
    const authorization = headerOf(headers, 'authorization');
    // A call that can be muted is a group call; whether it is a meeting nobody knows.
    const callKind = call.kind ?? (answer.succeeded ? 'group' : undefined);
    this.#observer.answered({
      answer,
      sent: {
        method,
        query: url.search.slice(1),
        isAuthorized: answer.succeeded || this.#accepted.has(authorization ?? ''),
        contentType: headerOf(headers, 'content-type'),
        json: jsonOf(body),
        bytes: Buffer.byteLength(body),
        callKind: call.ended ? undefined : callKind,
      },
      target,
      evidence: () => exchange,
      path,
      callId,
      token: tokenIn(authorization ?? null),
      history,
      repeated,
      isKindUnknown: isUnknown,
      changes: !isUnknown && !call.ended && !repeated,
      othersOfCall: 0,
      requestsInFlight: 1,
    });
    history.muteBegins();
    history.muteEnds(!answer.succeeded);
  }

  #takeRead(exchange: TrafficExchange, callId: string, operationId: string): void {
    const { history, path } = this.#calls.of(callId);
    const isOfMute = history.operations.some(({ id }) => sameId(id, operationId));
    const answer = answerOf(exchange);
    if (answer?.status !== 200 || !isOfMute) return;
    this.#seen.operationReads += 1;
    const seen = { things: 'answers' as const, path, traits: [], evidence: () => exchange };
    this.#observer.book.judge([readRule], { answer, operationId }, seen);
  }

  #takeNotification(exchange: TrafficExchange): void {
    const { at, method, url, headers, body } = exchange;
    if (body === undefined) return;
    const json = jsonOf(body);
    const byUri = this.#calls.calledBackAt(url);
    const named = itemsOf(json).find(({ resource }) => resource?.callId !== undefined)?.resource?.callId;
    const call = byUri ?? (kindOfBody(json) !== 'unknown' && named !== undefined ? this.#calls.of(named) : undefined);
    if (call === undefined) return;
    this.#seen.notifications += 1;
    const path = pathOf(url);
    const atExpectedPath = call.callbackUri === undefined || pathOf(new URL(call.callbackUri)) === path;
    const delivery = new Delivery(
      { receivedAt: at, method, path, atExpectedPath, rawHeaders: headers.flat() },
      { text: body, bytes: Buffer.byteLength(body), truncated: false },
    );
    this.#deliveredBy.set(delivery, exchange);
    call.deliveries.push(delivery);
  }
}

/** The answer as the rules look at one; undefined where the file has none, or not all of it. */
function answerOf({ at, method, url, headers, answer }: TrafficExchange): Answer | undefined {
  if (answer?.body === undefined) return undefined;
  const rawHeaders = answer.headers.flat();
  const wire = { status: answer.status, rawHeaders, body: answer.body };
  const http = new HttpAnswer(wire, recordedHeaders(rawHeaders), { sentAt: at, answeredAt: at }, () => nothingRecorded);
  const clientRequestId = headerOf(headers, 'client-request-id') ?? '';
  return new Answer({ http, request: `${method} ${url.pathname}`, clientRequestId });
}

/** Where something stands in the file is shown in place of it. */
const nothingRecorded: Exchange = {
  step: 'recorded',
  sentAtMs: 0,
  ms: 0,
  curl: '',
  request: { method: '', url: '', headers: {}, body: null },
};

/** The service root below which a call is, and the version that its last segment names. */
function targetOf({ origin, pathname }: URL): TrafficTarget {
  const [root = ''] = /^.*?(?=\/(?:communications|app)\/calls)/.exec(pathname) ?? [];
  const last = root.split('/').at(-1);
  const apiVersion = last === 'beta' || last === 'v1.0' ? last : undefined;
  return { baseUrl: origin + root, apiVersion };
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}

function isSuccess(answer: RecordedAnswer | undefined): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : parseJson(text);
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
