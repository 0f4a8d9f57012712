/** The types of a cassette under short names; specs/cassette.schema.json is the authority. */
import type { components } from '../../../specs/generated/cassette.ts';

type Schemas = components['schemas'];

export type Cassette = Schemas['cassette'];
/** The run on one target. */
export type TargetRecording = Schemas['tape'];
export type RecordedTarget = Schemas['target'];
export type RecordedExchange = Schemas['exchange'];
export type RecordedFailure = Schemas['failure'];
export type RecordedMailbox = Schemas['mailbox'];
export type RecordedDelivery = Schemas['delivery'];
export type Content = Schemas['content'];

/** The version that is written, and the only one that is read. */
export const schemaVersion = 1;

/** What `cassette` says in every such file. */
export const cassetteMark = 'call-mute-conformance';
