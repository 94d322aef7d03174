// @ts-check
// Scene detection beside bare decoding and ffmpeg's own detector: CPU, time and F1.
// `npm run bench -- scenes [VIDEO LABELS.json]`; without a video, one is joined from the test footage.
import { execFile } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { runnerImport } from 'vite'
import { score } from './scenes/score.mjs'

/** @typedef {import('./scenes/score.mjs').Labels} Labels */
/** @typedef {import('../main/platform/ffmpeg/index.ts').FfmpegTools} FfmpegTools */
/** @typedef {{ file: string, labels: Labels, rate: number }} Subject */

const ROOT = path.resolve(import.meta.dirname, '..')
const WORKERS = path.join(ROOT, 'out', 'main')
const CPU_BUDGET = 0.9
const CLOCK_TICKS_A_SECOND = 100
const run = promisify(execFile)

/**
 * A module of the engine from its source; what costs time runs in the built worker all the same.
 * @param {string} file
 */
async function engine(file) {
  return (await runnerImport(path.join(ROOT, file), { configFile: false })).module
}

/**
 * @param {string} file
 * @param {string} labelsFile with the frame rate as `fps`
 * @returns {Promise<Subject>}
 */
async function labelled(file, labelsFile) {
  const labels = JSON.parse(await fs.readFile(labelsFile, 'utf8'))
  return { file, labels, rate: labels.fps }
}

/**
 * CPU seconds of this process with its threads, and of the children it has waited for.
 * @returns {Promise<number>}
 */
async function cpuSeconds() {
  const stat = await fs.readFile('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / CLOCK_TICKS_A_SECOND
}

/**
 * @template T
 * @param {() => Promise<T>} work
 */
async function measured(work) {
  const [cpu, started] = [await cpuSeconds(), performance.now()]
  const result = await work()
  return { result, cpu: (await cpuSeconds()) - cpu, seconds: (performance.now() - started) / 1000 }
}

/**
 * Half a minute of 1080p: both pieces of test footage in turn, a new shot every 2 seconds.
 * @param {FfmpegTools} tools
 * @param {string} folder
 * @returns {Promise<Subject>}
 */
async function joinFootage(tools, folder) {
  const [file, clips] = [path.join(folder, 'joined.mp4'), path.join(ROOT, 'test', 'fixtures')]
  const even = 'scale=1920:1080,setsar=1,fps=25,format=yuv420p,split=2'
  const part = (/** @type {string} */ from, /** @type {number} */ start, /** @type {string} */ to) =>
    `[${from}]trim=start_frame=${start}:end_frame=${start + 50},setpts=PTS-STARTPTS[${to}]`
  const filter = [
    `[0:v]${even}[f0][f1]`,
    `[1:v]${even}[g0][g1]`,
    ...[part('f0', 0, 'a'), part('g0', 0, 'b'), part('f1', 60, 'c'), part('g1', 60, 'd')],
    '[a][b][c][d]concat=n=4,loop=loop=3:size=200[v]',
  ].join(';')
  const inputs = ['-i', path.join(clips, 'flower.webm'), '-i', path.join(clips, 'friday.mp4')]
  await run(tools.ffmpeg, [
    '-loglevel',
    'error',
    ...inputs,
    '-filter_complex',
    filter,
    '-map',
    '[v]',
    '-preset',
    'veryfast',
    file,
  ])
  const hard = Array.from({ length: 15 }, (_, index) => (index + 1) * 50)
  return { file, rate: 25, labels: { hard, gradual: [], ignore: [] } }
}

/**
 * @param {FfmpegTools} tools
 * @param {string} file
 * @returns {Promise<number[]>} times of new shots in seconds
 */
async function peerTimes(tools, file) {
  const args = ['-hide_banner', '-i', file, '-an', '-vf', 'scdet=threshold=10', '-f', 'null', '-']
  const { stderr } = await run(tools.ffmpeg, args, { maxBuffer: 1 << 28 })
  return [...stderr.matchAll(/lavfi\.scd\.time: ([\d.]+)/g)].map((match) => Number(match[1]))
}

/**
 * @param {string} name
 * @param {{ cpu: number, seconds: number }} cost
 * @param {number} bare
 * @param {{ f1: number, missed: number[], falseAlarms: number[] }} [result]
 */
function print(name, { cpu, seconds }, bare, result) {
  const cost = `${cpu.toFixed(2).padStart(8)} s CPU ${(cpu / bare).toFixed(2).padStart(6)} × ${seconds.toFixed(2).padStart(8)} s`
  const quality = result
    ? `   F1 ${result.f1.toFixed(3)}  missed ${result.missed.join(' ') || '–'}  false ${result.falseAlarms.join(' ') || '–'}`
    : ''
  console.log(`${name.padEnd(16)}${cost}${quality}`)
}

/**
 * @param {Subject} subject
 * @param {FfmpegTools} tools
 */
async function compare({ file, labels, rate }, tools) {
  const scenes = /** @type {typeof import('../main/engine/scenes/detection.ts')} */ (
    await engine('main/engine/scenes/detection.ts')
  )
  const media = /** @type {typeof import('../main/engine/media/index.ts')} */ (
    await engine('main/engine/media/index.ts')
  )
  const { metadata, startSeconds } = await media.probeVideo(tools, file)
  const video = { path: file, tools, durationSeconds: metadata.durationSeconds ?? 0, startSeconds }
  const frames = (/** @type {number[]} */ times) => times.map((time) => Math.round(time * rate))

  const bare = await measured(() => run(tools.ffmpeg, ['-loglevel', 'error', '-i', file, '-an', '-f', 'null', '-']))
  const ours = await measured(() => scenes.detectScenes(video, { workersFolder: WORKERS }))
  print('decoding alone', bare, bare.cpu)
  const starts = ours.result.scenes.slice(1).map((scene) => scene.startTime)
  print('Fieldreel', ours, bare.cpu, score(frames(starts), labels))
  if (tools.filters.has('scdet')) {
    const peer = await measured(() => peerTimes(tools, file))
    print('ffmpeg scdet', peer, bare.cpu, score(frames(peer.result), labels))
  }
  return ours.cpu / bare.cpu
}

const ffmpeg = /** @type {typeof import('../main/platform/ffmpeg/index.ts')} */ (
  await engine('main/platform/ffmpeg/index.ts')
)
const tools = await ffmpeg.resolveFfmpeg()
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-bench-'))
try {
  const [file, labelsFile] = process.argv.slice(2)
  const subject = file && labelsFile ? await labelled(file, labelsFile) : await joinFootage(tools, folder)
  const ratio = await compare(subject, tools)
  console.log(`budget: CPU at most ${CPU_BUDGET} × decoding: ${ratio <= CPU_BUDGET ? 'kept' : 'exceeded'}`)
  process.exitCode = ratio <= CPU_BUDGET ? 0 : 1
} finally {
  await fs.rm(folder, { recursive: true, force: true })
}
