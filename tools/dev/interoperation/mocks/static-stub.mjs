/** A static stub: one call, and one answer to every mute of it. `node static-stub.mjs 4010` */
import { createServer } from 'node:http';

const call = '/beta/communications/calls/4c1e7b9a-0d52-4f3e-b6a8-5e9d2c7f1a34';
const operationId = '9d3b7f20-8c1e-4a65-b7f4-6e2a0c5d8b17';

const server = createServer((request, response) => {
  const isMute = request.url === `${call}/mute`;
  const [status, body] =
    request.method === 'POST' && isMute
      ? [
          200,
          {
            '@odata.type': '#microsoft.graph.muteParticipantOperation',
            '@odata.context': 'https://graph.microsoft.com/beta/$metadata#muteParticipantOperation',
            id: operationId,
            status: 'completed',
            clientContext: 'before-the-break',
          },
        ]
      : [isMute ? 405 : 404, { error: { code: 'itemNotFound', message: 'There is no such call.' } }];
  response.writeHead(status, {
    'Content-Type': 'application/json',
    Location: `http://${request.headers.host}${call}/operations/${operationId}`,
  });
  response.end(JSON.stringify(body));
});

server.listen(Number(process.argv[2] ?? 4010), '127.0.0.1');
