import { isObject } from '../../engine/catalogue/json-value.ts';
import type { Variant } from '../deviation.ts';
import { withEditedBody } from '../editing.ts';
import type { RequestContext } from '../exchange.ts';
import { namesNoGuid, refusing, refusingMutes, refusingOtherwise } from '../mute-hooks.ts';
import { refusals } from '../refusals.ts';

/** No source says what a mute of what is muted is answered (fact 63); 409 is in Graph's list (fact 70). */
const refusingRepeats = refusingMutes(
  { status: 409, code: 'Conflict', message: 'The participant is muted already.' },
  ({ call }: RequestContext) => call?.self.muted === true,
);

/** Refusals that the sources leave open. */
export const refusalVariants: readonly Variant[] = [
  {
    id: 'content-type-400',
    summary: 'Answers 400 where it could answer 415',
    hooks: refusingOtherwise('content-type', { status: 400, code: 'BadRequest' }),
  },
  {
    id: 'body-422',
    summary: 'Answers 422 where it could answer 400',
    hooks: () => ({
      rule: (_context, rule, refusal) =>
        refusal !== undefined && ['body-object', 'client-context-type', 'client-context-length'].includes(rule)
          ? { ...refusal, status: 422 }
          : refusal,
    }),
  },
  {
    id: 'malformed-call-id-400',
    summary: 'Answers 400 when the call id is no GUID',
    hooks: refusingOtherwise('call', { status: 400, code: 'BadRequest' }, namesNoGuid),
  },
  {
    id: 'empty-body-refused',
    summary: 'Refuses a mute without a body',
    settings: { emptyBody: 'refused' },
  },
  {
    id: 'client-context-257-accepted',
    summary: 'Takes a clientContext of more than 256 characters and echoes it whole',
    settings: { clientContextLimit: 1_000 },
    bends: ['context.too-long'],
  },
  {
    id: 'repeat-409',
    summary: 'Answers a mute of what is muted 409',
    bends: ['state.repeat'],
    hooks: refusingRepeats,
  },
  {
    id: 'repeat-409-without-unmute',
    summary: 'Answers a mute of what is muted 409, and cannot unmute',
    bends: ['state.repeat'],
    target: { capabilities: { unmute: false } },
    hooks: () => ({
      ...refusingRepeats(),
      rule: ({ operation }, rule, refusal) =>
        rule === 'method' && operation === 'unmute' ? refusals.unknownPath : refusal,
    }),
  },
  {
    id: 'peer-to-peer-403',
    summary: 'Answers 403 when a peer-to-peer call is muted',
    hooks: refusingOtherwise('group-call', { status: 403 }),
  },
  {
    id: 'method-501',
    summary: 'Answers other methods than POST 501, as servers do that know no other',
    hooks: refusingOtherwise('method', {
      status: 501,
      code: 'NotImplemented',
      message: 'The method is not implemented.',
    }),
    bends: ['method.405'],
  },
  {
    id: 'peer-to-peer-501',
    summary: 'Answers 501 when a peer-to-peer call is muted, which is a feature that it does not have',
    hooks: refusingOtherwise('group-call', { status: 501, code: 'NotImplemented' }),
    bends: ['group.peer-to-peer-4xx'],
  },
  {
    id: 'inner-error-in-small-letters',
    summary: 'Spells innererror as the table of the documentation does',
    bends: ['error.inner-error'],
    hooks: refusing((reply) =>
      withEditedBody(reply, ({ error }) => {
        if (!isObject(error)) return;
        error.innererror = error.innerError;
        delete error.innerError;
      }),
    ),
  },
];
