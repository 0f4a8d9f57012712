import type { Fault } from '../deviation.ts';
import type { RequestContext } from '../exchange.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import {
  answering,
  muteAndAnnounce,
  muteSilently,
  refusedYet,
  refusingMutes,
  refusingOtherwise,
  waiving,
} from '../mute-hooks.ts';
import { refusals } from '../refusals.ts';

const mediaTypeOf = ({ request }: RequestContext) => request.headers['content-type'];
const isEmpty = ({ request: { method, body } }: RequestContext) =>
  method === 'POST' && body.text === '' && body.problem === undefined;
const isMalformed = ({ request }: RequestContext) => request.body.problem === 'malformed';
const isTooLarge = ({ request }: RequestContext) => request.body.problem === 'too-large';
const clientContextOf = ({ request: { body } }: RequestContext) =>
  isObject(body.value) && 'clientContext' in body.value ? body.value.clientContext : undefined;

/** Media types and bodies that are taken or refused and should not be. */
export const requestFaults: readonly Fault[] = [
  {
    id: 'content-type-missing-accepted',
    summary: 'Takes a body without Content-Type for JSON',
    breaks: ['content-type.required'],
    hooks: waiving(['content-type'], (context) => mediaTypeOf(context) === undefined),
  },
  {
    id: 'content-type-ignored',
    summary: 'Takes every body for JSON whatever its Content-Type says',
    breaks: ['content-type.unsupported'],
    hooks: waiving(['content-type'], (context) => mediaTypeOf(context) !== undefined),
  },
  {
    id: 'content-type-parameters-refused',
    summary: 'Compares the whole Content-Type with application/json',
    breaks: ['content-type.parameters'],
    hooks: refusingMutes(refusals.unsupportedContentType, (context) => mediaTypeOf(context)?.includes(';') === true),
  },
  {
    id: 'charset-refused',
    summary: 'Answers 400 when Content-Type names a charset',
    breaks: ['content-type.parameters'],
    hooks: refusingMutes(
      { status: 400, code: 'BadRequest', message: 'The charset is not supported.' },
      (context) => mediaTypeOf(context)?.includes('charset') === true,
    ),
  },
  {
    id: 'content-type-case-sensitive',
    summary: 'Compares media types with regard to case',
    breaks: ['content-type.case'],
    hooks: refusingMutes(refusals.unsupportedContentType, (context) => /[A-Z]/.test(mediaTypeOf(context) ?? '')),
  },
  {
    id: 'malformed-body-accepted',
    summary: 'Takes a body that it cannot read for an empty object',
    breaks: ['body.malformed'],
    hooks: waiving(['body-syntax', 'body-object'], isMalformed),
  },
  {
    id: 'malformed-body-422',
    summary: 'Answers a body that is not JSON 422',
    breaks: ['body.malformed'],
    hooks: refusingOtherwise('body-syntax', { status: 422 }),
  },
  {
    id: 'malformed-body-refused-yet-mutes',
    summary: 'Refuses a body that is not JSON after it has muted and announced',
    breaks: ['roster.not-on-refusal', 'state.refusal-no-effect'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: refusedYet(muteAndAnnounce, isMalformed),
  },
  {
    id: 'unsupported-content-type-refused-yet-mutes',
    summary: 'Refuses another media type after it has muted and announced',
    breaks: ['roster.not-on-refusal', 'state.refusal-no-effect'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: refusedYet(muteAndAnnounce, ({ refusal }) => refusal?.status === 415),
  },
  {
    id: 'body-not-an-object-accepted',
    summary: 'Takes JSON that is no object for an empty one',
    breaks: ['body.not-an-object'],
    hooks: waiving(['body-object'], (context) => !isMalformed(context) && !isTooLarge(context)),
  },
  {
    id: 'empty-object-refused',
    summary: 'Demands that clientContext is there',
    breaks: ['body.empty-object'],
    hooks: refusingMutes(
      refusals.clientContextType,
      (context) => !isEmpty(context) && clientContextOf(context) === undefined,
    ),
  },
  {
    id: 'null-context-refused',
    summary: 'Takes a clientContext that is null for one of the wrong type',
    breaks: ['body.null-context'],
    hooks: refusingMutes(refusals.clientContextType, (context) => clientContextOf(context) === null),
  },
  {
    id: 'empty-body-202',
    summary: 'Answers a mute without a body 202',
    breaks: ['body.empty'],
    hooks: answering((reply) => ({ ...reply, status: 202 }), isEmpty),
  },
  {
    id: 'empty-body-refused-yet-mutes',
    summary: 'Refuses a mute without a body after it has muted',
    breaks: ['body.empty'],
    settings: { emptyBody: 'refused' },
    hooks: refusedYet(muteSilently, isEmpty),
  },
  {
    id: 'large-body-accepted',
    summary: 'Reads a body of any size',
    breaks: ['body.too-large'],
    hooks: waiving(['body-size', 'body-object'], isTooLarge),
  },
];
