import type { Fault } from '../deviation.ts';
import { muteAndAnnounce, onApp, refusedYet, refusingOtherwise, refusingMutes, waiving } from '../mute-hooks.ts';
import { refusals } from '../refusals.ts';
import { whenMutesAreRefused, whenNothingIsServed } from './consequences.ts';

/** Other methods than POST, and the two paths. */
export const methodAndPathFaults: readonly Fault[] = [
  {
    id: 'method-ignored',
    summary: 'Mutes whatever the method is, and whether or not there is a body',
    breaks: ['method.refused', 'method.405'],
    hooks: waiving(['method', 'content-type'], ({ request }) => request.method !== 'POST'),
  },
  {
    id: 'method-put-mutes',
    summary: 'Mutes on PUT as on POST',
    breaks: ['method.refused', 'method.405'],
    hooks: waiving(['method'], ({ request }) => request.method === 'PUT'),
  },
  {
    id: 'method-405-yet-mutes',
    summary: 'Answers other methods 405, and mutes and announces all the same',
    breaks: ['method.refused', 'state.refusal-no-effect'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: refusedYet(muteAndAnnounce, ({ refusal }) => refusal?.status === 405),
  },
  {
    id: 'method-404',
    summary: 'Answers other methods than POST as if there were no such path',
    breaks: ['method.405'],
    hooks: refusingOtherwise('method', refusals.unknownPath),
  },
  {
    id: 'path-communications-unserved',
    summary: 'Serves mute on the deprecated path alone',
    breaks: ['path.communications'],
    mayAlsoBreak: whenNothingIsServed,
    hooks: () => ({
      rule: ({ operation, root }, rule, refusal) =>
        operation === 'mute' && rule === 'path' && root === '/communications' ? refusals.unknownPath : refusal,
    }),
  },
  {
    id: 'path-communications-403',
    summary: 'Demands a permission of its own for mutes on the present path',
    breaks: ['path.communications'],
    mayAlsoBreak: [...whenMutesAreRefused, 'group.two-targets', 'group.meeting'],
    hooks: refusingMutes(refusals.missingPermission, ({ root }) => root === '/communications'),
  },
  {
    id: 'path-app-unserved',
    summary: 'Does not serve mute on the deprecated path',
    breaks: ['path.app'],
    mayAlsoBreak: whenNothingIsServed,
    hooks: () => ({
      rule: (context, rule, refusal) =>
        context.operation === 'mute' && rule === 'path' && onApp(context) ? refusals.unknownPath : refusal,
    }),
  },
  {
    id: 'path-app-unserved-undeclared',
    summary: 'Does not serve the deprecated path, of which nobody said anything',
    target: { undeclared: 'app' },
    breaks: ['path.app-undeclared'],
    hooks: () => ({
      rule: ({ root }, rule, refusal) => (rule === 'path' && root === '/app' ? refusals.unknownPath : refusal),
    }),
  },
  {
    id: 'path-app-page-undeclared',
    summary: 'Answers the deprecated path, of which nobody said anything, with the page for all unknown paths',
    target: { undeclared: 'app' },
    breaks: ['path.app-undeclared'],
    hooks: () => ({
      request: ({ root }) =>
        root === '/app'
          ? { status: 200, headers: [['Content-Type', 'text/html']], raw: '<!doctype html><title>Acme</title>' }
          : undefined,
    }),
  },
  {
    id: 'path-app-gone',
    summary: 'Answers 410 to mutes on the deprecated path',
    breaks: ['path.app'],
    mayAlsoBreak: [...whenMutesAreRefused, 'group.two-targets', 'group.meeting'],
    hooks: refusingMutes({ status: 410, code: 'Gone', message: 'The path is deprecated.' }, onApp),
  },
];
