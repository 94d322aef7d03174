import Bowser from 'bowser'

/** What somebody watches on, as far as it is kept (LI-16). */
export interface Device {
  readonly device: string
  readonly browser: string
  readonly os: string
}

export const UNKNOWN = 'Unknown'
/** Longer ones are nobody's. */
const CHARACTERS = 512

/** Reads a User-Agent. Only names that are known beforehand come out of it: what else it says is kept nowhere. */
export function deviceOf(userAgent: string | null): Device {
  if (userAgent === null || userAgent.trim() === '') return { device: UNKNOWN, browser: UNKNOWN, os: UNKNOWN }
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, CHARACTERS))
  return {
    device: known(Bowser.PLATFORMS_MAP, platform.type),
    browser: known(Bowser.BROWSER_MAP, browser.name),
    os: known(Bowser.OS_MAP, os.name),
  }
}

/** The window of this machine. */
export function ownWindow(platform: NodeJS.Platform = process.platform): Device {
  const os = { darwin: 'macOS', win32: 'Windows', linux: 'Linux' }[platform as string] ?? UNKNOWN
  return { device: 'desktop', browser: 'Fieldreel', os }
}

function known(names: Readonly<Record<string, string>>, name: string | undefined): string {
  return name !== undefined && Object.values(names).includes(name) ? name : UNKNOWN
}
