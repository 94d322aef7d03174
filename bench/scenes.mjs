// @ts-check
// Scene detection, and the whole import of a video, beside bare decoding, ffmpeg's own filters and PySceneDetect: CPU, time,
// memory and, where the truth is known, how right it is: `npm run bench -- scenes [--repeat N] [--quick] [VIDEO [LABELS.json]]…`. Labels that lie
// beside a video (`VIDEO.cuts.json`, or a `cuts.json` that names it) are found. `--quick` leaves the peers out. Without
// a video, a film of six minutes is made from the test footage.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { callerFolder } from '../scripts/setup/folders.mjs'
import { judge, judgeWhole } from './scenes/budgets.mjs'
import { compare, DECODING, OURS, WHOLE } from './scenes/compare.mjs'
import { bundle, readVideo, resolveFfmpeg } from './scenes/engine.mjs'
import { makeFilm } from './scenes/film.mjs'
import { readSubjects } from './scenes/labels.mjs'
import { findPySceneDetect } from './scenes/pyscenedetect.mjs'
import { reliabilityLines } from './scenes/reliability.mjs'
import { shares, sumOf } from './scenes/score.mjs'
import { printTable, say } from './scenes/table.mjs'
import { tell } from './upload/figures.mjs'

/** @typedef {import('./scenes/score.mjs').Labels} Labels */
/** @typedef {{ file: string, labels: Labels | null, frames?: number }} Subject */
/** @typedef {Awaited<ReturnType<typeof measureOne>>} Result */

const RESULTS = path.resolve(import.meta.dirname, 'results')
/** Short runs are at the mercy of whatever else the machine does. */
const SHORT = { seconds: 120, repeats: 3 }

/** Two runs of the same differ by so much on a quiet machine. */
const NOISE = 0.05

