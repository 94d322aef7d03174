// @ts-check
import { existsSync } from 'node:fs'
import path from 'node:path'
import { aptInstall, hasApt, installCommand, mayInstall } from './apt.mjs'
import { command, tryCommand } from './command.mjs'
import { findElectron } from './electron.mjs'
import { withProgress } from './report.mjs'

/** Everything Electron links to comes with these four, by their Debian 12 names. */
const LIBRARY_PACKAGES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1']
/** A display to draw on, and one family of letters for what our own fonts lack. */
const DISPLAY_PACKAGES = ['xvfb', 'fonts-dejavu-core']

/**
 * Shared libraries that `ldd` did not find.
 * @param {string} output of ldd, in the C locale
 */
export function unresolvedLibraries(output) {
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].flatMap(([, name]) => name ?? [])
}

/** Whether windows have somewhere to be: a session's display, or a virtual one that can be started. */
async function hasDisplay() {
  if (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) return true
  return (await tryCommand('sh', ['-c', 'command -v Xvfb'])).status === 0
}

/** What Electron's program and its windows lack; null while there is no Electron to ask. */
async function missing() {
  const found = await findElectron()
  if (!found) return null
  const output = await command('ldd', [found.executable], { env: { LC_ALL: 'C' } })
  const libraries = unresolvedLibraries(output).filter((name) => !existsSync(path.join(found.folder, name)))
  const display = await hasDisplay()
  const packages = [...(libraries.length > 0 ? LIBRARY_PACKAGES : []), ...(display ? [] : DISPLAY_PACKAGES)]
  return { packages, names: [...libraries, ...(display ? [] : ['Xvfb, as there is no display'])] }
}

/** @type {import('../setup.mjs').Step} */
export const libraries = {
  title: 'system libraries',
  async check() {
    // elsewhere Electron brings all it needs
    if (process.platform !== 'linux') return 'none needed'
    const absent = await missing()
    return absent?.packages.length === 0 ? 'all there' : null
  },
  async make() {
    const absent = await missing()
    if (!absent) throw new Error('Electron has to be there before its libraries can be looked at.')
    const { packages, names } = absent
    if (mayInstall()) {
      return withProgress(`Installing ${packages.join(', ')}`, () => aptInstall(packages))
    }
    const remedy = hasApt() ? installCommand(packages) : 'Install them with your package manager.'
    throw new Error(`The window needs what this system lacks: ${names.join(', ')}.\n  ${remedy}`)
  },
}
