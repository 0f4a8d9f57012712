/**
 * What reads the log of a run beside people: CI systems fold parts of it, and obey lines that look like commands. Texts
 * for the log carry marks where a part begins and ends; nothing that a target says can contain them, since what is
 * printable has no control characters.
 */

export type LogReader = 'github' | 'gitlab' | 'azure' | 'plain';

const beginMark = '\u0000begin ';
const endMark = '\u0000end';

/** Lines that a reader may fold away behind a title. */
export function folded(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [beginMark + title, ...lines, endMark];
}

/** The CI system that an environment belongs to, of those that fold logs. */
export function logReader(environment: Readonly<Record<string, string | undefined>>): LogReader {
  if (environment['GITHUB_ACTIONS'] === 'true') return 'github';
  if (environment['GITLAB_CI'] === 'true') return 'gitlab';
  return environment['TF_BUILD']?.toLowerCase() === 'true' ? 'azure' : 'plain';
}

/** The first line of a part and the last one, for each reader that has some. */
const commands: Readonly<Record<LogReader, (title: string, section: string) => readonly [string, string] | undefined>> =
  {
    github: (title) => [`::group::${title}`, '::endgroup::'],
    azure: (title) => [`##[group]${title}`, '##[endgroup]'],
    gitlab: (title, section) => [
      `\u001b[0Ksection_start:${section}[collapsed=true]\r\u001b[0K${title}`,
      `\u001b[0Ksection_end:${section}\r\u001b[0K`,
    ],
    plain: () => undefined,
  };

/** A line that no reader takes for a command, wherever the runners look for the beginning of one. */
function inert(line: string, reader: LogReader): string {
  if (reader === 'plain' || reader === 'gitlab') return line;
  return line.replace(/^(\s*)::/, '$1: :').replaceAll(/##(?=\[|vso\[)/g, '## ');
}

/**
 * A text with marks as its reader takes it: with the commands that fold, or without anything in their place.
 * @param now in seconds since 1970, which GitLab asks of a section
 */
export function forLog(text: string, reader: LogReader, now: number): string {
  let sections = 0;
  let end: string | undefined;
  const lines = text.split('\n').flatMap((line) => {
    if (line === endMark) return end === undefined ? [] : [end];
    if (!line.startsWith(beginMark)) return [inert(line, reader)];
    sections += 1;
    const title = line.slice(beginMark.length);
    const [begin, last] = commands[reader](title, `${now}:conformance_${sections}`) ?? [];
    end = last;
    return begin === undefined ? [] : [begin];
  });
  return lines.join('\n');
}
