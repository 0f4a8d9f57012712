/**
 * The address to link to, or undefined where the text is anything but an http or https URL: what a target or a file
 * names must not become a `javascript:` link. Spaces, quotes and angle brackets come out percent-encoded.
 */
export function linkable(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}
