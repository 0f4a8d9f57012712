/** What json-server does not do by itself: 200 instead of 201, the members of the operation, its Location. */
const call = '/beta/communications/calls/4c1e7b9a-0d52-4f3e-b6a8-5e9d2c7f1a34';

module.exports = (request, response, next) => {
  if (request.method !== 'POST') return next();
  const { clientContext } = request.body ?? {};
  const id = crypto.randomUUID();
  request.body = {
    '@odata.type': '#microsoft.graph.muteParticipantOperation',
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#muteParticipantOperation',
    id,
    status: 'completed',
    clientContext,
  };
  const { writeHead } = response;
  response.writeHead = (status, ...rest) => {
    response.setHeader('Location', `http://${request.headers.host}${call}/operations/${id}`);
    return writeHead.call(response, status === 201 ? 200 : status, ...rest);
  };
  next();
};
