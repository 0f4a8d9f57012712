/** Every suite, in the order in which reports show them. */
import './status-codes.ts';
import './response-shape.ts';
import './location-header.ts';
import './group-calls-only.ts';
import './qualified-action.ts';
import './roster-notification.ts';
import './authentication.ts';
import './content-type.ts';
import './request-body.ts';
import './client-context.ts';
import './error-bodies.ts';
import './headers.ts';
import './operation-lifecycle.ts';
import './state.ts';
import './concurrency.ts';
import './transport.ts';
