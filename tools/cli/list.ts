import { type Catalogue, type Level, loadCatalogue } from '../engine/catalogue/catalogue.ts';
import { type DescribedCase, loadDescribedCases } from '../engine/catalogue/described-cases.ts';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { didYouMean } from '../engine/catalogue/nearest.ts';
import { Style } from '../reports/console-style.ts';
import { linesOfTable, type Row } from './list-table.ts';
import { widthOf } from './output-width.ts';
import { type CommandIo, wantsUnicode } from './command-io.ts';

export interface ListOptions {
  readonly level?: readonly string[];
  readonly suite?: readonly string[];
  readonly json?: boolean;
}

/** What a list shows: as JSON, and as lines for people. */
interface Listing {
  readonly json: object;
  readonly rows: readonly Row[];
  /** What stands below the table. */
  readonly closing: string;
  readonly after?: { readonly title: string; readonly rows: readonly Row[] };
}

const levels: readonly Level[] = ['must', 'should', 'may'];

const kinds: Readonly<Record<string, (options: ListOptions) => Listing | Promise<Listing>>> = {
  requirements: listRequirements,
  cases: listCases,
  faults: async (options) => {
    const { faults } = await import('../emulator/faults/index.ts');
    return listDeviations(
      'faults',
      options,
      faults.map(({ id, summary, breaks, mayAlsoBreak }) => ({ id, summary, breaks, mayAlsoBreak })),
    );
  },
  variants: async (options) => {
    const { variants } = await import('../emulator/variants/index.ts');
    return listDeviations(
      'variants',
      options,
      variants.map(({ id, summary, bends }) => ({ id, summary, bends })),
    );
  },
};

/**
 * Prints what there is of one kind.
 * @param kind requirements, cases, faults or variants
 * @throws ConfigurationError for a kind, level or suite that there is not, and when nothing is left to list
 */
export async function list(kind: string, options: ListOptions, io: CommandIo): Promise<void> {
  const { stdout, environment } = io;
  const listing = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (listing === undefined) {
    const known = Object.keys(kinds);
    throw new ConfigurationError(
      `There is no list of ${JSON.stringify(kind)}${didYouMean(kind, known)} The lists are ${known.join(', ')}.`,
    );
  }
  const { json, rows, closing, after } = await listing(options);
  if (options.json === true) {
    stdout.write(`${JSON.stringify(json, undefined, 2)}\n`);
    return;
  }
  // In a file or a pipe each row stays on one line.
  const width = widthOf(stdout, Number.MAX_SAFE_INTEGER);
  const style = new Style({ colour: false, width, unicode: wantsUnicode(environment) });
  const lines = [...linesOfTable(rows, style), '', closing];
  if (after !== undefined) lines.push('', after.title, '', ...linesOfTable(after.rows, style));
  stdout.write(style.finished(`${lines.join('\n')}\n`));
}

function listRequirements(options: ListOptions): Listing {
  const catalogue = loadCatalogue();
  const { requirementSet } = catalogue;
  const suites = suitesOf(options);
  const inSuites = new Set(loadDescribedCases().flatMap((one) => (suites(one) ? one.requirement : [])));
  const level = levelOf(options);
  const requirements = catalogue.requirements.filter(
    (row) => level(row.level) && (options.suite === undefined || inSuites.has(row.id)),
  );
  refuseNothing(requirements);
  // Who asks for some level or suite is told of those alone.
  const excluded = options.level === undefined && options.suite === undefined ? catalogue.excluded : [];
  return {
    json: { requirementSet, requirements, excluded },
    rows: requirements.map(({ id, level, statement, capability }) => [
      id,
      level,
      capability === undefined ? statement : `${statement} Needs ${capability}.`,
    ]),
    closing: `${counted(requirements.length, 'requirement')} of ${requirementSet}: ${byLevel(requirements)}.`,
    ...(excluded.length > 0 && {
      after: {
        title: 'Deliberately not required:',
        rows: excluded.map(({ what, reason, source }) => [what, `${reason} (${source})`]),
      },
    }),
  };
}

function listCases(options: ListOptions): Listing {
  const catalogue = loadCatalogue();
  const suites = suitesOf(options);
  const level = levelOf(options);
  const cases = loadDescribedCases()
    .filter((one) => suites(one) && level(levelOfCase(one, catalogue)))
    .map((one) => {
      const { id, requirement, suite, title, path } = one;
      return { id, level: levelOfCase(one, catalogue), suite, title, requirement, path };
    });
  refuseNothing(cases);
  return {
    json: { cases },
    rows: cases.map(({ id, level, suite, title }) => [id, level, suite, title]),
    closing: `${counted(cases.length, 'case')}: ${byLevel(cases)}.`,
  };
}

interface ListedDeviation {
  readonly id: string;
  readonly summary: string;
  readonly breaks?: readonly string[];
  readonly bends?: readonly string[] | undefined;
}

function listDeviations(
  kind: 'faults' | 'variants',
  { level, suite }: ListOptions,
  deviations: readonly ListedDeviation[],
): Listing {
  if (level !== undefined || suite !== undefined) {
    throw new ConfigurationError(`--level and --suite choose requirements and cases; the list of ${kind} is whole.`);
  }
  const what = kind === 'faults' ? 'each of them must be noticed' : 'none of them may fail';
  return {
    json: { [kind]: deviations },
    rows: deviations.map(({ id, summary, breaks, bends = [] }) => {
      const touched =
        breaks === undefined
          ? bends.length > 0
            ? `; bends ${bends.join(', ')}`
            : ''
          : `; breaks ${breaks.join(', ')}`;
      return [id, `${summary}${touched}`];
    }),
    closing: `${counted(deviations.length, kind.slice(0, -1))} of the embedded emulator (run --${kind.slice(0, -1)} ID, serve --${kind.slice(0, -1)} ID): ${what}.`,
  };
}

function levelOfCase({ requirement }: DescribedCase, catalogue: Catalogue): Level {
  return catalogue.requirement(requirement).level;
}

function levelOf({ level: chosen }: ListOptions): (level: Level) => boolean {
  for (const name of chosen ?? []) {
    if (!levels.some((level) => level === name)) {
      throw new ConfigurationError(
        `There is no level ${JSON.stringify(name)}${didYouMean(name, levels)} The levels are ${levels.join(', ')}.`,
      );
    }
  }
  return (level) => chosen === undefined || chosen.includes(level);
}

function suitesOf({ suite: chosen }: ListOptions): (described: DescribedCase) => boolean {
  const names = new Set(loadDescribedCases().map(({ suite }) => suite));
  for (const name of chosen ?? []) {
    if (!names.has(name)) {
      throw new ConfigurationError(
        `There is no suite ${JSON.stringify(name)}${didYouMean(name, names)} The suites are ${[...names].join(', ')}.`,
      );
    }
  }
  return ({ suite }) => chosen === undefined || chosen.includes(suite);
}

function refuseNothing(left: readonly unknown[]): void {
  if (left.length === 0) {
    throw new ConfigurationError('No case matches both --level and --suite; drop one of them.');
  }
}

function counted(amount: number, name: string): string {
  return `${amount} ${name}${amount === 1 ? '' : 's'}`;
}

function byLevel(rows: readonly { readonly level: Level }[]): string {
  return levels
    .map((level) => ({ level, amount: rows.filter((row) => row.level === level).length }))
    .filter(({ amount }) => amount > 0)
    .map(({ level, amount }) => `${amount} ${level}`)
    .join(', ');
}
