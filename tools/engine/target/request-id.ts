import { hash } from 'node:crypto';

/**
 * A UUID that derives from the given parts alone, so that a run is reproducible and a vendor finds each request of
 * a report in a log (design, section 6). It has the form of a version 8 UUID (RFC 9562), whose content is free.
 */
export function derivedUuid(...parts: readonly (string | number)[]): string {
  const hex = hash('sha256', JSON.stringify(parts));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
