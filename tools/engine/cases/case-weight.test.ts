import { expect, it } from 'vitest';
import { heaviestFirst } from './case-weight.ts';

it('cases that wait begin first, and keep their order otherwise', () => {
  const requirements = ['status.success', 'roster.delivered', 'location.call', 'auth.no-effect', 'auth.missing'];
  const ordered = heaviestFirst(requirements.map((requirement) => ({ requirement })));
  expect(ordered.map(({ requirement }) => requirement)).toEqual([
    'roster.delivered',
    'auth.no-effect',
    'status.success',
    'location.call',
    'auth.missing',
  ]);
});
