/** The hooks that most deviations need, each a point at which muting can go another way. */
import { isObject, type JsonObject } from '../engine/catalogue/json-value.ts';
import type { Controls, Hooks } from './deviation.ts';
import { participantsOf, withEditedItems, withEditedParticipants } from './editing.ts';
import type { ExchangeOutcome, Reply, RequestContext } from './exchange.ts';
import type { OutgoingNotification, NotificationContext } from './notification.ts';
import type { Refusal } from './refusals.ts';
import type { RuleName } from './rules.ts';

export type MakesHooks = () => Hooks;
type When = (context: RequestContext) => boolean;
type EditsReply = (
  reply: Reply,
  context: RequestContext,
  controls: Controls,
) => ExchangeOutcome | Promise<ExchangeOutcome>;
type EditsDelivery = (
  delivery: OutgoingNotification,
  context: NotificationContext,
  controls: Controls,
) => OutgoingNotification | readonly OutgoingNotification[];

/** For a defect that only one of the two paths has. */
export const onApp: When = ({ root }) => root === '/app';

/** Accepted mutes are answered so instead. */
export function answering(edit: EditsReply, when: When = () => true): MakesHooks {
  return () => ({
    reply: (context, reply, controls) =>
      context.operation === 'mute' && context.refusal === undefined && when(context)
        ? edit(reply, context, controls)
        : reply,
  });
}

/** Refused mutes are answered so instead. */
export function refusing(edit: EditsReply, when: When = () => true): MakesHooks {
  return () => ({
    reply: (context, reply, controls) =>
      context.operation === 'mute' && context.refusal !== undefined && when(context)
        ? edit(reply, context, controls)
        : reply,
  });
}

type Act = (context: RequestContext, controls: Controls) => void;

/** Mutes the call of the request and tells everybody. */
export const muteAndAnnounce: Act = (context, controls) => {
  if (context.call === undefined) return;
  controls.setMuted(context.call, true);
  controls.announceRoster(context.call, context);
};

/** Mutes the call of the request and tells nobody. */
export const muteSilently: Act = ({ call }, { setMuted }) => {
  if (call !== undefined) setMuted(call, true);
};

/** Mutes are refused as they should be, and yet something comes of them. */
export function refusedYet(act: Act, when: When): MakesHooks {
  return refusing((reply, context, controls) => {
    act(context, controls);
    return reply;
  }, when);
}

/** The rules are not asked of mutes. */
export function waiving(rules: readonly RuleName[], when: When = () => true): MakesHooks {
  return () => ({
    rule: (context, rule, refusal) =>
      context.operation === 'mute' && rules.includes(rule) && when(context) ? undefined : refusal,
  });
}

/** Mutes that break the rule are refused in another way. */
export function refusingOtherwise(rule: RuleName, instead: Partial<Refusal>, when: When = () => true): MakesHooks {
  return () => ({
    rule: (context, asked, refusal) =>
      context.operation === 'mute' && asked === rule && refusal !== undefined && when(context)
        ? { ...withoutHeaders(refusal), ...instead }
        : refusal,
  });
}

/** Mutes that break the rule end in an exception of the server. */
export function failing(rule: RuleName, when?: When): MakesHooks {
  return refusingOtherwise(rule, { status: 500, code: '9999', message: 'An internal error occurred.' }, when);
}

/** Mutes that keep all rules are refused nevertheless. */
export function refusingMutes(instead: Refusal, when: When): MakesHooks {
  return () => ({
    decision: (context, decision) =>
      context.operation === 'mute' && when(context) ? { accepted: false, refusal: instead } : decision,
  });
}

/** The clientContext of the operation is made of the one that was sent. */
export function echoing(edit: (clientContext: string) => unknown): MakesHooks {
  return () => ({
    decision: (_context, decision) => {
      if (!decision.accepted) return decision;
      const { clientContext } = decision.operation;
      if (typeof clientContext !== 'string') return decision;
      return { accepted: true, operation: { ...decision.operation, clientContext: edit(clientContext) } };
    },
  });
}

/** Roster updates on mutes and unmutes are sent so instead. */
export function announcing(
  edit: EditsDelivery,
  when: (context: NotificationContext) => boolean = () => true,
): MakesHooks {
  return () => ({
    notification: (context, delivery, controls) => {
      const { cause, resource } = context;
      const concerned = resource === 'participants' && (cause === 'mute' || cause === 'unmute') && when(context);
      return concerned ? [edit(delivery, context, controls)].flat() : [delivery];
    },
  });
}

/** The item of a roster update is changed in place. */
export function announcingItem(edit: (item: JsonObject, context: NotificationContext) => void): MakesHooks {
  return announcing((delivery, context) => withEditedItems(delivery, (item) => edit(item, context)));
}

/** What an item says has happened is another thing. */
export function withChangeType(changeType: string): (item: JsonObject) => void {
  return (item) => {
    item.changeType = changeType;
  };
}

/** Each participant of a roster update is changed in place; `own` is the one of the call that was muted. */
export function announcingParticipants(edit: (participant: JsonObject, own: boolean) => void): MakesHooks {
  return announcingItem((item, { call, request }) => {
    const { id } = (request?.call ?? call).self;
    for (const participant of participantsOf(item.resourceData)) edit(participant, participant.id === id);
  });
}

/** Roster updates on mutes come once more, with the own participant changed in place. */
export function announcingOwnOnceMore(edit: (own: JsonObject) => void): MakesHooks {
  return announcing(
    (delivery, { call }) => [
      delivery,
      withEditedParticipants(delivery, (participant) => {
        if (participant.id === call.self.id) edit(participant);
      }),
    ],
    ({ cause }) => cause === 'mute',
  );
}

/** Accepted mutes are answered with an operation that is changed in place. */
export function describingOperation(edit: (operation: JsonObject, context: RequestContext) => void): MakesHooks {
  return answering((reply, context) => {
    const body: unknown = structuredClone(reply.body);
    if (isObject(body)) edit(body, context);
    return { ...reply, body };
  });
}

/** The first Location of an accepted mute is another one, or none. */
export function locating(edit: (location: string, controls: Controls) => string | undefined): MakesHooks {
  return answering((reply, _context, controls) => ({
    ...reply,
    headers: reply.headers.flatMap(([name, value]) => {
      if (name !== 'Location') return [[name, value] as const];
      const location = edit(value, controls);
      return location === undefined ? [] : [[name, location] as const];
    }),
  }));
}

function withoutHeaders({ status, code, message }: Refusal): Refusal {
  return { status, code, message };
}

/** Whether the call id of the path is not even a GUID. */
export const namesNoGuid: When = ({ request }) => {
  const [, id = ''] = /\/calls\/([^/?]*)/.exec(request.target) ?? [];
  return !/^[\da-f-]{32,36}$/i.test(id);
};
