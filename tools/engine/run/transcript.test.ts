import { describe, expect, it } from 'vitest';
import type { Exchange } from '../results/results.ts';
import { muteExchange, rosterNotification } from '../../dev/testing/sample-exchanges.ts';
import { cutTranscript, transcriptLength, TranscriptRoom } from './transcript.ts';

const limit = 256 * 1024;
const long = (characters: number) => 'x'.repeat(characters);

function answering(body: string, headers: Record<string, string> = {}): Exchange {
  const { request, ...rest } = muteExchange();
  return { ...rest, request, response: { status: 200, headers, body } };
}

describe('a transcript', () => {
  it('within its limit stays as it is', () => {
    const transcript = { exchanges: [muteExchange()], notifications: [rosterNotification()] };
    expect(cutTranscript(transcript, limit)).toEqual({
      ...transcript,
      whole: true,
      length: transcriptLength(transcript),
    });
  });

  it('over its limit has its bodies cut, and says so', () => {
    const exchanges = Array.from({ length: 10 }, () => answering(long(60_000)));
    const cut = cutTranscript({ exchanges, notifications: [rosterNotification({ body: long(60_000) })] }, limit);
    expect(transcriptLength(cut)).toBeLessThanOrEqual(limit);
    expect(cut).toMatchObject({ whole: false, notifications: [{ truncated: true }] });
    expect(cut.exchanges).toHaveLength(10);
    expect(cut.exchanges[0]?.request).toEqual(exchanges[0]?.request);
    expect(cut.exchanges[0]?.response).toMatchObject({ truncated: true });
    expect(cut.exchanges[0]?.response?.body.length).toBeGreaterThan(5_000);
  });

  it('of which the headers alone are over the limit has those cut, and keeps what came last', () => {
    const headers = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`x-${index}`, long(1_000)]));
    const exchanges = Array.from({ length: 100 }, (_, index) => answering('', { ...headers, index: String(index) }));
    const cut = cutTranscript({ exchanges, notifications: [] }, limit);
    expect(transcriptLength(cut)).toBeLessThanOrEqual(limit);
    expect(cut.whole).toBe(false);
    expect(cut.exchanges.at(-1)?.response?.headers['index']).toBe('99');
  });

  it('is within its limit whatever it is made of', () => {
    const headers = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x-${index}`, 'x']));
    for (const small of [1_000, 16 * 1024, limit]) {
      for (const exchanges of [
        [answering(long(100_000))],
        Array.from({ length: 100 }, () => answering('{}', headers)),
      ]) {
        const notifications = Array.from({ length: 200 }, () => rosterNotification({ path: `/${long(10_000)}` }));
        expect(transcriptLength(cutTranscript({ exchanges, notifications }, small))).toBeLessThanOrEqual(small);
      }
    }
  });

  it('does not end within a surrogate pair', () => {
    const exchanges = [answering('😀'.repeat(200_000)), answering(`x${'😀'.repeat(200_000)}`)];
    for (const { response } of cutTranscript({ exchanges, notifications: [] }, limit).exchanges) {
      expect(response?.body).not.toMatch(/[\ud800-\udbff]$/);
    }
  });
});

describe('the room of a run', () => {
  it('becomes tight when much of it is taken', () => {
    const room = new TranscriptRoom('all', 1_000);
    expect(room.forCase).toBe(limit);
    room.take(999);
    expect(room.forCase).toBe(limit);
    room.take(1);
    expect(room.forCase).toBe(16 * 1024);
  });

  it('may be none at all', () => {
    expect(new TranscriptRoom('none').isClosed).toBe(true);
    expect(new TranscriptRoom().isClosed).toBe(false);
  });
});
