import { isIP } from 'node:net'

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']
const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]'])

/** Where this server listens. */
export interface Bound {
  /** The host it was told to bind, as the user wrote it. */
  readonly host: string
  readonly port: number
}

/** The two headers that say which site a browser believes it is talking to, and which one asks. */
export interface Asker {
  readonly host: string | undefined
  readonly origin: string | undefined
}

/**
 * Whether a request may come in. It stops DNS rebinding: a web page anywhere may point its own name at 127.0.0.1 and
 * then read this server as "same origin". Such a request still carries the page's name in `Host`, and a request from
 * another site carries that site in `Origin`. Programs send no Origin, and reach us under our own address.
 */
export function isOwnHost({ host, origin }: Asker, bound: Bound): boolean {
  if (host === undefined || !isOurs(host, bound)) return false
  if (origin === undefined) return true
  const asking = hostOfOrigin(origin)
  return asking !== null && (asking === host.toLowerCase() || ownNames(bound).has(asking))
}

/** Rebinding needs a name; when every address is bound, a literal one with our port can only be this machine. */
function isOurs(host: string, bound: Bound): boolean {
  const name = host.toLowerCase()
  if (ownNames(bound).has(name)) return true
  return (
    EVERY_ADDRESS.has(bound.host) && name.endsWith(`:${bound.port}`) && isLiteral(name.slice(0, name.lastIndexOf(':')))
  )
}

function ownNames({ host, port }: Bound): Set<string> {
  const hosts = [...LOOPBACK_NAMES, isIP(host) === 6 ? `[${host}]` : host.toLowerCase()]
  // A browser leaves out the port when it is the scheme's own.
  return new Set(hosts.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])))
}

function isLiteral(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0
}

/** `host:port` of an Origin header; null for `null` and whatever is no http origin. */
function hostOfOrigin(origin: string): string | null {
  const match = /^http:\/\/([^/?#@]+)$/i.exec(origin)
  return match?.[1]?.toLowerCase() ?? null
}
