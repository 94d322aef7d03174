// @ts-check
// How fast frames go through a task, beside decoding and inference alone; how fast a stream is replayed, beside its file
// served statically; and what 200 who follow one task cost: `npm run bench -- tasks [--quick] [rate] [replay] [fan-out]`.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { compareFanOut } from './tasks/fan-out.mjs'
import { compareRate } from './tasks/rate.mjs'
import { compareReplay } from './tasks/replay.mjs'

const RESULTS = path.resolve(import.meta.dirname, 'results')
const FILM = path.resolve(import.meta.dirname, '..', 'test', 'fixtures', 'friday.mp4')

const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean' } }, allowPositionals: true })
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-bench-'))
const film = (await fs.readFile(FILM)).toString('base64')
const pairs = values.quick ? 1 : 5

const MEASURES = {
  rate: () => compareRate({ folder, film, file: FILM, pairs }),
  replay: () => compareReplay({ folder, film, megabytes: values.quick ? 100 : 500, pairs: pairs + 2 }),
  'fan-out': () => compareFanOut({ folder, film }),
}

try {
  const results = []
  for (const [name, run] of Object.entries(MEASURES)) {
    if (positionals.length === 0 || positionals.includes(name)) results.push(await run())
  }
  const machine = { cpu: os.cpus()[0]?.model, cores: os.availableParallelism(), platform: process.platform }
  const record = { benchmark: 'tasks', at: new Date().toISOString(), machine, quick: values.quick ?? false, results }
  await fs.mkdir(RESULTS, { recursive: true })
  await fs.writeFile(path.join(RESULTS, 'tasks.json'), `${JSON.stringify(record, null, 2)}\n`)
  process.exitCode = results.every(({ kept }) => kept) ? 0 : 1
} finally {
  await fs.rm(folder, { recursive: true, force: true })
}
