/** The id of the row that recorded traffic has for a requirement; no case of the suite has such an id. */
export function rowId(requirement: string, path: '/communications' | '/app'): string {
  return `${requirement}/in-recorded-traffic${path === '/app' ? '@app' : ''}`;
}
