import { cassetteMark } from '../../engine/cassette/cassette.ts';
import { readCassette } from '../../engine/cassette/cassette-file.ts';
import { isHttpArchive } from '../../engine/cassette/har.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { readCassetteTraffic } from './read-cassette.ts';
import { readHar } from './read-har.ts';
import type { RecordedTraffic } from './recorded.ts';

/**
 * The traffic in a file, whichever of the two kinds it is.
 * @param value what the text says
 * @param name of the file, for messages
 * @returns undefined when it is neither
 * @throws ConfigurationError for a cassette that is damaged
 */
export function readTraffic(value: unknown, text: string, name: string): RecordedTraffic | undefined {
  if (isHttpArchive(value)) return readHar(value);
  const isCassette = isObject(value) && value['cassette'] === cassetteMark;
  return isCassette ? readCassetteTraffic(readCassette(text, name)) : undefined;
}