const { values, positionals } = parseArgs({
  options: { repeat: { type: 'string' }, quick: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const repeat = values.repeat === undefined ? null : Number(values.repeat)
if (repeat !== null && !(Number.isInteger(repeat) && repeat > 0)) throw new Error('--repeat wants a number from 1 on')

const interrupted = new AbortController()
for (const [signal, status] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.on(signal, () => {
    process.exitCode = status
    interrupted.abort(new Error('interrupted'))
  })
}
const { signal } = interrupted
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-bench-'))

/**
 * @param {import('./scenes/engine.mjs').FfmpegTools} tools
 * @returns {Promise<Subject[]>}
 */
async function subjects(tools) {
  const given = await readSubjects(positionals, callerFolder())
  if (given.length > 0) return given
  tell('scenes: making a film of the test footage')
  return [await makeFilm(tools.ffmpeg, folder, signal)]
}

/**
 * @param {Subject} subject
 * @param {import('./scenes/engine.mjs').FfmpegTools} tools
 * @param {Pick<import('./scenes/compare.mjs').Comparison, 'modules' | 'python'>} methods
 */
async function measureOne({ file, labels, frames }, tools, methods) {
  const video = await readVideo(tools, file, signal)
  if (frames !== undefined && frames !== video.index.count) {
    throw new Error(`The film has ${video.index.count} frames and should have ${frames}: its labels would be wrong.`)
  }
  const repeats = repeat ?? (video.durationSeconds < SHORT.seconds ? SHORT.repeats : 1)
  const rows = await compare(video, labels, { ...methods, folder, repeats, quick: values.quick, signal })
  const { width, height, codec } = video.picture
  const size = `${String(codec)} ${width ?? '?'}×${height ?? '?'}, ${video.durationSeconds.toFixed(1)} s, ${video.index.count} frames`
  const rounds = repeats > 1 ? `, medians of ${repeats} rounds` : ''
  const lines = rows.map((row) => ({ ...row, counts: row.score?.counts ?? null, cuts: row.frames?.length ?? null }))
  printTable(`${path.basename(file)}: ${size}${rounds}`, lines, labels !== null)
  const ours = rows.find(({ kind }) => kind === OURS)
  if (!ours) throw new Error('Our own detector was not measured.')
  if ((rows.find(({ kind }) => kind === DECODING)?.ratio ?? 1) > 1 + NOISE) {
    say('Decoding with a filter cost less than decoding alone: the machine was busy. The lesser of them counts as 1.')
  }
  if (ours.score) {
    const { missed, missedGradual, falseAlarms } = ours.score
    const list = (/** @type {readonly number[]} */ frames) => frames.join(' ') || '–'
    say(`${OURS} missed cuts ${list(missed)}, transitions ${list(missedGradual)}; false ${list(falseAlarms)}`)
  }
  const [whole, bare] = [WHOLE, DECODING].map((wanted) => rows.find(({ kind }) => kind === wanted))
  const budgets = [...judge(ours, video), ...(whole && bare ? judgeWhole(whole, bare, video) : [])]
  for (const { line } of budgets) say(line)
  return {
    file: path.basename(file),
    ...video.picture,
    durationSeconds: video.durationSeconds,
    frames: video.index.count,
    labelled: labels !== null,
    rows: rows.map((row) => ({ ...row, quality: row.score && shares(row.score.counts) })),
    budgets,
  }
}

/**
 * All videos as one: what they cost together, and how right the labelled ones are.
 * @param {readonly Result[]} results
 */
function summarise(results) {
  const kinds = [...new Set(results.flatMap(({ rows }) => rows.map(({ kind }) => kind)))]
  const bare = sumOfCosts(results, DECODING).cpu
  return kinds.map((kind) => {
    const scores = results.flatMap(({ rows }) => rows.flatMap((row) => (row.kind === kind ? (row.score ?? []) : [])))
    const counts = scores.length > 0 ? sumOf(scores.map((score) => score.counts)) : null
    const cost = sumOfCosts(results, kind)
    const ratio = cost.cpu === null || bare === null ? null : cost.cpu / bare
    return { name: kind, cost, ratio, counts, quality: counts && shares(counts) }
  })
}

/**
 * @param {readonly Result[]} results
 * @param {string} kind of row
 */
function sumOfCosts(results, kind) {
  const costs = results.flatMap(({ rows }) => rows.filter((row) => row.kind === kind).map(({ cost }) => cost))
  const total = (/** @type {readonly (number | null)[]} */ values) =>
    values.includes(null) ? null : values.reduce((/** @type {number} */ sum, value) => sum + (value ?? 0), 0)
  const memory = costs.map((cost) => cost.memory ?? 0).reduce((a, b) => Math.max(a, b), 0)
  const [cpu, seconds] = [total(costs.map((cost) => cost.cpu)), total(costs.map((cost) => cost.seconds)) ?? 0]
  return { cpu, seconds, memory: memory || null }
}

/** @param {readonly Result[]} results */
function close(results) {
  const summary = summarise(results)
  if (results.length > 1) {
    const labelled = results.filter((result) => result.labelled).length
    printTable(`All ${results.length} videos as one, ${labelled} of them with labels`, summary, labelled > 0)
  }
  const judged = results.flatMap(({ rows }) => rows.flatMap((row) => row.judged))
  if (judged.length > 0) say('\nOf boundaries that are so sure, so many are real:')
  for (const line of judged.length > 0 ? reliabilityLines(judged) : []) say(line)
  const missed = results.flatMap(({ file, budgets }) =>
    budgets.filter(({ kept }) => kept === false).map(({ name }) => `${name} (${file})`),
  )
  say(missed.length === 0 ? '\nbudgets: all kept' : `\nbudgets MISSED: ${missed.join(', ')}`)
  return { summary, kept: missed.length === 0 }
}

try {
  const tools = await resolveFfmpeg()
  const python = values.quick ? null : await findPySceneDetect(signal)
  const list = await subjects(tools)
  const modules = { detection: await bundle('detection', folder), whole: await bundle('whole', folder) }
  say(`ffmpeg ${tools.version} (${tools.source})${python ? `, PySceneDetect ${python.version}` : ''}`)
  const [load = 0] = os.loadavg()
  if (load > os.availableParallelism() / 2) say(`The machine is busy (load ${load.toFixed(1)}): costs are unsure.`)
  if (values.quick) say('The peers are left out.')
  else {
    if (!python) say('PySceneDetect is left out: neither `scenedetect` nor `python3 -m scenedetect` runs here.')
    if (!tools.filters.has('scdet')) say('scdet is left out: this ffmpeg does not have it.')
  }
  /** @type {Result[]} */
  const results = []
  for (const subject of list) results.push(await measureOne(subject, tools, { modules, python }))
  const { summary, kept } = close(results)
  const machine = { cpu: os.cpus()[0]?.model, cores: os.availableParallelism(), platform: process.platform }
  const programs = { ffmpeg: tools.version, ffmpegSource: tools.source, pySceneDetect: python?.version ?? null }
  const record = {
    benchmark: 'scenes',
    at: new Date().toISOString(),
    machine: { ...machine, load },
    programs,
    results,
    summary,
    kept,
  }
  await fs.mkdir(RESULTS, { recursive: true })
  await fs.writeFile(path.join(RESULTS, 'scenes.json'), `${JSON.stringify(record, null, 2)}\n`)
  process.exitCode = kept ? 0 : 1
} catch (error) {
  if (!signal.aborted) throw error
  tell('scenes: interrupted')
} finally {
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
