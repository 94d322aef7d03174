// @ts-check
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { aptInstall, mayInstall } from './apt.mjs'
import { tryCommand } from './command.mjs'
import { cacheFolder, root } from './folders.mjs'
import { say } from './report.mjs'

/** @typedef {'set by you' | 'ffmpeg-static' | 'system' | 'npm, 2018'} Origin */
/** @typedef {{ file: string, origin: Origin }} Tool */

const RETRY_HOURS = 24
const aptFailed = () => path.join(cacheFolder(), 'apt-ffmpeg-failed')

/**
 * Where a program may come from, best first; the engine searches in the same order.
 * @param {'ffmpeg' | 'ffprobe'} name
 * @returns {Tool[]}
 */
function candidates(name) {
  const chosen = process.env[name === 'ffmpeg' ? 'FFMPEG_BIN' : 'FFPROBE_BIN']
  if (chosen) return [{ file: chosen, origin: 'set by you' }]
  // ffmpeg-static carries no ffprobe
  const bundled = name === 'ffmpeg' ? fromPackage('ffmpeg-static') : null
  const old = fromPackage(`@${name}-installer/${name}`)
  return [
    ...(bundled ? [/** @type {Tool} */ ({ file: bundled, origin: 'ffmpeg-static' })] : []),
    { file: name, origin: 'system' },
    ...(old ? [/** @type {Tool} */ ({ file: old, origin: 'npm, 2018' })] : []),
  ]
}

/**
 * The program an npm package brings, or null: optional packages are often absent, and some name a file they
 * could not download.
 * @param {string} name
 */
function fromPackage(name) {
  const require = createRequire(path.join(root, 'package.json'))
  /** @type {unknown} */
  let exported
  try {
    exported = require(name)
  } catch (error) {
    // absent, or (the installers throw plain strings) nothing for this platform
    if (typeof error === 'string' || (error instanceof Error && 'code' in error)) return null
    throw error
  }
  const file = typeof exported === 'object' && exported && 'path' in exported ? exported.path : exported
  return typeof file === 'string' && existsSync(file) ? file : null
}

/**
 * The first candidate that runs.
 * @param {'ffmpeg' | 'ffprobe'} name
 * @returns {Promise<Tool | null>}
 */
async function find(name) {
  for (const tool of candidates(name)) {
    if ((await tryCommand(tool.file, ['-version'], { timeoutSeconds: 20 })).status === 0) return tool
  }
  return null
}

/**
 * Whether set-up should try for a better ffmpeg than it has.
 * @param {Origin | null} origin of the ffmpeg found, null when there is none
 * @param {{ mayInstall: boolean, triedLately: boolean }} machine
 */
export function wantsSystemFfmpeg(origin, machine) {
  if (!machine.mayInstall) return false
  return origin === null || (origin === 'npm, 2018' && !machine.triedLately)
}

async function triedLately() {
  const at = await fs.stat(aptFailed()).then(
    (stat) => stat.mtimeMs,
    () => 0,
  )
  return Date.now() - at < RETRY_HOURS * 3600 * 1000
}

/** @type {import('../setup.mjs').Step} */
export const ffmpeg = {
  title: 'ffmpeg',
  async check() {
    const [encoder, probe] = await Promise.all([find('ffmpeg'), find('ffprobe')])
    const machine = { mayInstall: mayInstall(), triedLately: await triedLately() }
    if (!encoder || !probe || wantsSystemFfmpeg(encoder.origin, machine)) return null
    const note =
      encoder.origin === 'npm, 2018' ? '; old: slower on AV1, install a current ffmpeg for the best result' : ''
    return `${encoder.file} (${encoder.origin})${note}`
  },
  async make() {
    const works = (await find('ffmpeg')) && (await find('ffprobe'))
    if (!mayInstall()) {
      throw new Error('No ffmpeg and ffprobe were found. Install ffmpeg, or set FFMPEG_BIN and FFPROBE_BIN.')
    }
    try {
      await aptInstall(['ffmpeg'])
    } catch (error) {
      if (!works) throw error
      say(`  ffmpeg could not be installed; the one from npm is used. ${String(error).split('\n')[0] ?? ''}`)
      await fs.mkdir(cacheFolder(), { recursive: true })
      await fs.writeFile(aptFailed(), '')
    }
  },
}
