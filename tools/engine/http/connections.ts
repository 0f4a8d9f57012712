import http from 'node:http';
import https from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** How the client meets a target that speaks TLS; PEM texts. */
export interface ClientTls {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Takes any certificate. */
  readonly insecure?: boolean | undefined;
}

/**
 * After this many idle milliseconds a connection is not used again. Servers close idle ones after five seconds and
 * more, as a rule; a request that meets the closing is lost without anybody knowing whether it was carried out.
 */
const idleMs = 1_000;

/**
 * The connections of one client to one target: kept alive and used again as long as that is safe.
 *
 * A server may close an idle connection at any moment (RFC 9112, section 9.5), and a POST must not be sent again on
 * its own when that happens (RFC 9110, section 9.2.2). So: connections are dropped early, before servers think of it,
 * and sooner where the target announces so (Node heeds Keep-Alive: timeout); and once a request was lost on a
 * connection used before, none is used twice for the rest of the run, after which every loss is the target's own.
 */
export class Connections {
  readonly #kept: http.Agent;
  readonly #fresh: http.Agent;
  #trusted = true;

  constructor(target: URL, tls: ClientTls, proxy: string | undefined) {
    const { insecure = false, ...certificates } = tls;
    const secure = { ...certificates, ...(insecure && { rejectUnauthorized: false }) };
    const create = (options: http.AgentOptions): http.Agent => {
      if (proxy !== undefined) return new HttpsProxyAgent(proxy, { ...options, ...secure });
      return target.protocol === 'https:' ? new https.Agent({ ...options, ...secure }) : new http.Agent(options);
    };
    this.#kept = create({ keepAlive: true, timeout: idleMs });
    this.#fresh = create({ keepAlive: false });
  }

  /** Where the next request takes its connection from. */
  get agent(): http.Agent {
    return this.#trusted ? this.#kept : this.#fresh;
  }

  /** From now on no connection is used twice. */
  disableReuse(): void {
    this.#trusted = false;
  }

  close(): void {
    this.#kept.destroy();
    this.#fresh.destroy();
  }
}
