import { BlockList, isIP } from 'node:net';

/** The environment as far as it names proxies; both spellings are in use. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Decides which proxy requests to a target take: HTTPS_PROXY or HTTP_PROXY by the scheme of the target, unless NO_PROXY
 * names it. Loopback is never sent through a proxy: there it would be another machine's.
 * @returns the URL of the proxy, or undefined for none
 */
export function proxyFor(target: URL, environment: ProxyEnvironment): string | undefined {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || undefined;
  const proxy = target.protocol === 'https:' ? read('HTTPS_PROXY') : read('HTTP_PROXY');
  if (proxy === undefined || isLoopback(hostOf(target)) || isExempt(target, read('NO_PROXY') ?? '')) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Whether a host name or address, an IPv6 one with or without brackets, is this machine itself. */
export function isLoopback(name: string): boolean {
  const host = name.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

function isExempt(target: URL, noProxy: string): boolean {
  const host = hostOf(target);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(/[\s,]+/)
    .map((entry) => entry.toLowerCase())
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || matchesSubnet(host, entry) || matchesName(host, port, entry));
}

function matchesName(host: string, port: string, entry: string): boolean {
  if (isIP(entry) !== 0) return host === entry;
  const [, name = '', entryPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== undefined && entryPort !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function matchesSubnet(host: string, entry: string): boolean {
  const [address = '', prefix = ''] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || !/^\d{1,3}$/.test(prefix) || isIP(host) !== family) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const subnet = new BlockList();
  subnet.addSubnet(address, Number(prefix), type);
  return subnet.check(host, type);
}
