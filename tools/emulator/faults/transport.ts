import type { Fault } from '../deviation.ts';

/** Requests that are not answered. */
export const transportFaults: readonly Fault[] = [
  {
    id: 'every-tenth-request-torn',
    summary: 'Closes the connection of every tenth request without an answer',
    breaks: ['transport.answered'],
    hooks: () => {
      let requests = 0;
      return {
        request: () => {
          requests += 1;
          return requests % 10 === 0 ? 'torn' : undefined;
        },
      };
    },
  },
];
