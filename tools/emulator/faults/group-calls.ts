import type { CallForm } from '../call.ts';
import type { Fault } from '../deviation.ts';
import type { RequestContext } from '../exchange.ts';
import { withEditedParticipants, withHeader } from '../editing.ts';
import {
  muteAndAnnounce,
  muteSilently,
  onApp,
  refusedYet,
  refusing,
  refusingMutes,
  refusingOtherwise,
  waiving,
} from '../mute-hooks.ts';
import { whenMutesAreRefused } from './consequences.ts';
import { twinOnApp } from './twin-on-app.ts';

const isKind =
  (kind: CallForm): ((context: RequestContext) => boolean) =>
  ({ call }) =>
    call?.kind === kind;
const isPeerToPeer = isKind('peerToPeer');

const twoTargetsRefused: Fault = {
  id: 'two-targets-refused',
  summary: 'Takes only meetings for group calls',
  breaks: ['group.two-targets'],
  mayAlsoBreak: whenMutesAreRefused,
  hooks: refusingMutes({ status: 400, code: '8506', message: 'The call is no meeting.' }, isKind('targets')),
};

/** Group calls that cannot be muted, and peer-to-peer calls that can, or are refused in a way that says something else. */
export const groupCallFaults: readonly Fault[] = [
  twoTargetsRefused,
  twinOnApp(twoTargetsRefused),
  {
    id: 'meeting-refused',
    summary: 'Takes only calls with two targets for group calls',
    breaks: ['group.meeting'],
    hooks: refusingMutes({ status: 400, code: '8506', message: 'The call has no targets.' }, isKind('meeting')),
  },
  {
    id: 'meeting-404',
    summary: 'Finds no calls in meetings when they are muted',
    breaks: ['group.meeting'],
    hooks: refusingMutes({ status: 404, code: '8522', message: 'There is no such call.' }, isKind('meeting')),
  },
  {
    id: 'peer-to-peer-accepted',
    summary: 'Mutes peer-to-peer calls too',
    breaks: ['group.peer-to-peer-refused'],
    hooks: waiving(['group-call']),
  },
  {
    id: 'peer-to-peer-accepted-on-app',
    summary: 'Mutes peer-to-peer calls on the deprecated path, where their roster shows it',
    breaks: ['group.peer-to-peer-refused'],
    settings: { peerToPeerRoster: 'readable' },
    hooks: waiving(['group-call'], onApp),
  },
  {
    id: 'peer-to-peer-401',
    summary: 'Refuses peer-to-peer calls as if the token were wrong',
    breaks: ['group.peer-to-peer-refused'],
    hooks: refusingOtherwise('group-call', {
      status: 401,
      headers: [['WWW-Authenticate', 'Bearer realm=""']],
    }),
  },
  {
    id: 'peer-to-peer-redirected',
    summary: 'Redirects the mute of a peer-to-peer call',
    breaks: ['group.peer-to-peer-refused'],
    hooks: refusing((reply) => withHeader({ ...reply, status: 302 }, 'Location', '/'), isPeerToPeer),
  },
  {
    id: 'peer-to-peer-503',
    summary: 'Answers 503 when a peer-to-peer call is muted, as if the service were down',
    breaks: ['group.peer-to-peer-refused', 'status.never-5xx'],
    hooks: refusingOtherwise('group-call', { status: 503, code: 'ServiceUnavailable' }),
  },
  {
    id: 'peer-to-peer-404',
    summary: 'Denies that there is such a call when a peer-to-peer call is muted',
    breaks: ['group.peer-to-peer-not-404'],
    hooks: refusingOtherwise('group-call', { status: 404, code: '8522' }),
  },
  {
    id: 'peer-to-peer-refused-yet-muted',
    summary: 'Refuses to mute a peer-to-peer call and mutes it all the same',
    breaks: ['group.peer-to-peer-unchanged', 'state.refusal-no-effect'],
    settings: { peerToPeerRoster: 'readable' },
    hooks: refusedYet(muteSilently, isPeerToPeer),
  },
  {
    id: 'peer-to-peer-501-yet-muted',
    summary: 'Says 501 to a mute of a peer-to-peer call after it has muted it',
    breaks: ['group.peer-to-peer-unchanged', 'group.peer-to-peer-4xx', 'state.refusal-no-effect'],
    settings: { peerToPeerRoster: 'readable' },
    hooks: () => ({
      ...refusingOtherwise('group-call', { status: 501, code: 'NotImplemented' })(),
      ...refusedYet(muteSilently, isPeerToPeer)(),
    }),
  },
  {
    id: 'peer-to-peer-refused-yet-announced',
    summary: 'Refuses to mute a peer-to-peer call, and mutes and announces it all the same',
    breaks: ['group.peer-to-peer-silent'],
    hooks: refusedYet(muteAndAnnounce, isPeerToPeer),
  },
  {
    id: 'peer-to-peer-announced-only',
    summary: 'Announces a mute of a peer-to-peer call that it has refused and not carried out',
    breaks: ['group.peer-to-peer-silent'],
    hooks: () => ({
      ...refusedYet((context, { announceRoster }) => {
        if (context.call !== undefined) announceRoster(context.call, context);
      }, isPeerToPeer)(),
      notification: ({ cause }, delivery) => [
        cause === 'deviation'
          ? withEditedParticipants(delivery, (participant) => {
              participant.isMuted = true;
            })
          : delivery,
      ],
    }),
  },
];
