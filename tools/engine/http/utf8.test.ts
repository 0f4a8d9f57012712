import { describe, expect, it } from 'vitest';
import { utf8Problem } from './utf8.ts';

describe('a body', () => {
  it.each(['', 'plain', 'Grüße, 日本語 👩‍💻', 'with \uFFFD, which was sent as such'])('may be UTF-8: %j', (text) => {
    expect(utf8Problem(Buffer.from(text))).toBeUndefined();
  });

  it.each<[string, Buffer, string, boolean]>([
    ['Latin-1 near its end', Buffer.from('{"name":"Zoé"}', 'latin1'), 'byte 12 of 14 is 0xE9', false],
    ['Latin-1', Buffer.from('Zoé and others', 'latin1'), 'byte 3 of 14 is 0xE9', false],
    ['a byte that begins nothing', Buffer.from([0x22, 0xff, 0x22, 0x22, 0x22]), 'byte 2 of 5 is 0xFF', false],
    [
      'after a replacement that was sent',
      Buffer.concat([Buffer.from('a\uFFFDé'), Buffer.from([0x0f, 0xc0, 0x20, 0x20, 0x20])]),
      'byte 8 of 11 is 0xC0',
      false,
    ],
    ['cut in a character', Buffer.from('日本語').subarray(0, 8), 'byte 7 of 8 is 0xE8', true],
    ['cut in the first character', Buffer.from('👩').subarray(0, 3), 'byte 1 of 3 is 0xF0', true],
  ])('is none, and says where: %s', (_what, bytes, place, isCutOff) => {
    expect(utf8Problem(bytes)).toEqual({
      message: `the body is not valid UTF-8, as JSON has to be: ${place}`,
      isCutOff,
    });
  });
});
