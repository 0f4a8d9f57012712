import net from 'node:net';

// No test may depend on the internet; the servers that tests start are on loopback. In place of no-network.setup.ts where
// requests are too many, or too large, for every one of them to be intercepted.
type ConnectArguments = [first: unknown, second?: unknown, ...others: unknown[]];

/** The host of a connection; undefined for a socket in the file system. */
function hostOf([first, second]: ConnectArguments): string | undefined {
  if (typeof first === 'object' && first !== null) {
    const { host, path } = first as net.TcpSocketConnectOpts & { path?: string };
    return typeof path === 'string' ? undefined : (host ?? 'localhost');
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return undefined;
  return typeof second === 'string' ? second : 'localhost';
}

const connect = net.Socket.prototype.connect as (this: net.Socket, ...words: ConnectArguments) => net.Socket;

net.Socket.prototype.connect = function (this: net.Socket, ...words: ConnectArguments) {
  // What net has put in order already comes as one array.
  const host = hostOf(Array.isArray(words[0]) ? (words[0] as ConnectArguments) : words);
  if (host !== undefined && !/^(127\.0\.0\.1|localhost|::1)$/.test(host)) {
    throw new Error(`a test connects to ${host}, which is not on loopback`);
  }
  return connect.apply(this, words);
};
