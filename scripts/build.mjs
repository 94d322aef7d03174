// @ts-check
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { command } from './setup/command.mjs'
import { root } from './setup/folders.mjs'
import { withLock } from './setup/lock.mjs'
import { runScript, say } from './setup/report.mjs'

const SOURCES = ['main', 'preload', 'renderer', 'resources']
const SETTINGS = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const STAMP = path.join(root, 'out', '.built')
const ELECTRON_VITE = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')

/**
 * Builds `out/` when a source changed since it was built. Says so in one line on stderr and is silent otherwise.
 * @throws {Error} with the build's own words when it fails
 */
export async function ensureBuilt() {
  if (await isFresh()) return
  await withLock('build', async () => {
    if (await isFresh()) return // another process built while this one waited
    // the stamp carries the time before the build: what is saved during it is built again
    const started = new Date()
    await fs.rm(STAMP, { force: true })
    await command(process.execPath, [ELECTRON_VITE, 'build', '--logLevel', 'warn'], { cwd: root })
    await fs.writeFile(STAMP, '')
    await fs.utimes(STAMP, started, started)
    say(`Built Fieldreel in ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s`)
  })
}

async function isFresh() {
  if (!existsSync(STAMP)) return false
  const built = (await fs.stat(STAMP)).mtimeMs
  const times = await Promise.all([...SOURCES, ...SETTINGS].map((name) => newestChange(path.join(root, name))))
  return Math.max(...times) < built
}

/**
 * The newest modification in a folder or of a file, in milliseconds; 0 when there is none. Folders count as well:
 * deleting or renaming a file changes nothing else.
 * @param {string} place
 * @returns {Promise<number>}
 */
export async function newestChange(place) {
  if (!existsSync(place)) return 0
  const stat = await fs.stat(place)
  if (!stat.isDirectory()) return stat.mtimeMs
  const names = await fs.readdir(place)
  return Math.max(stat.mtimeMs, ...(await Promise.all(names.map((name) => newestChange(path.join(place, name))))))
}

if (process.argv[1] === import.meta.filename) await runScript(ensureBuilt)
