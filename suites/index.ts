import type { CallSuite } from '../tools/graph/suite.ts';
import authentication from './authentication.ts';
import clientContext from './client-context.ts';
import concurrency from './concurrency.ts';
import contentType from './content-type.ts';
import errorBodies from './error-bodies.ts';
import groupCallsOnly from './group-calls-only.ts';
import headers from './headers.ts';
import locationHeader from './location-header.ts';
import operationLifecycle from './operation-lifecycle.ts';
import qualifiedAction from './qualified-action.ts';
import requestBody from './request-body.ts';
import responseShape from './response-shape.ts';
import rosterDeltas from './roster-deltas.ts';
import rosterNotification from './roster-notification.ts';
import state from './state.ts';
import statusCodes from './status-codes.ts';
import transport from './transport.ts';

/** Every suite, in the order in which reports show them. */
export const suites: readonly CallSuite[] = [
  statusCodes,
  responseShape,
  locationHeader,
  groupCallsOnly,
  qualifiedAction,
  rosterDeltas,
  rosterNotification,
  authentication,
  contentType,
  requestBody,
  clientContext,
  errorBodies,
  headers,
  operationLifecycle,
  state,
  concurrency,
  transport,
];
