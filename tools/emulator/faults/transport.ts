import type { Fault, Hooks } from '../deviation.ts';

/** Every tenth of what passes is treated so. */
function everyTenth<T>(act: () => T): () => T | undefined {
  let passed = 0;
  return () => {
    passed += 1;
    return passed % 10 === 0 ? act() : undefined;
  };
}

/** What is left unanswered may be anything. */
export const transportFaults: readonly Fault[] = [
  {
    id: 'every-tenth-request-torn',
    summary: 'Closes the connection of every tenth request without an answer',
    breaks: ['transport.answered'],
    unsteady: true,
    // The same request may be one of the tenth twice.
    mayAlsoBreak: ['status.never-5xx'],
    hooks: (): Hooks => ({ request: everyTenth(() => 'torn') }),
  },
  {
    id: 'every-tenth-request-hanging',
    summary: 'Leaves every tenth request without an answer',
    breaks: ['transport.answered'],
    unsteady: true,
    target: { timeouts: { requestMs: 500 } },
    hooks: (): Hooks => ({ request: everyTenth(() => 'hanging') }),
  },
  {
    id: 'every-tenth-answer-torn',
    summary: 'Closes the connection of every tenth request in the middle of the answer',
    breaks: ['transport.answered'],
    unsteady: true,
    // The same request may be one of the tenth twice.
    mayAlsoBreak: ['status.never-5xx'],
    hooks: () => {
      const tears = everyTenth(() => true);
      return {
        reply: (_context, reply) => {
          if (tears() !== true) return reply;
          const text = JSON.stringify(reply.body ?? {});
          return {
            ...reply,
            headers: [...reply.headers, ['Content-Length', String(text.length + 100)]],
            raw: text,
            torn: true,
          };
        },
      };
    },
  },
];
