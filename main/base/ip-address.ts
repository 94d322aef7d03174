import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.process>

/** Ranges of a home or company network, and of this machine. */
const LOCAL: ReadonlySet<string> = new Set([...['loopback', 'private', 'linkLocal', 'carrierGradeNat', 'uniqueLocal']])

/** IPv6 networks whose addresses contain an IPv4 address, and its first byte: translated, compatible, NAT64, 6to4. */
const CONTAINERS = [
  { network: '::ffff:0:0:0/96', at: 12 },
  { network: '::/96', at: 12 },
  { network: '64:ff9b::/96', at: 12 },
  { network: '2002::/16', at: 2 },
].map(({ network, at }) => ({ network: ipaddr.IPv6.parseCIDR(network), at }))

/** One spelling for one address: IPv4 also where it came over IPv6, without a zone. Anything else is left as it is. */
export function plainAddress(address: string): string {
  return parse(address)?.toString() ?? address
}

/** Whether an address is one of this machine or of its networks. */
export function isLocalAddress(address: string): boolean {
  return LOCAL.has(parse(address)?.range() ?? '')
}

/** Whether only this machine can reach that host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || parse(host)?.range() === 'loopback'
}

/** Prevents SSRF: whether an address is not one of the public internet. What is no address counts as private. */
export function isPrivateAddress(address: string): boolean {
  const parsed = parse(address)
  return parsed === null || (containedIn(parsed) ?? parsed).range() !== 'unicast'
}

/**
 * Who is counted as one caller: an IPv4 address, or the first half of an IPv6 address, because one machine has all the
 * addresses in its /64 network.
 */
export function networkOf(address: string): string {
  const parsed = parse(address)
  if (!(parsed instanceof ipaddr.IPv6)) return plainAddress(address)
  return `${parsed.parts
    .slice(0, 4)
    .map((word) => word.toString(16))
    .join(':')}::/64`
}

function parse(address: string): Address | null {
  const plain = address.replace(/%.*$/, '')
  // ipaddr.js also reads 127.1 and 0x7f000001.
  return isIP(plain) === 0 ? null : ipaddr.process(plain)
}

function containedIn(address: Address): Address | null {
  if (!(address instanceof ipaddr.IPv6)) return null
  const container = CONTAINERS.find(({ network }) => address.match(network))
  return container ? ipaddr.fromByteArray(address.toByteArray().slice(container.at, container.at + 4)) : null
}
