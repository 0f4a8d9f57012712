import { closeSync, openSync, readSync } from 'node:fs';

/** A file is larger than what is read of one of its kind. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
  /** Like the errors of the file system have one. */
  readonly code = 'EFBIG';
}

/**
 * Reads a file as UTF-8. The size that the system tells of a file is no help with devices and pipes, some of which
 * never end: so it is counted while reading.
 * @param limit in bytes
 * @throws FileTooLarge when there is more; the error of the file system when it cannot be read
 */
export function readBoundedFile(file: string, limit: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let total = 0; ;) {
      const chunk = Buffer.allocUnsafe(Math.min(1024 * 1024, limit + 1 - total));
      const length = readSync(descriptor, chunk);
      if (length === 0) return Buffer.concat(chunks).toString('utf8');
      total += length;
      if (total > limit) throw new FileTooLarge(`${file} is larger than ${limit} bytes`);
      chunks.push(chunk.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
}
