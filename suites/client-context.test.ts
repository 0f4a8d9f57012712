import { describe, expect, it } from 'vitest';
import { findFault } from '../tools/emulator/find-deviation.ts';
import { runOnEmulator, type SuitesRun } from '../tools/dev/testing/run-suites.ts';

const rightToLeft = 'context.echo-unicode/echoes-right-to-left-text';
const quotes = 'context.echo/echoes-quotes';
const capitals = 'context.echo/echoes-capitals-and-small-letters';
const everyAnswer = 'response.schema/answers-every-valid-mute-with-json';

function judged(fault: string | undefined): Promise<SuitesRun> {
  const cases = [rightToLeft, quotes, capitals, everyAnswer];
  return runOnEmulator(fault === undefined ? undefined : findFault(fault), (id) => cases.includes(id));
}

describe('a body that a clientContext has made no JSON', () => {
  it.each<[fault: string, id: string, place: RegExp]>([
    [
      'content-length-in-characters',
      rightToLeft,
      /line 1, column \d+: the string does not end; it ends there because its Content-Length is \d+ \(bytes, not/,
    ],
    ['answers-in-latin-1', rightToLeft, /not valid UTF-8, as JSON has to be: byte \d+ of \d+ is 0x[89A-F]/],
    ['client-context-quotes-unescaped', quotes, /line 1, column \d+: unexpected "d"/],
  ])('is a failure of the echo, and of the whole run, that says where it breaks: %s', async (fault, id, place) => {
    const { ids, outcome } = await judged(fault);
    expect(ids('violated').sort()).toEqual([id, everyAnswer].sort());
    for (const one of [id, everyAnswer]) {
      expect(outcome(one)).toMatchObject({ actual: expect.stringMatching(place) as string });
    }
    expect(ids('satisfied')).toContain(capitals);
  });

  it('is none where the answer is JSON', async () => {
    expect((await judged(undefined)).ids('violated')).toEqual([]);
  });

  it('is no failure of the echo where no answer is JSON, whatever its clientContext', async () => {
    const { ids } = await judged('response-in-utf-16');
    expect(ids('violated')).toEqual([everyAnswer]);
    expect(ids('could-not-run').sort()).toEqual([rightToLeft, quotes, capitals].sort());
  });
});
