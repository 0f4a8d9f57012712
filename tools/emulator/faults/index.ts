import type { Fault } from '../deviation.ts';
import { authenticationFaults } from './authentication.ts';
import { callbackFaults } from './callback.ts';
import { callbackUriFaults } from './callback-uri.ts';
import { clientContextFaults } from './client-context.ts';
import { concurrencyFaults } from './concurrency.ts';
import { credentialFaults } from './credentials.ts';
import { errorBodyFaults } from './error-bodies.ts';
import { groupCallFaults } from './group-calls.ts';
import { lenientJsonFaults } from './lenient-json.ts';
import { locationFaults } from './location.ts';
import { methodAndPathFaults } from './methods-and-paths.ts';
import { operationFaults } from './operations.ts';
import { qualifiedActionFaults } from './qualified-action.ts';
import { reachFaults } from './reach.ts';
import { requestFaults } from './request.ts';
import { responseFaults } from './response.ts';
import { rosterFaults } from './roster.ts';
import { serverErrorFaults } from './server-errors.ts';
import { stateFaults } from './state.ts';
import { statusFaults } from './status.ts';
import { transportFaults } from './transport.ts';

/** Every fault that the emulator can be started with, by what it is about. */
export const faults: readonly Fault[] = [
  ...statusFaults,
  ...serverErrorFaults,
  ...methodAndPathFaults,
  ...qualifiedActionFaults,
  ...groupCallFaults,
  ...authenticationFaults,
  ...credentialFaults,
  ...requestFaults,
  ...lenientJsonFaults,
  ...clientContextFaults,
  ...responseFaults,
  ...locationFaults,
  ...errorBodyFaults,
  ...operationFaults,
  ...callbackFaults,
  ...callbackUriFaults,
  ...rosterFaults,
  ...reachFaults,
  ...stateFaults,
  ...concurrencyFaults,
  ...transportFaults,
];
