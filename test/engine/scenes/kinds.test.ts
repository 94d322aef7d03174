import { beforeAll, expect, test } from 'vitest'
import { KINDS } from '../../../bench/scenes/kinds/index.mjs'
import { FilmLibrary } from '../../../bench/scenes/kinds/library.mjs'
import { judge, kindsBelow, report, totals, type Judged } from '../../../bench/scenes/kinds/report.mjs'
import { DEFAULT_SCENE_SETTINGS } from '../../../main/contract/scenes/scene-settings.ts'
import { probeVideo, readFrameIndex } from '../../../main/engine/media/index.ts'
import { findBoundaries } from '../../../main/engine/scenes/boundaries.ts'
import { cutScenes } from '../../../main/engine/scenes/selection.ts'
import { resolveFfmpeg, type FfmpegTools } from '../../../main/platform/ffmpeg/index.ts'
import { isLong } from '../../support/schedule.ts'

/** One small film of each kind, drawn and of photos: reading footage takes too long here. `npm run bench -- kinds` judges more. */
const SEED = 101
const HEIGHT = 72
/** What a change of the detector may not fall below on these films. */
const LEAST = { hardF1: 0.98, gradualF1: 0.9 }
const MOST_KINDS_BELOW = 14
const LIMIT_MS = 600_000
/** Every kind in `npm run test:long`, every second one in `npm test`. */
const KINDS_NOW = KINDS.filter((_, at) => isLong || at % 2 === 0)

let tools: FfmpegTools
beforeAll(async () => {
  tools = await resolveFfmpeg()
})

async function find(library: FilmLibrary, kind: (typeof KINDS)[number]): Promise<Judged> {
  const { file, truth } = await library.film(kind, SEED)
  const { metadata, startSeconds } = await probeVideo(tools, file)
  const index = await readFrameIndex(tools, file, { startSeconds })
  const { width, height } = metadata
  const durationSeconds = metadata.durationSeconds ?? index.endOf(index.count - 1)
  const pixels = (width ?? 0) * (height ?? 0)
  const { boundaries } = await findBoundaries({ path: file, tools, durationSeconds, frames: index.pack(), pixels })
  const scenes = cutScenes({ candidates: boundaries, endTime: durationSeconds }, DEFAULT_SCENE_SETTINGS).slice(1)
  const found = scenes.map(({ startTime }) => index.nearestTo(startTime))
  return judge({ kind: kind.name, seed: SEED, truth, candidates: boundaries, scenes: found })
}

test('finds the cuts of films of every kind, and says how sure it is', { timeout: LIMIT_MS }, async () => {
  const library = await FilmLibrary.open(tools, { height: HEIGHT, takes: [] })
  const films: Judged[] = []
  for (const kind of KINDS_NOW) films.push(await find(library, kind))
  report(films, { details: true })
  const { hardF1, gradualF1 } = totals(films, 'before')
  expect(hardF1).toBeGreaterThanOrEqual(LEAST.hardF1)
  expect(gradualF1).toBeGreaterThanOrEqual(LEAST.gradualF1)
  expect(kindsBelow(films, 'before').length).toBeLessThanOrEqual(MOST_KINDS_BELOW)
})
