/** Requirements whose cases wait: for updates that come late or for silence, or send a request after the other. */
const heavy =
  /^(roster\.|operation\.|state\.|concurrency\.|method\.refused|auth\.no-effect|group\.peer-to-peer-|context\.echo|body\.empty)/;

/** About how much of a run a case takes, in units of the lightest. */
export function caseWeight({ requirement }: { readonly requirement: string }): number {
  return heavy.test(requirement) ? 3 : 1;
}

/** The same cases, those first that take longest: what waits then does so while the others work. */
export function heaviestFirst<T extends { readonly requirement: string }>(cases: readonly T[]): T[] {
  return cases.toSorted((one, other) => caseWeight(other) - caseWeight(one));
}
