/**
 * The path and query of a callbackUri, below the listener. All of it is plain RFC 3986 that has to come back as it is:
 * upper case, escapes of what has a meaning of its own, a plus that is no space, a semicolon, a second question mark,
 * parameters that are empty, come twice or are not sorted, a path that ends in a slash. No escape stands in the path,
 * where gateways before the listener may refuse or decode it.
 */
export function callbackPath(token: string, label: string): string {
  const kept = 'Case=Kept&check=a%20b&slash=%2F&plus=%2B&and=%26&sum=1+1&list=a;b&equals=a=b&empty=&question=a?b';
  return `/callbacks/${token}/Notify/?call=${plain(label)}&${kept}&twice=2&twice=1`;
}

/** The same without anything that anybody could have a reason to write in another way, save for one escape. */
export function plainCallbackPath(token: string, label: string): string {
  return `/callbacks/${token}/notify?call=${plain(label)}&check=a%20b`;
}

function plain(label: string): string {
  return label.replace(/[^\w.-]+/g, '-');
}

/**
 * Where two paths part, in words.
 * @returns undefined when they are the same
 */
export function partingOf(expected: string, received: string): string | undefined {
  if (expected === received) return undefined;
  let at = 0;
  while (at < expected.length && expected[at] === received[at]) at += 1;
  // An escape is shown whole.
  const escape = /%[\da-f]?$/i.exec(expected.slice(0, at))?.[0].length ?? 0;
  const excerpt = (text: string) => JSON.stringify(text.slice(at - escape, at - escape + 12));
  return `they part at ${excerpt(expected)}, in place of which came ${excerpt(received)}`;
}
