// @ts-check
// PySceneDetect, where it is installed.
import fs from 'node:fs/promises'
import path from 'node:path'
import { measure } from './processes.mjs'

/** @typedef {import('./engine.mjs').Video} Video */
/** @typedef {{ file: string, args: readonly string[], version: string }} PySceneDetect */

export const METHODS = /** @type {const} */ (['detect-content', 'detect-adaptive', 'detect-hash', 'detect-hist'])
const COMMANDS = [
  { file: 'scenedetect', args: [] },
  { file: 'python3', args: ['-m', 'scenedetect'] },
]

/**
 * @param {AbortSignal} signal
 * @returns {Promise<PySceneDetect | null>} null where it is not installed
 */
export async function findPySceneDetect(signal) {
  for (const { file, args } of COMMANDS) {
    const ran = await measure(file, [...args, 'version'], { signal }).catch(() => null)
    signal.throwIfAborted()
    const version = ran && /PySceneDetect\s+v?(\d[\w.]*)/.exec(ran.stdout)?.[1]
    if (version) return { file, args, version }
  }
  return null
}

/**
 * @param {Video} video
 * @param {{ python: PySceneDetect, method: typeof METHODS[number], folder: string, signal: AbortSignal }} options
 */
export async function pySceneDetect({ path: file, index }, { python, method, folder, signal }) {
  const list = 'scenes.csv'
  const input = ['--quiet', '--input', file, '--output', folder]
  const output = ['list-scenes', '--quiet', '--skip-cuts', '--filename', list]
  const { cost } = await measure(python.file, [...python.args, ...input, method, ...output], { signal })
  const [head = '', ...rows] = (await fs.readFile(path.join(folder, list), 'utf8')).trim().split(/\r?\n/)
  const start = head.split(',').indexOf('Start Time (seconds)')
  if (start < 0) throw new Error(`PySceneDetect ${python.version} writes a list that is not understood: ${head}`)
  const times = rows.slice(1).map((row) => Number(row.split(',')[start]))
  return { cost, frames: times.map((seconds) => index.nearestTo(seconds)) }
}
