import dns from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { EngineError } from '../../contract/errors.ts'
import { isPrivateAddress } from '../../base/ip-address.ts'

/**
 * A URL as it may be fetched. WHATWG parsing has made one spelling of decimal, octal, hexadecimal and dotted hosts, so
 * that one look at the host is enough.
 * @param allowPrivate FIELDREEL_ALLOW_PRIVATE_URLS.
 * @throws EngineError `invalid_input` for other schemes and for literal private addresses.
 */
export function checkUrl(text: string, allowPrivate: boolean): URL {
  const url = parse(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refusal('A video is fetched from an http or https URL only.')
  }
  if (allowPrivate) return url
  const host = hostOf(url)
  const isLocalName = host === 'localhost' || host.endsWith('.localhost')
  if (isLocalName || (isIP(host) !== 0 && isPrivateAddress(host))) {
    throw refusal('This URL leads to this machine or to a private network, which is not fetched from.')
  }
  return url
}

function parse(text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw refusal('This is no URL.')
  }
}

/** Without the brackets of IPv6, and without the dot that ends an absolute name. */
export function hostOf({ hostname }: URL): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

function refusal(message: string): EngineError {
  return new EngineError('invalid_input', message, {
    fields: [{ in: 'body', field: 'input.0.url', reason: message }],
  })
}

/**
 * Looks a name up for a connection and refuses private answers. The connection uses the same address that was checked:
 * a name that answers differently the next time gains nothing ("DNS rebinding").
 */
export function guardedLookup(allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) {
        callback(error ?? Object.assign(new Error('No address.'), { code: 'ENOTFOUND' }), '', 0)
        return
      }
      if (!allowPrivate && addresses.some(({ address }) => isPrivateAddress(address))) {
        callback(new PrivateAddress(), '', 0)
      } else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

/** A name turned out to be one of a private network. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress'

  constructor() {
    super('This URL leads to this machine or to a private network, which is not fetched from.')
  }
}
