import { isObject } from '../catalogue/json-value.ts';

/** Whether a value is an HTTP archive (HAR 1.2): what browsers and proxies save of their traffic. */
export function isHttpArchive(value: unknown): boolean {
  const log = isObject(value) ? value['log'] : undefined;
  return isObject(log) && Array.isArray(log['entries']);
}
