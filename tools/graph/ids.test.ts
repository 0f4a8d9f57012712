import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGuid, sameId } from './ids.ts';

const guid = '0fe0623f-d628-42ed-b4bd-8ac290072cc5';

describe('sameId', () => {
  it.each([
    ['the same text', guid, guid],
    ['upper case', guid, guid.toUpperCase()],
    ['undashed', guid, guid.replaceAll('-', '')],
    ['undashed in upper case (fact 33)', guid, guid.replaceAll('-', '').toUpperCase()],
    ['opaque ids that are equal', 'op_1', 'op_1'],
  ])('%s', (_title, one, other) => {
    expect(sameId(one, other)).toBe(true);
    expect(sameId(other, one)).toBe(true);
  });

  it.each([
    ['another GUID', guid, `${guid.slice(0, -1)}6`],
    ['braces', guid, `{${guid}}`],
    ['dashes in odd places', guid, '0fe0623fd-628-42ed-b4bd-8ac290072cc5'],
    ['some dashes left out', guid, guid.replace('-', '')],
    ['opaque ids of another case', 'op_a', 'OP_A'],
    ['opaque ids with dashes', 'op-1', 'op1'],
    ['a letter before it, of another case', `x${guid}`, `X${guid}`],
    ['a letter behind it, of another case', `${guid}x`, `${guid}X`],
    ['a digit too much in front, of another case', `a${guid.replaceAll('-', '')}`, `A${guid.replaceAll('-', '')}`],
    ['a digit too much at the end, of another case', `${guid.replaceAll('-', '')}a`, `${guid.replaceAll('-', '')}A`],
    ['spaces', guid, ` ${guid}`],
    ['a line end', guid, `${guid}\n`],
    ['nothing', guid, ''],
  ])('not %s', (_title, one, other) => {
    expect(sameId(one, other)).toBe(false);
  });

  it('holds for every GUID in every form', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(sameId(id, id.replaceAll('-', '').toUpperCase())).toBe(true);
        expect(isGuid(id)).toBe(true);
      }),
    );
  });
});
