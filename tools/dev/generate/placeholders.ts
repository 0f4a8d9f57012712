import { isObject } from '../../engine/catalogue/json-value.ts';
import type { Exchange } from '../../engine/results/results.ts';

/** What a call is called in a path, by the kind that its creation asked for. */
const placeholders: Readonly<Record<string, string>> = {
  'create group call': 'call-id',
  'create group call in a meeting': 'meeting-call-id',
  'create peer-to-peer call': 'peer-to-peer-call-id',
};

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Makes what takes the values of one run out of a text: ids of calls and operations, the base URL, GUIDs, the
 * receiver's address. Calls of one kind are told apart by the order in which the case uses them, which does not depend
 * on the order in which the target made them; more than two are not told apart.
 * @param exchanges those of the case
 * @param used those of them that are shown
 */
export function placeholdersOf(
  exchanges: readonly Exchange[],
  used: readonly Exchange[],
  baseUrl: string,
): (text: string) => string {
  const names = new Map<string, string>();
  for (const exchange of exchanges.filter(({ step }) => /mute/.test(step))) {
    const id = idOf(exchange);
    if (id !== undefined) names.set(id, '{operation-id}');
  }
  for (const [step, name] of Object.entries(placeholders)) {
    const ids = exchanges.filter((exchange) => exchange.step === step).flatMap((exchange) => idOf(exchange) ?? []);
    const firstUse = (id: string) => {
      const index = used.findIndex(({ request }) => request.url.includes(id));
      return index === -1 ? used.length : index;
    };
    for (const [index, id] of ids.sort((one, other) => firstUse(one) - firstUse(other)).entries()) {
      names.set(id, index === 1 && ids.length === 2 ? `{other-${name}}` : `{${name}}`);
    }
  }
  const origin = new URL(baseUrl).origin;
  return (text) =>
    [...names]
      .reduce((replaced, [id, name]) => replaced.replaceAll(id, name), text)
      .replaceAll(baseUrl, '')
      .replaceAll(origin, '{origin}')
      .replaceAll(/\/callbacks\/[0-9a-f]{16,}/g, '/callbacks/{secret}')
      .replaceAll(new RegExp(`("clientContext":")${guid.source}"`, 'gi'), '$1{client-context}"')
      .replaceAll(guid, '{guid}')
      .replaceAll('[redacted]', '{unprivilegedToken}')
      .replaceAll(/\bwithin \d+ ms\b/g, 'within the notification timeout');
}

function idOf({ response }: Exchange): string | undefined {
  try {
    const body: unknown = JSON.parse(response?.body ?? '');
    const id = isObject(body) ? body['id'] : undefined;
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch {
    return undefined;
  }
}
