import Bowser from 'bowser'

/** What is kept of a User-Agent (LI-16). */
export interface Device {
  readonly device: string
  readonly browser: string
  readonly os: string
}

export const UNKNOWN = 'Unknown'
/** More is not read. */
const CHARACTERS = 512

/** Reads a User-Agent. Only names from fixed lists are returned; nothing else of it is kept. */
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
