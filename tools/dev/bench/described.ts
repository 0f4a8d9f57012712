import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { specification } from '../../engine/catalogue/package-root.ts';
import { measure } from './measured-process.ts';
import { Unavailable } from './peer.ts';
import { peerProgram } from './peer-files.ts';

/** As much of an OpenAPI 3.0 description as is changed here. */
export interface Description {
  servers?: { url: string }[];
  webhooks?: unknown;
  paths: Record<string, { post?: { responses: Record<string, unknown> } }>;
  components: {
    parameters: Record<string, { example?: string; examples?: Record<string, { value: string }> }>;
    requestBodies: Record<string, { content: Record<string, { examples: Record<string, unknown> }> }>;
    responses: Record<string, { content: Record<string, { examples: Record<string, unknown> }> }>;
    examples?: Record<string, unknown>;
  };
}

/** The fragment as OpenAPI 3.0, made by @apiture/openapi-down-convert. @throws Unavailable */
export async function downConverted(folder: string): Promise<Description> {
  const file = path.join(folder, 'openapi-3.0.yaml');
  const program = peerProgram('@apiture/openapi-down-convert/lib/src/cli.js');
  const words = ['--input', specification('call-mute.openapi.yaml'), '--output', file];
  const { exitCode, stderr } = await measure([...program, ...words]);
  if (exitCode !== 0 || !existsSync(file)) throw new Unavailable(`OpenAPI 3.0 could not be made: ${stderr.trim()}`);
  return parse(readFileSync(file, 'utf8')) as Description;
}

/** Examples in the places where they are referred to: not all peers follow. */
function withOwnExamples({
  responses,
  examples = {},
}: Description['components']): Description['components']['responses'] {
  const resolved = (example: unknown): unknown => {
    const { $ref } = example as { $ref?: string };
    return $ref === undefined ? example : examples[$ref.replace('#/components/examples/', '')];
  };
  return mapped(responses, (response) => ({
    ...response,
    content: mapped(response.content, (media) => ({ ...media, examples: mapped(media.examples, resolved) })),
  }));
}

function mapped<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/**
 * What peers that follow a description can use of it: mute alone, at this address, with the id of a call that exists.
 * Some of them take neither dashes in the names of parameters nor ranges of status codes.
 */
export function describedMute(description: Description, baseUrl: string, call: string): Description {
  const plain = JSON.parse(JSON.stringify(description).replaceAll('call-id', 'callId')) as Description;
  const { webhooks: _webhooks, paths, components, ...rest } = plain;
  const mutes = Object.entries(paths).filter(([name]) => /\/mute$/.test(name));
  for (const [, { post }] of mutes) {
    if (post)
      post.responses = Object.fromEntries(Object.entries(post.responses).filter(([code]) => /^\d+$/.test(code)));
  }
  const { callId } = components.parameters;
  if (callId === undefined || mutes.length === 0) throw new Error('the fragment has no mute of a call any more');
  callId.example = call;
  return {
    ...rest,
    servers: [{ url: baseUrl }],
    paths: Object.fromEntries(mutes),
    components: { ...components, responses: withOwnExamples(components) },
  };
}

export function writeDescription(description: Description, file: string): void {
  writeFileSync(file, file.endsWith('.json') ? JSON.stringify(description) : stringify(description));
}
