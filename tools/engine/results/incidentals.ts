const guid = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
/** In how many of all answers, refusals or updates a promise was broken, and what those have in common. */
const share = /, in \d+ of \d+ (?:answers|refusals|mutes|updates|notifications)(?:; .*)?$/g;
/** What differs from call to call: ids, moments, durations, shares. */
const incidental = [guid, /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, /\d+(?:\.\d+)? m?s\b/g, share];
const path = /\/(?:communications|app)\/calls/g;

/** A text without what differs from case to case although they tell the same: ids, times, shares and the path. */
export function withoutIncidentals(text: string): string {
  return incidental.reduce((rest, pattern) => rest.replaceAll(pattern, ''), text).replaceAll(path, '/calls');
}
