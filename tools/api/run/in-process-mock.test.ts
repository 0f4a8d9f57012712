import { expect, it } from 'vitest';
import { withMockAdvice } from './in-process-mock.ts';

const unreachable = { request: 'POST /', problem: 'nothing listens', advice: 'Is the target running?' };

it.each(['fetch-interceptor', 'client-request-interceptor'])(
  'says with an active %s that a mock is not asked',
  (name) => {
    const { advice } = withMockAdvice(unreachable, { [Symbol.for(name)]: {} });
    expect(advice).toMatch(/^Is the target running\? A mock of this process .* serve it on a port\.$/);
  },
);

it('says nothing of mocks where there is none', () => {
  expect(withMockAdvice(unreachable, {})).toEqual(unreachable);
});
