// @ts-check
// How right our scene detection is on films of every kind, drawn by seed, with exact truth:
// `npm run bench -- kinds [--seeds 1-3] [--kinds PART,PART] [--clips FOLDER] [--json FILE] [--details]`. `--clips` names a
// folder of more footage to draw from. `--frames-cache FOLDER` keeps what the detector sees, for bench/scenes/kinds/replay.mjs,
// and judges nothing. Films are kept in the cache folder.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { callerFolder } from '../scripts/setup/folders.mjs'
import { judgeKinds } from './scenes/budgets.mjs'
import { bundle, loadModule, readVideo, resolveFfmpeg } from './scenes/engine.mjs'
import { isWanted, seedsOf } from './scenes/kinds/choice.mjs'
import { keepFrames } from './scenes/kinds/frames.mjs'
import { KINDS } from './scenes/kinds/index.mjs'
import { FilmLibrary } from './scenes/kinds/library.mjs'
import { judge, kindsBelow, report, totals } from './scenes/kinds/report.mjs'
import { say } from './scenes/table.mjs'
import { tell } from './upload/figures.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
const HEIGHT = 180

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-3' },
    kinds: { type: 'string' },
    clips: { type: 'string' },
    json: { type: 'string' },
    'frames-cache': { type: 'string' },
    details: { type: 'boolean', default: false },
  },
})
const resolved = (/** @type {string | undefined} */ file) =>
  file === undefined ? undefined : path.resolve(callerFolder(), file)
const [clips, cache] = [values.clips, values['frames-cache']].map(resolved)
const json = resolved(values.json) ?? path.join(ROOT, 'bench', 'results', 'kinds.json')
const seeds = seedsOf(values.seeds)
const kinds = KINDS.filter(({ name }) => isWanted(name, values.kinds))
if (kinds.length === 0) throw new Error(`There is no such kind. There are: ${KINDS.map(({ name }) => name).join(', ')}`)

const { signal } = new AbortController()
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-kinds-'))

/** @param {import('./scenes/engine.mjs').FfmpegTools} tools @param {import('./scenes/kinds/library.mjs').Film} film */
async function read(tools, film) {
  const video = await readVideo(tools, film.file, signal)
  if (video.index.count !== film.frames) {
    throw new Error(
      `${film.file} has ${video.index.count} frames and should have ${film.frames}: its truth would be wrong.`,
    )
  }
  return video
}

/** @returns {Promise<(film: import('./scenes/kinds/library.mjs').Film, video: import('./scenes/engine.mjs').Video) => Promise<import('./scenes/kinds/report.mjs').Judged>>} */
async function detector() {
  const { detectScenes } = /** @type {typeof import('../main/engine/scenes/detection.ts')} */ (
    await import(await bundle('detection', folder))
  )
  return async ({ kind, seed, truth }, { detection, index }) => {
    const { candidates, scenes } = await detectScenes(detection, { workersFolder: path.join(ROOT, 'out', 'main') })
    return judge({ kind, seed, truth, candidates, scenes: scenes.slice(1).map(({ startTime }) => index.nearestTo(startTime)) }) // prettier-ignore
  }
}

try {
  const tools = await resolveFfmpeg()
  const library = await FilmLibrary.open(tools, { height: HEIGHT, clips })
  const { readAnalysisFrames } = await loadModule('main/engine/scenes/analysis-frames.ts')
  const detect = cache === undefined ? await detector() : null
  const films = []
  for (const kind of kinds) {
    for (const seed of seeds) {
      const film = await library.film(kind, seed)
      const video = await read(tools, film)
      if (detect) films.push(await detect(film, video))
      else if (cache !== undefined) await keepFrames(readAnalysisFrames, video, film, cache)
    }
    tell(`kinds: ${kind.name}`)
  }
  if (detect) {
    say(`${kinds.length} kinds, seeds ${values.seeds}, ffmpeg ${tools.version}`)
    report(films, values)
    const budgets = judgeKinds(totals(films, 'before'), kindsBelow(films, 'before').length)
    say('')
    for (const { line } of budgets) say(line)
    const record = { benchmark: 'kinds', at: new Date().toISOString(), ffmpeg: tools.version, clips, budgets, films }
    await fs.mkdir(path.dirname(json), { recursive: true })
    await fs.writeFile(json, `${JSON.stringify(record, null, 2)}\n`)
    process.exitCode = budgets.every(({ kept }) => kept) ? 0 : 1
  }
  await library.tidy()
} finally {
  await fs.rm(folder, { recursive: true, force: true })
}
