// @ts-check
// How long until Fieldreel's window can be used, beside the least an Electron window takes on the same machine in the
// same minutes: `npm run bench -- start [PAIRS]`. Launches alternate, so that whatever else the machine does hits both.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { _electron } from 'playwright'

const ROOT = path.resolve(import.meta.dirname, '..')
const BARE = path.join(ROOT, 'bench', 'bare-window')
const RESULTS = path.join(ROOT, 'bench', 'results')
const BUDGET_RATIO = 1.5
const DEFAULT_PAIRS = 7
const LEAST_PAIRS = 5

/** True once the page said it can be used and what it drew then has been painted: two frames later. */
const USABLE = `new Promise((usable) => {
  const look = () => document.documentElement.dataset.ready === 'true'
    ? requestAnimationFrame(() => requestAnimationFrame(() => usable(true)))
    : requestAnimationFrame(look)
  look()
})`

/**
 * Starts an app, waits until its window can be used, and closes it.
 * @param {readonly string[]} args of electron
 * @returns {Promise<number>} milliseconds from the start of the process
 */
async function launch(args) {
  const started = performance.now()
  const app = await _electron.launch({ args: [...args], cwd: ROOT, timeout: 60_000 })
  try {
    const page = await app.firstWindow()
    await page.evaluate(USABLE)
    return performance.now() - started
  } finally {
    await app.close()
  }
}

/** @param {readonly number[]} values */
function summary(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ share) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
  return { min: at(0), median: at(0.5), max: at(1) }
}

/** @param {number} pairs */
async function measure(pairs) {
  const data = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-bench-'))
  const fieldreelArgs = [ROOT, '--data', data]
  /** @type {number[]} */
  const bare = []
  /** @type {number[]} */
  const fieldreel = []
  try {
    // warm-up: files into the system's cache, and an empty library made, as it is at every start but the first
    await launch([BARE])
    await launch(fieldreelArgs)
    for (let i = 0; i < pairs; i++) {
      bare.push(await launch([BARE]))
      fieldreel.push(await launch(fieldreelArgs))
      process.stderr.write(`  pair ${String(i + 1)} of ${String(pairs)}\n`)
    }
  } finally {
    await fs.rm(data, { recursive: true, force: true })
  }
  return { bare, fieldreel }
}

/** @param {Awaited<ReturnType<typeof measure>>} times */
async function report(times) {
  const bare = summary(times.bare)
  const fieldreel = summary(times.fieldreel)
  const ratio = fieldreel.median / bare.median
  // each launch beside its neighbour in time: shows how far noise alone carries the ratio
  const pairs = summary(times.fieldreel.map((ms, i) => ms / (times.bare[i] ?? Number.NaN)))
  const row = (/** @type {string} */ name, /** @type {typeof bare} */ { min, median, max }, digits = 0) =>
    [name.padEnd(22), ...[min, median, max].map((value) => value.toFixed(digits).padStart(9))].join('')
  process.stdout.write(
    [
      `Start until the window can be used, ms, ${String(times.bare.length)} pairs`,
      [''.padEnd(22), ...['min', 'median', 'max'].map((name) => name.padStart(9))].join(''),
      row('bare Electron window', bare),
      row('Fieldreel', fieldreel),
      row('ratio within a pair', pairs, 2),
      `ratio of medians ${ratio.toFixed(2)}, budget ${String(BUDGET_RATIO)}: ${ratio <= BUDGET_RATIO ? 'kept' : 'MISSED'}`,
      '',
    ].join('\n'),
  )
  await fs.mkdir(RESULTS, { recursive: true })
  const machine = { cpu: os.cpus()[0]?.model, cores: os.availableParallelism(), platform: process.platform }
  const record = { benchmark: 'start', at: new Date().toISOString(), machine, ratio, budget: BUDGET_RATIO, times }
  await fs.writeFile(path.join(RESULTS, 'start.json'), `${JSON.stringify(record, null, 2)}\n`)
  return ratio
}

const pairs = Math.max(LEAST_PAIRS, Number(process.argv[2] ?? DEFAULT_PAIRS) || DEFAULT_PAIRS)
process.exitCode = (await report(await measure(pairs))) <= BUDGET_RATIO ? 0 : 1
