import { expect, it } from 'vitest';
import { isGuid } from '../../graph/ids.ts';
import { derivedUuid } from './request-id.ts';

it('derives the same UUID from the same parts, and another from others', () => {
  const made = [derivedUuid(1, 'case', 'mute', 1), derivedUuid(1, 'case', 'mute', 2), derivedUuid(1, 'casemute', 1)];
  expect(new Set(made).size).toBe(3);
  expect(derivedUuid(1, 'case', 'mute', 1)).toBe(made[0]);
  for (const uuid of made) {
    expect(isGuid(uuid)).toBe(true);
    expect(uuid).toMatch(/^.{14}8.{4}[89ab]/);
  }
});
