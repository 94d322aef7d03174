// @ts-check
// Judges kept frames with the detectors of this checkout, without decoding anything:
// `node bench/scenes/kinds/replay.mjs FOLDER [--kinds a,b] [--seeds 1-5] [--details]`, after
// `npm run bench -- kinds --frames-cache FOLDER`.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { isWanted, seedsOf } from './choice.mjs'
import { keptFilms } from './frames.mjs'
import { judge, report } from './report.mjs'

/** @typedef {import('./frames.mjs').KeptFilm} KeptFilm */
/** @typedef {import('../../../main/engine/scenes/boundaries.ts').BoundarySearch} BoundarySearch */

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..')
const SCENES = path.join(ROOT, 'main', 'engine', 'scenes')
const HOOK = 'fieldreelReplay'
/** As in the program, which asks for the frame before as well. */
const SLACK = 0.001

/**
 * The whole search and the selection, with a reader that asks for kept frames.
 * @param {string} folder
 * @returns {Promise<typeof import('../../../main/engine/scenes/boundaries.ts') & typeof import('../../../main/engine/scenes/selection.ts') & typeof import('../../../main/contract/scenes/scene-settings.ts') & typeof import('../../../main/contract/media/frame-index.ts')>}
 */
async function bundle(folder) {
  const [entry, reader] = [path.join(folder, 'entry.mjs'), path.join(folder, 'reader.mjs')]
  const modules = ['engine/scenes/boundaries.ts', 'engine/scenes/selection.ts', 'contract/scenes/scene-settings.ts', 'contract/media/frame-index.ts'] // prettier-ignore
  await fs.writeFile(
    entry,
    modules.map((file) => `export * from ${JSON.stringify(path.join(ROOT, 'main', file))}`).join('\n'),
  )
  await fs.writeFile(reader, `export const readAnalysisFrames = (...given) => globalThis.${HOOK}(...given)`)
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    plugins: [
      {
        name: 'kept-frames',
        enforce: 'pre',
        resolveId: (id, importer) =>
          id.endsWith('/analysis-frames.ts') && importer?.startsWith(SCENES) ? reader : null,
      },
    ],
    build: {
      ssr: entry,
      outDir: path.join(folder, 'out'),
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'replay.mjs' } },
    },
  })
  return await import(pathToFileURL(path.join(folder, 'out', 'replay.mjs')).href)
}

/**
 * @param {KeptFilm} kept
 * @returns {(_tools: unknown, _path: string, onFrame: (time: number, pixels: Uint8Array) => boolean, options: { from?: number, onlyReferences?: boolean }) => Promise<void>}
 */
function readerOf({ all, references }) {
  return async (_tools, _path, onFrame, { from = 0, onlyReferences = false }) => {
    for (const { time, pixels } of onlyReferences ? references : all) {
      if (time >= from - SLACK && !onFrame(time, pixels)) return
    }
  }
}

const { values, positionals } = parseArgs({
  options: { kinds: { type: 'string' }, seeds: { type: 'string' }, details: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [cache] = positionals
if (cache === undefined) throw new Error('Which folder? `npm run bench -- kinds --frames-cache FOLDER` fills it.')
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-replay-'))
try {
  const { findBoundaries, cutScenes, DEFAULT_SCENE_SETTINGS, FrameIndex } = await bundle(folder)
  const seeds = values.seeds === undefined ? null : seedsOf(values.seeds)
  const films = []
  for await (const kept of keptFilms(path.resolve(cache))) {
    const { kind, seed, truth } = kept.film
    if (!isWanted(kind, values.kinds) || (seeds && !seeds.includes(seed))) continue
    Reflect.set(globalThis, HOOK, readerOf(kept))
    const search = /** @type {BoundarySearch} */ ({ ...kept.detection, path: kind, tools: /** @type {unknown} */ ({}) })
    const { boundaries, lastTime } = await findBoundaries(search)
    const detected = { candidates: boundaries, endTime: kept.detection.durationSeconds || lastTime }
    const index = FrameIndex.unpack(kept.detection.frames)
    const scenes = cutScenes(detected, DEFAULT_SCENE_SETTINGS).slice(1)
    films.push(judge({ kind, seed, truth, candidates: boundaries, scenes: scenes.map(({ startTime }) => index.nearestTo(startTime)) })) // prettier-ignore
  }
  report(films, values)
} finally {
  await fs.rm(folder, { recursive: true, force: true })
}
