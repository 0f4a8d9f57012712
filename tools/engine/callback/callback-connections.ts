import type { Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';

/**
 * Bounds the connections of a listener. When there are too many the oldest that has not said anything yet gives way,
 * then the oldest that has nothing to say just now: half-open connections by the hundred must not keep a notification
 * out, so merely refusing the newest (server.maxConnections) would not do.
 */
export function limitConnections(server: HttpServer | HttpsServer, limit: number): void {
  // By address and port, since under TLS a request knows another object than the connection it came by.
  const all = new Map<string, Socket>();
  const silent = new Map<string, Socket>();
  const idle = new Map<string, Socket>();

  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    if (all.size >= limit) {
      const [oldest = socket] = [...firstOf(silent), ...firstOf(idle)];
      oldest.destroy();
      if (oldest === socket) return;
    }
    all.set(key, socket);
    silent.set(key, socket);
    socket.once('close', () => {
      for (const sockets of [all, silent, idle]) if (sockets.get(key) === socket) sockets.delete(key);
    });
  });

  server.on('request', (_request, response: ServerResponse) => {
    const key = response.socket ? keyOf(response.socket) : '';
    silent.delete(key);
    idle.delete(key);
    response.once('close', () => {
      const socket = all.get(key);
      if (socket && !socket.destroyed) idle.set(key, socket);
    });
  });
}

function keyOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

function firstOf<T>(map: Map<string, T>): T[] {
  for (const value of map.values()) return [value];
  return [];
}
