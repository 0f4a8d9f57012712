import { describe, expect, it } from 'vitest';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { answered } from '../dev/testing/answered.ts';
import { refused } from './refused.ts';

describe('refused', () => {
  it.each([400, 401, 403, 404, 405, 409, 415, 422, 499, 501])('takes %i for a refusal', async (status) => {
    const given = answered(status);
    await expect(refused(Promise.resolve(given), 'text/plain', 'content-type.unsupported')).resolves.toBe(given);
  });

  it.each([
    [200, 'content-type.unsupported'],
    [204, 'content-type.unsupported'],
    [302, 'content-type.unsupported'],
    [429, 'content-type.unsupported'],
    [500, 'status.never-5xx'],
    [503, 'status.never-5xx'],
  ])('of %i it names %s as what failed', async (status, requirement) => {
    const refusal = refused(Promise.resolve(answered(status)), 'text/plain', 'content-type.unsupported');
    await expect(refusal).rejects.toThrow(CouldNotRun);
    await expect(refusal).rejects.toThrow(`text/plain was answered ${status} (see ${requirement})`);
  });
});
