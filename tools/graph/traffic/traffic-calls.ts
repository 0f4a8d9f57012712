import { isObject } from '../../engine/catalogue/json-value.ts';
import type { Delivery } from '../../engine/callback/delivery.ts';
import type { CallKind } from '../../engine/target/target.ts';
import { MuteHistory } from '../rules/mute-history.ts';
import type { MuteFacts } from '../rules/traits.ts';

/** A call, as far as the traffic tells of it. */
export interface TrafficCall {
  readonly id: string;
  readonly history: MuteHistory;
  /** Undefined where its creation is not in the traffic. */
  kind: CallKind | undefined;
  callbackUri: string | undefined;
  ended: boolean;
  /** The path of its last mute. */
  path: MuteFacts['path'];
  readonly deliveries: Delivery[];
}

/** The calls that traffic tells of: by their creation, by requests to them, and by notifications about them. */
export class TrafficCalls {
  readonly #calls = new Map<string, TrafficCall>();

  get all(): TrafficCall[] {
    return [...this.#calls.values()];
  }

  /** A call by its id, in whatever form; one that was not seen before is one of which nothing is known. */
  of(id: string): TrafficCall {
    const key = id.toLowerCase().replaceAll('-', '');
    const known = this.#calls.get(key);
    if (known !== undefined) return known;
    const call: TrafficCall = {
      id,
      history: new MuteHistory(),
      kind: undefined,
      callbackUri: undefined,
      ended: false,
      path: '/communications',
      deliveries: [],
    };
    this.#calls.set(key, call);
    return call;
  }

  /** A request to create a call was answered with a call. */
  created(request: unknown, answer: unknown): void {
    const id = isObject(answer) ? answer['id'] : undefined;
    if (typeof id !== 'string' || id === '' || !isObject(request)) return;
    const call = this.of(id);
    call.kind = kindOf(request);
    const { callbackUri } = request;
    if (typeof callbackUri === 'string' && URL.canParse(callbackUri)) call.callbackUri = callbackUri;
  }

  /** The one call with this callbackUri; undefined where there is none, or several share it. */
  calledBackAt(url: URL): TrafficCall | undefined {
    const [call, ...others] = this.all.filter(
      ({ callbackUri }) => callbackUri !== undefined && new URL(callbackUri).href === url.href,
    );
    return others.length === 0 ? call : undefined;
  }
}

/** What kind of call a request asks for (facts 55 and 56); undefined where it does not say. */
function kindOf({ targets, chatInfo, meetingInfo }: Record<string, unknown>): CallKind | undefined {
  if (isObject(chatInfo) && isObject(meetingInfo)) return 'meeting';
  const parties = Array.isArray(targets) ? targets.length : 0;
  if (parties === 0) return undefined;
  return parties === 1 ? 'peerToPeer' : 'group';
}
