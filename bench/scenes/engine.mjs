// @ts-check
// The engine as the benchmark uses it: its modules from source, its detection bundled for a process of its own.
import fs from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import v8 from 'node:v8'
import { build, runnerImport } from 'vite'
import { measure } from './processes.mjs'

/** @typedef {import('../../main/platform/ffmpeg/index.ts').FfmpegTools} FfmpegTools */
/** @typedef {import('../../main/contract/media/frame-index.ts').FrameIndex} FrameIndex */
/** @typedef {import('../../main/engine/scenes/boundaries.ts').BoundarySearch} Detection */
/**
 * @typedef {object} Video
 * @property {string} path
 * @property {FfmpegTools} tools
 * @property {Detection} detection what our detector is told
 * @property {number} durationSeconds
 * @property {FrameIndex} index
 * @property {{ width: number | null, height: number | null, codec: string | null }} picture
 */

const ROOT = path.resolve(import.meta.dirname, '..', '..')

/** @param {string} file */
export async function loadModule(file) {
  return (await runnerImport(path.join(ROOT, file), { configFile: false })).module
}

const { resolveFfmpeg } = /** @type {typeof import('../../main/platform/ffmpeg/index.ts')} */ (
  await loadModule('main/platform/ffmpeg/index.ts')
)
const { probeVideo, readFrameIndex } = /** @type {typeof import('../../main/engine/media/index.ts')} */ (
  await loadModule('main/engine/media/index.ts')
)
export { resolveFfmpeg }

/**
 * @param {FfmpegTools} tools
 * @param {string} file
 * @param {AbortSignal} signal
 * @returns {Promise<Video>}
 */
export async function readVideo(tools, file, signal) {
  const { metadata, startSeconds } = await probeVideo(tools, file, { signal })
  const index = await readFrameIndex(tools, file, { startSeconds, signal })
  const durationSeconds = metadata.durationSeconds ?? index.endOf(index.count - 1)
  const { width, height, videoCodec: codec } = metadata
  // as an analysis does: the index is there since the import
  const frames = index.pack()
  const pixels = (width ?? 0) * (height ?? 0) || undefined
  const detection = { path: file, tools, durationSeconds, frames, pixels }
  return { path: file, tools, detection, durationSeconds, index, picture: { width, height, codec } }
}

/** Entries that are bundled for processes of their own. */
const ENTRIES = { detection: 'main/engine/scenes/detection.ts', whole: 'bench/scenes/whole-engine.ts' }
/** The threads that judge are the built workers, as in the product. */
const WORKERS = path.join(ROOT, 'out', 'main')

/**
 * A part of the engine as one file that runs by itself.
 * @param {keyof typeof ENTRIES} entry
 * @param {string} folder
 * @returns {Promise<string>} its address
 */
export async function bundle(entry, folder) {
  const name = `${entry}.mjs`
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(ROOT, ENTRIES[entry]),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: name } },
    },
  })
  return pathToFileURL(path.join(folder, name)).href
}

/**
 * Our detector, in a process of its own.
 * @param {Video} video
 * @param {{ module: string, signal: AbortSignal }} options
 */
export async function detect({ detection, index }, { module, signal }) {
  const request = { module, video: detection, workersFolder: WORKERS }
  const input = v8.serialize(request).toString('base64')
  const program = path.join(import.meta.dirname, 'detect.mjs')
  const { stdout, cost } = await measure(process.execPath, [program], { signal, input })
  /** @type {import('../../main/engine/scenes/detection.ts').FoundScenes} */
  const { scenes, candidates } = JSON.parse(stdout)
  return { cost, frames: framesOf(scenes, index), candidates }
}

/**
 * All that an import does once the file is there, in a process of its own: hash, index, cuts, pictures, sprite.
 * @param {Video} video
 * @param {{ module: string, folder: string, signal: AbortSignal }} options
 */
export async function importWhole({ path: file, tools, index }, { module, folder, signal }) {
  const made = await fs.mkdtemp(path.join(folder, 'import-'))
  try {
    const input = v8.serialize({ module, file, tools, folder: made, workersFolder: WORKERS }).toString('base64')
    const program = path.join(import.meta.dirname, 'whole.mjs')
    const { stdout, cost } = await measure(process.execPath, [program], { signal, input })
    /** @type {{ scenes: { startTime: number }[], steps: Record<string, number> }} */
    const { scenes, steps } = JSON.parse(stdout)
    return { cost, steps, frames: framesOf(scenes, index) }
  } finally {
    await fs.rm(made, { recursive: true, force: true })
  }
}

/**
 * @param {readonly { startTime: number }[]} scenes
 * @param {FrameIndex} index
 */
function framesOf(scenes, index) {
  return scenes.slice(1).map(({ startTime }) => index.nearestTo(startTime))
}
