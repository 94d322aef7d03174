// @ts-check
// How well people are followed in a film that was labelled by hand, at 10, 5 and 1 frames a second: IDF1, by the models
// themselves and by what they saw when the fixture was made: `npm run bench -- tracking [--keep FILE]`. `--keep` writes
// what the models see, as the tests' fixture is kept (test/fixtures/tracking/observed.br).
import fs from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { say } from './scenes/table.mjs'

const RATES = [10, 5, 1]
/** What is promised at 10 frames a second. */
const LEAST_IDF1 = 0.75
const ROOT = path.resolve(import.meta.dirname, '..')

/** @param {string} file */
async function load(file) {
  return (await runnerImport(path.join(ROOT, file), { configFile: false })).module
}

const { observe } = /** @type {typeof import('./tracking/observe.ts')} */ (await load('bench/tracking/observe.ts'))
const { readObserved, writeObserved } = /** @type {typeof import('./tracking/observed.ts')} */ (
  await load('bench/tracking/observed.ts')
)
const { replay } = /** @type {typeof import('./tracking/replay.ts')} */ (await load('bench/tracking/replay.ts'))
const { FILM, OBSERVED, readTruth } = /** @type {typeof import('./tracking/truth.ts')} */ (
  await load('bench/tracking/truth.ts')
)
const { createTracker } = /** @type {typeof import('../main/engine/pipeline/tracker/index.ts')} */ (
  await load('main/engine/pipeline/tracker/index.ts')
)

const { values } = parseArgs({ options: { keep: { type: 'string' } } })
const truth = await readTruth()
const seen = await observe(FILM, { width: 768, height: 576 })
if (values.keep) await writeObserved(values.keep, seen)
const kept = await readObserved(OBSERVED)

const record = []
say('                 IDF1  precision  recall  tracks  switches  looked at  ms a frame')
for (const [name, observed] of /** @type {const} */ ([
  ['the models', seen],
  ['as kept', kept],
])) {
  // prettier-ignore
  for (const rate of RATES) {
    const result = await replay(createTracker(), observed, truth, rate)
    record.push({ name, rate, ...result })
    const { idf1, precision, recall, tracks, identities, switches, embedded, detections } = result
    const columns = [
      `${name}, ${rate} fps`.padEnd(16),
      idf1.toFixed(3),
      precision.toFixed(3).padStart(10),
      recall.toFixed(3).padStart(7),
      `${tracks}/${identities}`.padStart(7),
      String(switches).padStart(9),
      `${((embedded / detections) * 100).toFixed(0)} %`.padStart(10),
      result.millisecondsPerFrame.toFixed(2).padStart(11),
    ]
    say(columns.join(' '))
  }
}
const results = path.join(ROOT, 'bench', 'results')
await fs.mkdir(results, { recursive: true })
await fs.writeFile(path.join(results, 'tracking.json'), `${JSON.stringify(record, null, 2)}\n`)
process.exitCode = record.some(({ rate, idf1 }) => rate === 10 && idf1 < LEAST_IDF1) ? 1 : 0
