import type { Fault } from '../deviation.ts';
import type { RequestContext } from '../exchange.ts';
import { waiving } from '../mute-hooks.ts';

const isQualified = ({ qualified }: RequestContext) => qualified;

/** A second route to the action that lacks what guards the first one. */
export const qualifiedActionFaults: readonly Fault[] = [
  {
    id: 'qualified-action-unauthenticated',
    summary: 'Serves the qualified name of the action outside of what checks tokens',
    breaks: ['path.qualified-action-guarded'],
    hooks: waiving(['authorization'], isQualified),
  },
  {
    id: 'qualified-action-with-any-body',
    summary: 'Serves the qualified name of the action without reading the body',
    breaks: ['path.qualified-action-guarded'],
    hooks: waiving(['content-type', 'body-syntax', 'body-object', 'client-context-type'], isQualified),
  },
  {
    id: 'qualified-action-of-peer-to-peer-call',
    summary: 'Mutes peer-to-peer calls under the qualified name of the action',
    breaks: ['path.qualified-action-guarded'],
    hooks: waiving(['group-call'], isQualified),
  },
];
