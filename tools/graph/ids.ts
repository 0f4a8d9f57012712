const dashed = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const undashed = /^[0-9a-f]{32}$/i;

/** Whether the text is a GUID, with or without its dashes, in any case; braces are no part of it. */
export function isGuid(text: string): boolean {
  return dashed.test(text) || undashed.test(text);
}

/**
 * Whether two ids name the same thing. Ids that are GUIDs compare as such, because Graph itself writes the same id
 * dashed in lower case and undashed in upper case (fact 33); all others compare character for character.
 */
export function sameId(one: string, other: string): boolean {
  if (!isGuid(one) || !isGuid(other)) return one === other;
  return canonical(one) === canonical(other);
}

function canonical(guid: string): string {
  return guid.replaceAll('-', '').toLowerCase();
}
