import { isObject, type JsonObject } from '../../engine/catalogue/json-value.ts';
import type { Hooks, Variant } from '../deviation.ts';
import { withEditedBody, withEditedEnvelope, withEditedHeader } from '../editing.ts';
import { describingOperation } from '../mute-hooks.ts';

/** Every object and list, from the inside out, is changed in place. */
function everywhere(value: unknown, edit: (object: JsonObject) => void): void {
  if (Array.isArray(value)) value.forEach((item) => everywhere(item, edit));
  else if (isObject(value)) {
    for (const member of Object.values(value)) everywhere(member, edit);
    edit(value);
  }
}

/** Whatever the emulator writes is changed in place. */
function writing(edit: (body: JsonObject) => void): () => Hooks {
  return () => ({
    reply: (_context, reply) => withEditedBody(reply, edit),
    notification: (_context, delivery) => [withEditedEnvelope(delivery, edit)],
  });
}

function withKeysInParentheses(url: string): string {
  return url.replaceAll(/\/(calls|operations)\/([^/]+)/g, "/$1('$2')");
}

const enums = ['status', 'state', 'changeType', 'direction', 'mediaType', 'endpointType'];

function pascalCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The same resources written in another way. */
export const resourceVariants: readonly Variant[] = [
  {
    id: 'location-of-a-gateway',
    summary: 'Puts the path prefix of a gateway, which leads nowhere here, into Location',
    hooks: () => ({
      reply: (_context, reply) =>
        withEditedHeader(reply, 'Location', (location) => location.replace(/^(https?:\/\/[^/]+)/, '$1/gateway')),
    }),
  },
  {
    id: 'ids-opaque',
    summary: 'Gives ids that are no GUIDs',
    hooks: () => ({
      identifier: (kind, proposed) => `${kind}_${Buffer.from(proposed).toString('base64url')}`,
    }),
  },
  {
    id: 'ids-in-capitals',
    summary: 'Writes the ids of its answers in capitals',
    hooks: () => ({
      reply: (_context, reply) =>
        withEditedBody(reply, (body) => {
          if (typeof body.id === 'string') body.id = body.id.toUpperCase();
        }),
    }),
  },
  {
    id: 'resource-ids-undashed',
    summary: 'Names resources in notifications with ids in capitals and without dashes',
    hooks: () => ({
      notification: (_context, delivery) => [
        withEditedEnvelope(delivery, (envelope) =>
          everywhere(envelope.value, (item) => {
            if (typeof item.resourceUrl !== 'string') return;
            item.resourceUrl = item.resourceUrl.replaceAll(/[\da-f-]{36}/g, (id) =>
              id.replaceAll('-', '').toUpperCase(),
            );
          }),
        ),
      ],
    }),
  },
  {
    id: 'keys-in-parentheses',
    summary: "Names resources with keys in parentheses, as in calls('id')",
    hooks: () => ({
      reply: (_context, reply) => withEditedHeader(reply, 'Location', withKeysInParentheses),
      notification: (_context, delivery) => [
        withEditedEnvelope(delivery, (envelope) =>
          everywhere(envelope.value, (item) => {
            if (typeof item.resourceUrl === 'string') item.resourceUrl = withKeysInParentheses(item.resourceUrl);
          }),
        ),
      ],
    }),
  },
  {
    id: 'enums-in-pascal-case',
    summary: 'Writes members of enums with a capital, as the CSDL has them',
    bends: ['response.status-case', 'roster.change-type-case'],
    hooks: writing((body) =>
      everywhere(body, (object) => {
        for (const name of enums) {
          const word = object[name];
          if (typeof word === 'string') object[name] = pascalCase(word);
        }
      }),
    ),
  },
  {
    id: 'types-without-hash',
    summary: 'Writes no # before the names of types',
    bends: ['response.odata-type-hash'],
    hooks: writing((body) =>
      everywhere(body, (object) => {
        const type = object['@odata.type'];
        if (typeof type === 'string') object['@odata.type'] = type.replace(/^#/, '');
      }),
    ),
  },
  {
    id: 'members-unknown',
    summary: 'Has further members in everything that it writes',
    hooks: writing((body) =>
      everywhere(body, (object) => {
        object['@odata.etag'] = 'W/"54451"';
        object.publishedStates = [{ since: 2020 }];
      }),
    ),
  },
  {
    id: 'result-info-null',
    summary: 'Writes null for resultInfo where there is none',
    hooks: describingOperation((operation) => {
      operation.resultInfo = null;
    }),
  },
  {
    id: 'result-info-of-success',
    summary: 'Gives a completed operation a resultInfo that says so',
    hooks: describingOperation((operation) => {
      operation.resultInfo = { code: 200, subcode: 0, message: null };
    }),
  },
  {
    id: 'operation-context-namespaced',
    summary: 'Writes @odata.context with the namespace, as OData would',
    hooks: describingOperation((operation) => {
      operation['@odata.context'] = String(operation['@odata.context']).replace(
        '#muteParticipantOperation',
        '#microsoft.graph.muteParticipantOperation',
      );
    }),
  },
  {
    id: 'legacy-resource-absent',
    summary: 'Names the resource in resourceUrl alone',
    hooks: () => ({
      notification: (_context, delivery) => [
        withEditedEnvelope(delivery, (envelope) =>
          everywhere(envelope.value, (item) => {
            delete item.resource;
          }),
        ),
      ],
    }),
  },
];
