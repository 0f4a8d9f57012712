import { createReadStream } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { type JsonText, JsonTextProblem, readJsonText } from '../engine/http/json-text.ts';
import { jsonDepthLimit } from '../engine/http/json-depth.ts';

const mebibyte = 1024 * 1024;
const sizeLimit = 8 * mebibyte;

/** What traffic may take: it has the bodies of everything that passed. */
export const trafficSizeLimit = 64 * mebibyte;

/**
 * Reads a payload from a file, or from standard input when the file is `-`.
 * @throws ConfigurationError in one paragraph when there is no such file, when it is too large, too deep, not UTF-8 or
 *   no JSON
 */
export async function readPayload(
  file: string,
  workingDirectory: string,
  standardInput: AsyncIterable<Uint8Array | string>,
  limit = sizeLimit,
): Promise<JsonText & { readonly text: string }> {
  const name = file === '-' ? 'Standard input' : file;
  const source = file === '-' ? standardInput : createReadStream(path.resolve(workingDirectory, file));
  const text = decoded(await allOf(source, name, limit), name);
  if (text.trim() === '') throw new ConfigurationError(`${name} is empty; expected one JSON value.`);
  try {
    return { ...readJsonText(text, jsonDepthLimit), text };
  } catch (error) {
    if (!(error instanceof JsonTextProblem)) throw error;
    throw new ConfigurationError(`${name} cannot be read as JSON: ${error.message}.`);
  }
}

/** Stops reading at the limit: a device or a pipe may never end. */
async function allOf(source: AsyncIterable<Uint8Array | string>, name: string, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > limit) break;
    }
  } catch (error) {
    throw new ConfigurationError(`${name} cannot be read: ${whyUnreadable(error)}.`);
  }
  if (size <= limit) return Buffer.concat(chunks);
  throw new ConfigurationError(
    limit === trafficSizeLimit
      ? `${name} is larger than ${limit / mebibyte} MiB; record the requests to calls and callbacks alone, or in several files (docs/traffic.md).`
      : `${name} is larger than ${limit / mebibyte} MiB; cut the payload out of its log.`,
  );
}

function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' ? 'reading it is not permitted' : message;
}

/** JSON is UTF-8 (RFC 8259, section 8.1); a byte order mark in front of it is what editors leave, and is left out. */
function decoded(bytes: Buffer, name: string): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') {
    throw new ConfigurationError(`${name} is UTF-16, as PowerShell writes it with >; save it as UTF-8.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigurationError(`${name} is not UTF-8, so it is not valid JSON; save it as UTF-8.`);
  }
}
