import type { Fault } from '../deviation.ts';
import { withEditedBody, withHeader, withoutHeader, withText } from '../editing.ts';
import { isObject, type JsonObject } from '../../engine/catalogue/json-value.ts';
import type { RequestContext } from '../exchange.ts';
import { onApp, refusing, type MakesHooks } from '../mute-hooks.ts';

/** The error object of a refusal is changed in place. */
function explaining(edit: (error: JsonObject) => void): MakesHooks {
  return refusing((reply) =>
    withEditedBody(reply, ({ error }) => {
      if (isObject(error)) edit(error);
    }),
  );
}

/** Other credentials than tokens are no secret of the suite. */
function hasToken({ request }: RequestContext): boolean {
  return /^(bearer|token) +\S/i.test(request.headers.authorization ?? '');
}

/** Refusals that are written in another way, and headers that all answers should have. */
export const errorBodyFaults: readonly Fault[] = [
  {
    id: 'error-body-html',
    summary: 'Refuses with a page of HTML',
    breaks: ['error.body', 'error.content-type'],
    hooks: refusing((reply) => withText(reply, 'text/html', '<!doctype html><title>Refused</title>')),
  },
  {
    id: 'error-body-text',
    summary: 'Refuses with a sentence',
    breaks: ['error.body', 'error.content-type'],
    hooks: refusing((reply) => withText(reply, 'text/plain', 'The request was refused.')),
  },
  {
    id: 'error-body-empty',
    summary: 'Refuses with nothing but a status',
    breaks: ['error.body', 'error.content-type'],
    hooks: refusing((reply) => ({ ...withoutHeader(reply, 'Content-Type'), raw: '' })),
  },
  {
    id: 'error-body-empty-on-app',
    summary: 'Refuses on the deprecated path with an empty object',
    breaks: ['error.body'],
    hooks: refusing((reply) => ({ ...reply, body: {} }), onApp),
  },
  {
    id: 'error-body-nested',
    summary: 'Writes the error object into another one',
    breaks: ['error.body'],
    mayAlsoBreak: ['error.inner-error'],
    hooks: refusing((reply) => ({ ...reply, body: { error: reply.body } })),
  },
  {
    id: 'error-code-empty',
    summary: 'Refuses with an empty code',
    breaks: ['error.body'],
    hooks: explaining((error) => {
      error.code = '';
    }),
  },
  {
    id: 'error-message-missing',
    summary: 'Refuses without a message',
    breaks: ['error.body'],
    hooks: explaining((error) => {
      delete error.message;
    }),
  },
  {
    id: 'error-declared-as-text',
    summary: 'Declares the error object as text/plain',
    breaks: ['error.content-type'],
    hooks: refusing((reply) => withHeader(reply, 'Content-Type', 'text/plain')),
  },
  {
    id: 'inner-error-missing',
    summary: 'Refuses without an innerError',
    breaks: ['error.inner-error'],
    hooks: explaining((error) => {
      delete error.innerError;
    }),
  },
  {
    id: 'error-code-unique',
    summary: 'Gives every refusal a code of its own',
    breaks: ['error.stable-code'],
    hooks: () => {
      let refused = 0;
      return {
        reply: ({ refusal }, reply) => {
          if (refusal === undefined) return reply;
          refused += 1;
          return withEditedBody(reply, ({ error }) => {
            if (isObject(error)) error.code = `E${refused}`;
          });
        },
      };
    },
  },
  {
    id: 'error-quotes-token',
    summary: 'Quotes the Authorization header in the message of a refusal',
    breaks: ['error.no-secret'],
    hooks: refusing(
      (reply, { request }) =>
        withEditedBody(reply, ({ error }) => {
          if (isObject(error)) error.message = `Refused for ${request.headers.authorization}.`;
        }),
      hasToken,
    ),
  },
  {
    id: 'unauthorized-quotes-token',
    summary: 'Quotes the Authorization header in the message of a 401',
    breaks: ['error.no-secret'],
    hooks: refusing(
      (reply, { request }) =>
        withEditedBody(reply, ({ error }) => {
          if (isObject(error)) error.message = `Not authorized: ${request.headers.authorization}.`;
        }),
      (context) => context.refusal?.status === 401 && hasToken(context),
    ),
  },
  {
    id: 'error-tells-token',
    summary: 'Says in every refusal which bearer token it expects',
    breaks: ['error.no-secret'],
    hooks: refusing((reply, _context, { expectedToken }) =>
      withEditedBody(reply, ({ error }) => {
        if (isObject(error)) error.message = `Refused; send Authorization: Bearer ${expectedToken}`;
      }),
    ),
  },
  {
    id: 'request-id-missing',
    summary: 'Answers without a request-id',
    breaks: ['header.request-id'],
    hooks: () => ({ reply: (_context, reply) => withoutHeader(reply, 'request-id') }),
  },
  {
    id: 'client-request-id-other',
    summary: 'Answers with its own request-id for client-request-id',
    breaks: ['header.client-request-id'],
    hooks: () => ({
      reply: ({ request }, reply) => withHeader(reply, 'client-request-id', request.requestId),
    }),
  },
];
