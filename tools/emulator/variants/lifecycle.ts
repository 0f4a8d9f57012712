import type { Variant } from '../deviation.ts';

/** Calls and operations that come about in another rhythm. */
export const lifecycleVariants: readonly Variant[] = [
  {
    id: 'operation-asynchronous',
    summary: 'Answers a mute with a running operation and announces its completion',
    settings: { completeAfterMs: 20 },
    hooks: () => ({
      decision: (_context, decision) =>
        decision.accepted ? { accepted: true, operation: { ...decision.operation, status: 'running' } } : decision,
    }),
  },
  {
    id: 'call-established-late',
    summary: 'Takes a tenth of a second to establish a call',
    settings: { establishAfterMs: 100 },
  },
  {
    id: 'peer-to-peer-roster-empty',
    summary: 'Lists no participants for peer-to-peer calls instead of refusing',
    settings: { peerToPeerRoster: 'empty' },
  },
];
