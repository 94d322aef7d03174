import { isIP } from 'node:net'
import { isWildcard, machineNames } from './host-names.ts'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']
/** A browser leaves out the port when it is the scheme's own. */
const USUAL_PORTS = { http: 80, https: 443 }

/** Where this server listens. */
export interface Bound {
  /** The host to bind, as the user wrote it. */
  readonly host: string
  readonly port: number
  readonly scheme: 'http' | 'https'
  /**
   * The addresses and names of this machine, where only those may be asked for. Without them a server that is bound to
   * every address takes its own name and any literal address: behind a forwarded port a machine does not know its outer address.
   */
  readonly names?: () => readonly string[]
  /** ID-60: names of a proxy or tunnel in front of this server, each with a port or for every port. */
  readonly allowedHosts?: readonly string[] | undefined
}

/** The headers that name the site a browser connects to, and the site that sends the request. */
export interface RequestHosts {
  readonly host: string | undefined
  readonly origin: string | undefined
}

/**
 * Whether a request may come in. It stops DNS rebinding: a web page anywhere may point its own name at 127.0.0.1 and
 * then read this server as "same origin". Such a request still carries the page's name in `Host`, and a request from
 * another site carries that site in `Origin`. Programs send no Origin, and reach us under our own address.
 */
export function isOwnHost({ host, origin }: RequestHosts, bound: Bound): boolean {
  if (host === undefined || !isOurs(host, bound)) return false
  if (origin === undefined) return true
  const asking = hostOfOrigin(origin)
  if (asking === null) return false
  // A proxy may speak TLS where this server does not.
  if (isAllowedHost(asking.host, bound)) return true
  return asking.scheme === bound.scheme && (asking.host === host.toLowerCase() || ownNames(bound).has(asking.host))
}

/** Rebinding needs a name of its own; when every address is bound, a literal one with our port can only be us. */
function isOurs(host: string, bound: Bound): boolean {
  const name = host.toLowerCase()
  if (ownNames(bound).has(name) || isAllowedHost(name, bound)) return true
  if (bound.names || !isWildcard(bound.host)) return false
  const alone = name.slice(0, name.lastIndexOf(':'))
  return name.endsWith(`:${bound.port}`) && (isLiteral(alone) || machineNames().includes(alone))
}

function ownNames({ host, port, scheme, names }: Bound): Set<string> {
  const own = [host, ...(names?.() ?? [])].map((name) => (isIP(name) === 6 ? `[${name}]` : name.toLowerCase()))
  return new Set(
    [...LOOPBACK_NAMES, ...own].flatMap((name) =>
      port === USUAL_PORTS[scheme] ? [name, `${name}:${port}`] : [`${name}:${port}`],
    ),
  )
}

function isLiteral(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0
}

/** Whether a proxy is known by that `host` or `host:port`. */
function isAllowedHost(host: string, { allowedHosts = [] }: Bound): boolean {
  return allowedHosts.includes(host) || allowedHosts.includes(host.replace(/:\d+$/, ''))
}

/** Scheme and `host:port` of an Origin header; null for `null` and for origins of other schemes. */
function hostOfOrigin(origin: string): { scheme: string; host: string } | null {
  const [, scheme, host] = /^(https?):\/\/([^/?#@]+)$/i.exec(origin) ?? []
  return scheme && host ? { scheme: scheme.toLowerCase(), host: host.toLowerCase() } : null
}
