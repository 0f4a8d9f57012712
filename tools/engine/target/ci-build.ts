/** Which build of a target is tested, and in which run of a pipeline. */
export interface Build {
  readonly version?: string;
  readonly commit?: string;
  /** The URL of the pipeline run. */
  readonly ci?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface System {
  /** Set by this system, and by none of the others. */
  readonly marker: string;
  readonly commit: string;
  /** A variable, or several put together: `{NAME}` stands for one. */
  readonly url: string;
}

/** As the documentation of each system names its variables. */
const systems: readonly System[] = [
  {
    marker: 'GITHUB_ACTIONS',
    commit: 'GITHUB_SHA',
    url: '{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}',
  },
  { marker: 'GITLAB_CI', commit: 'CI_COMMIT_SHA', url: '{CI_PIPELINE_URL}' },
  {
    marker: 'TF_BUILD',
    commit: 'BUILD_SOURCEVERSION',
    url: '{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}',
  },
  { marker: 'JENKINS_URL', commit: 'GIT_COMMIT', url: '{BUILD_URL}' },
  { marker: 'CIRCLECI', commit: 'CIRCLE_SHA1', url: '{CIRCLE_BUILD_URL}' },
  { marker: 'BUILDKITE', commit: 'BUILDKITE_COMMIT', url: '{BUILDKITE_BUILD_URL}' },
  {
    marker: 'BITBUCKET_BUILD_NUMBER',
    commit: 'BITBUCKET_COMMIT',
    url: '{BITBUCKET_GIT_HTTP_ORIGIN}/pipelines/results/{BITBUCKET_BUILD_NUMBER}',
  },
];

/** What the CI system that a process runs in says of itself; nothing elsewhere. */
export function buildOfEnvironment(environment: Environment): Build {
  const system = systems.find(({ marker }) => present(environment[marker]) !== undefined);
  if (system === undefined) return {};
  const commit = present(environment[system.commit]);
  const ci = filledIn(system.url, environment);
  return { ...(commit !== undefined && { commit }), ...(ci !== undefined && { ci }) };
}

type Unsure<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** The first of several answers to each question, in their order. */
export function firstKnown(...builds: readonly Unsure<Build>[]): Build {
  const known = (name: keyof Build) => builds.map((build) => present(build[name])).find((value) => value !== undefined);
  const [version, commit, ci] = [known('version'), known('commit'), known('ci')];
  return {
    ...(version !== undefined && { version }),
    ...(commit !== undefined && { commit }),
    ...(ci !== undefined && { ci }),
  };
}

function present(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

/** @returns undefined where a variable is missing, or no http URL comes of it */
function filledIn(pattern: string, environment: Environment): string | undefined {
  const values = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => present(environment[name]));
  if (values.includes(undefined)) return undefined;
  const text = pattern.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => environment[name]?.trim() ?? '');
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // Reports are read by many.
  url.username = '';
  url.password = '';
  return url.href;
}
