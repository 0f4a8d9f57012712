// Loaded by Dredd into its own process: each documented refusal gets the request that earns it.
/* eslint-disable-next-line @typescript-eslint/no-require-imports -- Dredd loads its hooks so */
const hooks = require('hooks');

const unknownCall = '00000000-0000-4000-8000-000000000000';

hooks.beforeEach((transaction, done) => {
  const { request, expected } = transaction;
  // Dredd sends headers that are optional empty.
  delete request.headers['client-request-id'];
  switch (expected.statusCode) {
    case '200':
      break;
    case '400':
      request.body = '{ "clientContext": ';
      break;
    case '401':
      delete request.headers.Authorization;
      break;
    case '404':
      transaction.fullPath = transaction.fullPath.replace(/calls\/[^/]+/, `calls/${unknownCall}`);
      break;
    case '415':
      request.headers['Content-Type'] = 'text/plain';
      break;
    default:
      // No request is sure to be answered so.
      transaction.skip = true;
  }
  done();
});
