import { hostname, networkInterfaces } from 'node:os'

/** The addresses that this machine has in its networks, IPv4 first; none of them loopback or link-local. */
export function networkAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outer = all.filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
  return [4, 6].flatMap((version) => outer.filter(({ family }) => family === `IPv${version}`).map((one) => one.address))
}

/** What others in the network may call this machine: its name, plain and as mDNS spells it. */
export function machineNames(): string[] {
  const name = hostname().toLowerCase()
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) return []
  return name.includes('.') ? [name] : [name, `${name}.local`]
}

/** Whether binding to that host means every address of this machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]'
}
