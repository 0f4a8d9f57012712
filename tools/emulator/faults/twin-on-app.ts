import type { Fault, Hooks } from '../deviation.ts';
import { onApp } from '../mute-hooks.ts';

/**
 * The same defect on the deprecated path alone.
 * @param summary where it does not end with the path
 */
export function twinOnApp(fault: Fault, summary = `${fault.summary} on the deprecated path`): Fault {
  const { id, hooks = () => ({}) } = fault;
  return { ...fault, id: `${id}-on-app`, summary, hooks: () => onAppAlone(hooks()) };
}

function onAppAlone({ request, rule, decision, state, reply, notification, identifier }: Hooks): Hooks {
  return {
    ...(request && { request: (context, ...rest) => (onApp(context) ? request(context, ...rest) : undefined) }),
    ...(rule && {
      rule: (context, name, refusal, ...rest) => (onApp(context) ? rule(context, name, refusal, ...rest) : refusal),
    }),
    ...(decision && {
      decision: (context, usual, ...rest) => (onApp(context) ? decision(context, usual, ...rest) : usual),
    }),
    ...(state && { state: (context, change, ...rest) => (onApp(context) ? state(context, change, ...rest) : change) }),
    ...(reply && { reply: (context, usual, ...rest) => (onApp(context) ? reply(context, usual, ...rest) : usual) }),
    ...(notification && {
      notification: (context, delivery, ...rest) =>
        context.request !== undefined && onApp(context.request) ? notification(context, delivery, ...rest) : [delivery],
    }),
    ...(identifier && {
      identifier: (kind, proposed, context) => (onApp(context) ? identifier(kind, proposed, context) : proposed),
    }),
  };
}
