import { defaultTimeouts, type ApiVersion, type Target, type TargetFile } from './target.ts';

/** A text and where it stands, for messages. */
export interface SourcedText {
  readonly text: string;
  readonly from: string;
}

/** Where a bearer token may come from. */
export interface TokenConfig {
  /** The environment variable that holds it. */
  readonly env?: string | undefined;
  /** The file that holds it. */
  readonly file?: string | undefined;
  readonly written?: SourcedText | undefined;
}

type Given<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** What of a target file is taken as the schema has it. */
type AsInFile = Pick<
  TargetFile,
  | 'name'
  | 'version'
  | 'commit'
  | 'unprivilegedToken'
  | 'oauth'
  | 'headers'
  | 'applicationId'
  | 'capabilities'
  | 'calls'
  | 'callbacks'
  | 'maxBodyBytes'
>;

/**
 * What is said of a target, by a target file, the command line, the environment or a program: parsed, with nothing
 * filled in and no other file read. Plain data.
 */
export interface TargetConfig extends Given<AsInFile> {
  /** What says so, for messages: the target file. */
  readonly source?: string | undefined;
  readonly baseUrl?: SourcedText | undefined;
  readonly apiVersion?: ApiVersion | undefined;
  readonly token?: TokenConfig | undefined;
  readonly callback?: Given<Omit<Target['callback'], 'host' | 'port' | 'jwks'>> & {
    readonly listen?: ListenAddress | undefined;
    /** A URL, or a file. */
    readonly jwks?: string | undefined;
  };
  readonly timeouts?: Given<Target['timeouts']> | undefined;
  readonly requestsPerSecond?: number | undefined;
  /** Files in PEM. */
  readonly tls?: Given<Target['tls']> | undefined;
  readonly allowProduction?: boolean | undefined;
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** One config over another: what it says takes precedence. */
export function overlaid(base: TargetConfig, over: TargetConfig): TargetConfig {
  return {
    ...base,
    ...given(over),
    token: { ...base.token, ...given(over.token) },
    callback: { ...base.callback, ...given(over.callback) },
    timeouts: { ...base.timeouts, ...given(over.timeouts) },
    tls: { ...base.tls, ...given(over.tls) },
  };
}

/** How long things may take: as is said, else as usual. */
export function timeoutsOf({ timeouts }: TargetConfig): Target['timeouts'] {
  return { ...defaultTimeouts, ...given(timeouts) };
}

/** Where callbacks are listened for, and how: as is said, else on any free port of this machine. */
export function listenerOf({ callback }: TargetConfig): Pick<Target['callback'], 'host' | 'port' | 'tls'> {
  return { ...(callback?.listen ?? { host: '127.0.0.1', port: 0 }), tls: callback?.tls ?? false };
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** The members that have a value. */
function given<T extends object>(members: T | undefined): Defined<T> {
  return Object.fromEntries(Object.entries(members ?? {}).filter(([, value]) => value !== undefined)) as Defined<T>;
}
