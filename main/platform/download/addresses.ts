import { BlockList, isIP } from 'node:net'

/** "SSRF": addresses of this machine, of its networks, and of what clouds serve to their machines. */
const PRIVATE_V4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
const PRIVATE_V6: readonly (readonly [network: string, bits: number])[] = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

const refused = new BlockList()
for (const [network, bits] of PRIVATE_V4) refused.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of PRIVATE_V6) refused.addSubnet(network, bits, 'ipv6')

/** Whether a literal IP address is one that a URL of a stranger may not lead to. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.split('%')[0] ?? address
  if (isIP(plain) === 4) return refused.check(plain, 'ipv4')
  if (isIP(plain) !== 6) return true
  const inner = innerV4(wordsOf(plain))
  return inner === null ? refused.check(plain, 'ipv6') : refused.check(inner, 'ipv4')
}

/** The eight 16-bit words of an IPv6 address. */
function wordsOf(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const hex = (high = '0', low = '0') => ((Number(high) << 8) | Number(low)).toString(16)
  const text = dotted ? `${dotted[1] ?? ''}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}` : address
  const [head = '', tail] = text.split('::')
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)))
  if (tail === undefined) return parse(head)
  const [before, after] = [parse(head), parse(tail)]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}

/** Ways in which an IPv6 address holds an IPv4 one: the words it begins with, and where the other one is. */
const HOLDERS: readonly { readonly prefix: readonly number[]; readonly at: number }[] = [
  // mapped, translated, compatible ("::" and "::1" are of 0.0.0.0/8 then)
  { prefix: [0, 0, 0, 0, 0, 0xffff], at: 6 },
  { prefix: [0, 0, 0, 0, 0xffff, 0], at: 6 },
  { prefix: [0, 0, 0, 0, 0, 0], at: 6 },
  // NAT64, 6to4
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 },
  { prefix: [0x2002], at: 1 },
]

function innerV4(words: readonly number[]): string | null {
  const holder = HOLDERS.find(({ prefix }) => prefix.every((word, at) => words[at] === word))
  return holder ? dotted(words[holder.at] ?? 0, words[holder.at + 1] ?? 0) : null
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
