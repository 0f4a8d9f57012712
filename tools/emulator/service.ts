import type { AcceptedTokens } from './bearer.ts';
import { Announcer } from './announcer.ts';
import {
  type Call,
  isGroupCall,
  isTerminal,
  type CallOperation,
  type Participant,
  type IdentifierKind,
} from './call.ts';
import { CallRegistry } from './call-registry.ts';
import { CallbackClient } from './callback-client.ts';
import { CallbackTokens } from './callback-signing.ts';
import { addCall } from './create-call.ts';
import type { Controls, Deviation, Hooks, StateChange } from './deviation.ts';
import type { RequestContext } from './exchange.ts';
import type { NotificationCause } from './notification.ts';
import { resultInfo } from './resources.ts';
import { bodyObject, type RuleContext } from './rules.ts';
import { Timers } from './timers.ts';
import { documentedSettings, type Settings } from './settings.ts';

export interface ServiceParts {
  readonly applicationId: string;
  readonly tokens: AcceptedTokens;
  readonly deviation: Deviation | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A new GUID. */
  readonly newId: () => string;
}

/** The calling service behind the HTTP interface: what becomes of calls, and who is told. */
export class CallService implements RuleContext {
  readonly applicationId: string;
  readonly tokens: AcceptedTokens;
  readonly settings: Settings;
  readonly hooks: Hooks;
  readonly registry = new CallRegistry();
  readonly schedule = new Timers();
  readonly controls: Controls;
  readonly now: () => number;
  readonly newGuid: () => string;
  readonly #announcer: Announcer;
  readonly #client = new CallbackClient();

  constructor({ applicationId, tokens, deviation, now, newId }: ServiceParts) {
    this.applicationId = applicationId;
    this.tokens = tokens;
    this.settings = { ...documentedSettings, ...deviation?.settings };
    this.hooks = deviation?.hooks?.() ?? {};
    this.now = now;
    this.newGuid = newId;
    const callbackTokens = new CallbackTokens(applicationId, newId(), now);
    this.#announcer = new Announcer({
      client: this.#client,
      tokens: callbackTokens,
      schedule: this.schedule,
      hooks: this.hooks,
      newId,
      controls: () => this.controls,
    });
    this.controls = {
      expectedToken: tokens.token,
      calls: () => this.registry.live(),
      setMuted: (call, muted) => {
        call.self.muted = muted;
      },
      announceRoster: (call, request) => this.#announcer.announceRoster(call, 'deviation', request),
      announceOperation: (call, operation, request) =>
        this.#announcer.announceOperation(call, operation, 'deviation', request),
      delivered: (call) => this.#announcer.delivered(call),
      wait: (milliseconds) => this.schedule.wait(milliseconds),
      identifier: newId,
      callbackToken: (claims) => callbackTokens.sign(claims),
    };
  }

  newId(kind: IdentifierKind, context: RequestContext): string {
    const proposed = this.newGuid();
    return this.hooks.identifier?.(kind, proposed, context) ?? proposed;
  }

  /** Creates the call and, after the reply, has it established. */
  createCall(context: RequestContext): Call {
    const newId = (kind: IdentifierKind) => this.newId(kind, context);
    const call = addCall(bodyObject(context), this.applicationId, this.registry, newId, this.settings);
    this.schedule.after(0, () => {
      this.#announcer.announceCall(call, 'establishing', 'establishing', context);
      if (this.settings.establishAfterMs === 0) this.#establish(call, context);
      else this.schedule.after(this.settings.establishAfterMs, () => this.#establish(call, context));
    });
    return call;
  }

  endCall(call: Call, context: RequestContext): void {
    this.registry.end(call);
    if (this.settings.announceDeletion) {
      this.#announcer.announceCall(call, 'terminating', 'ended', context);
      this.#announcer.announceCall(call, 'terminated', 'ended', context);
    }
    this.#announceToLegs(call.roster.legs, 'left', context);
  }

  /** A new operation that mutes or unmutes, completed unless a deviation says otherwise. */
  newOperation(type: CallOperation['type'], context: RequestContext): CallOperation {
    const { clientContext } = bodyObject(context);
    return { id: this.newId('operation', context), type, status: 'completed', clientContext };
  }

  /** Carries an accepted operation out: now when it is answered as completed, else when it completes. */
  perform(call: Call, operation: CallOperation, context: RequestContext): void {
    call.operations.set(operation.id.toLowerCase(), operation);
    if (operation.status?.toLowerCase() === 'failed') return;
    if (isTerminal(operation.status)) {
      this.#applyMute(call, operation, context);
      return;
    }
    this.schedule.after(this.settings.completeAfterMs, () => {
      const completed: CallOperation = { ...operation, status: 'completed', resultInfo: resultInfo(200, 0, '') };
      call.operations.set(operation.id.toLowerCase(), completed);
      this.#applyMute(call, completed, context);
      this.#announcer.announceOperation(call, completed, 'operation', context);
    });
  }

  close(): void {
    this.schedule.close();
    this.#client.close();
  }

  #establish(call: Call, context: RequestContext): void {
    if (call.state !== 'establishing') return;
    call.state = 'established';
    this.#announcer.announceCall(call, 'established', 'established', context);
    // Peer-to-peer calls announce their state only (fact 47).
    if (!isGroupCall(call)) return;
    if (this.settings.announceFirstRoster) this.#announcer.announceRoster(call, 'joined', context);
    this.#announceToLegs(
      [...call.roster.legs].filter((leg) => leg !== call),
      'joined',
      context,
    );
  }

  #applyMute(call: Call, operation: CallOperation, context: RequestContext): void {
    const muted = operation.type === 'muteParticipantOperation';
    const announce = call.self.muted !== muted || this.settings.announceRepeatedMute;
    const usual: StateChange = { muted, participants: [call.self], announce };
    const change = this.hooks.state?.(context, usual, this.controls) ?? usual;
    for (const participant of change.participants) participant.muted = change.muted;
    if (change.announce) {
      this.#announceToLegs(this.#concerned(call, change.participants), muted ? 'mute' : 'unmute', context);
    }
  }

  /** The legs of the call's meeting and of those whose participants were changed besides. */
  #concerned(call: Call, participants: readonly Participant[]): Iterable<Call> {
    if (participants.every((participant) => participant === call.self)) return call.roster.legs;
    const others = this.registry.live().filter((other) => participants.includes(other.self));
    return new Set([...call.roster.legs, ...others.flatMap(({ roster }) => [...roster.legs])]);
  }

  #announceToLegs(legs: Iterable<Call>, cause: NotificationCause, context: RequestContext): void {
    for (const leg of legs) if (isGroupCall(leg)) this.#announcer.announceRoster(leg, cause, context);
  }
}
