import type { components } from '../../../specs/generated/target.ts';
import type { Build } from './ci-build.ts';

type Schemas = components['schemas'];

/** The target file as it is written. */
export type TargetFile = Schemas['target'];
export type Capability = keyof Required<Schemas['capabilities']>;
export type CallSource = Schemas['callSource'];

export const capabilityNames: readonly Capability[] = [
  'app',
  'operations',
  'participants',
  'unmute',
  'tokenValidation',
  'sharedMeeting',
  'callbackAuth',
  'deltaRoster',
];

/** What a target declares. `app` is missing where nobody said anything of it: then it is looked at once. */
export type Capabilities = Readonly<Omit<Record<Capability, boolean>, 'app'> & { app?: boolean }>;

/** The three ways in which Graph creates calls: facts 55 and 56. */
export const callKinds = ['group', 'meeting', 'peerToPeer'] as const;
export type CallKind = (typeof callKinds)[number];

export type ApiVersion = 'beta' | 'v1.0';

/** Where the keys are that sign the tokens on callbacks. */
export type KeySource = { url: string } | { keys: { keys: Record<string, unknown>[] } };

/** A target with everything resolved: files read, flags applied, defaults filled in. Plain data: it goes to the worker. */
export interface Target {
  readonly name: string;
  /** Service root, with the version where the target has it in its path; without a slash at the end. */
  readonly baseUrl: string;
  readonly apiVersion: ApiVersion;
  /** Which build is tested, for the reports. */
  readonly build?: Build | undefined;
  /** The run has started it: the emulator of the suite. */
  readonly embedded?: true | undefined;
  readonly token?: string | undefined;
  readonly unprivilegedToken?: string | undefined;
  readonly oauth?: Schemas['oauth'] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Everything that no report may contain. */
  readonly secrets: readonly string[];
  readonly applicationId?: string | undefined;
  readonly capabilities: Capabilities;
  readonly calls: Readonly<Partial<Record<CallKind, CallSource | 'none'>>>;
  /** The target posts no notifications. */
  readonly callbacks?: 'none' | undefined;
  readonly callback: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl?: string | undefined;
    readonly tls: boolean;
    readonly jwks?: KeySource | undefined;
    readonly issuer?: string | string[] | undefined;
    readonly audience?: string | string[] | undefined;
  };
  readonly timeouts: {
    readonly requestMs: number;
    readonly notificationMs: number;
    readonly quietMs: number;
    /** How long one case may wait for throttled requests in all. */
    readonly throttleMs: number;
  };
  readonly requestsPerSecond?: number | undefined;
  readonly maxBodyBytes: number;
  readonly tls: {
    readonly ca?: string | undefined;
    readonly cert?: string | undefined;
    readonly key?: string | undefined;
    readonly insecure: boolean;
  };
  /** The proxy for requests to the target, when the environment names one that applies. */
  readonly proxy?: string | undefined;
  readonly notes: readonly string[];
}

/** Bytes of a response body that are read unless the target file says otherwise. */
export const defaultMaxBodyBytes = 8 * 1024 * 1024;

export const defaultTimeouts: Target['timeouts'] = {
  requestMs: 10_000,
  notificationMs: 5_000,
  quietMs: 300,
  throttleMs: 30_000,
};

export function isCapability(name: string | undefined): name is Capability {
  return capabilityNames.some((capability) => capability === name);
}

/** What every report says of a target: a secret that begins like it is not given away by it. */
export function namesOf({ name, baseUrl }: Pick<Target, 'name' | 'baseUrl'>): readonly string[] {
  return [name, baseUrl];
}
