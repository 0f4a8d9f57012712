import type { Fault } from '../deviation.ts';
import { muteAndAnnounce, onApp, refusedYet, refusingOtherwise, waiving } from '../mute-hooks.ts';
import { refusals } from '../refusals.ts';

/** What any mute on a path breaks that is not served. */
const everyMuteOnAPath: Fault['mayAlsoBreak'] = [];

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
    breaks: ['method.refused'],
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
    mayAlsoBreak: everyMuteOnAPath,
    hooks: () => ({
      rule: ({ operation, root }, rule, refusal) =>
        operation === 'mute' && rule === 'path' && root === '/communications' ? refusals.unknownPath : refusal,
    }),
  },
  {
    id: 'path-communications-redirected',
    summary: 'Redirects mutes on the present path to the deprecated one',
    breaks: ['path.communications'],
    mayAlsoBreak: everyMuteOnAPath,
    hooks: () => ({
      request: ({ operation, root, request }) =>
        operation === 'mute' && root === '/communications' && request.method === 'POST'
          ? {
              status: 308,
              headers: [['Location', request.origin + request.target.replace('/communications/', '/app/')]],
            }
          : undefined,
    }),
  },
  {
    id: 'path-app-unserved',
    summary: 'Does not serve mute on the deprecated path',
    breaks: ['path.app'],
    mayAlsoBreak: everyMuteOnAPath,
    hooks: () => ({
      rule: (context, rule, refusal) =>
        context.operation === 'mute' && rule === 'path' && onApp(context) ? refusals.unknownPath : refusal,
    }),
  },
  {
    id: 'path-app-gone',
    summary: 'Answers 410 to whatever is muted on the deprecated path',
    breaks: ['path.app'],
    mayAlsoBreak: everyMuteOnAPath,
    hooks: () => ({
      request: (context) =>
        context.operation === 'mute' && onApp(context)
          ? {
              status: 410,
              headers: [['Content-Type', 'application/json']],
              body: { error: { code: 'Gone', message: 'The path is deprecated.' } },
            }
          : undefined,
    }),
  },
];
