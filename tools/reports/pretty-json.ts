/** Beyond this depth indentation would cost more than it shows. */
const maximalDepth = 40;

/**
 * A JSON text with line feeds and two spaces of indentation, or undefined when the text is no JSON object or array or
 * is nested too deeply to be readable. Only the space between tokens changes, so that a report shows the numbers,
 * escapes and duplicate names that were sent, which parsing and writing again would lose.
 */
export function prettyJson(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || !isJson(trimmed)) return undefined;
  let depth = 0;
  let pretty = '';
  const feed = (): string => `\n${'  '.repeat(depth)}`;
  for (const [token] of trimmed.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[{]\s*[\]}]|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    if (token === '{' || token === '[') {
      depth += 1;
      if (depth > maximalDepth) return undefined;
      pretty += token + feed();
    } else if (token === '}' || token === ']') {
      depth -= 1;
      pretty += feed() + token;
    } else if (token === ',') pretty += token + feed();
    else if (token === ':') pretty += ': ';
    else pretty += /^[[{]\s/.test(token) ? token.replace(/\s+/, '') : token;
  }
  return pretty;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
