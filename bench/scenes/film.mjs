// @ts-check
// A film to measure with when none is given: over five minutes of 1080p out of the repository's own test footage.
import path from 'node:path'
import { measure } from './processes.mjs'

/** @typedef {import('./score.mjs').Labels} Labels */
/** @typedef {{ source: string, from: number, frames: number, look: string, dissolve?: number }} Shot */

const CLIPS = path.resolve(import.meta.dirname, '..', '..', 'test', 'fixtures')
const FLOWER = path.join(CLIPS, 'flower.webm')
const FRIDAY = path.join(CLIPS, 'friday.mp4')
/** Encoding is slow, copying is not: this often, the same half minute runs. */
const TIMES = 11
const RATE = 25

const whole = 'null'
const left = 'crop=iw/2:ih/2:0:ih/4'
const right = 'crop=iw/2:ih/2:iw/2:ih/4'
const close = 'crop=iw/3:ih/3:iw/3:ih/5'
const mirrored = 'hflip'
const warm = 'hue=h=40:s=1.3'
const dim = 'eq=brightness=-0.12:contrast=0.8'

/**
 * Shots in order; `dissolve` is how many frames the shot takes to become the next one.
 * @type {readonly Shot[]}
 */
const SHOTS = [
  { source: FRIDAY, from: 0, frames: 95, look: whole },
  { source: FLOWER, from: 0, frames: 60, look: whole },
  { source: FRIDAY, from: 30, frames: 48, look: close, dissolve: 16 },
  { source: FLOWER, from: 20, frames: 110, look: left },
  { source: FRIDAY, from: 100, frames: 35, look: left },
  { source: FRIDAY, from: 60, frames: 84, look: right },
  { source: FLOWER, from: 70, frames: 55, look: `${mirrored},${warm}`, dissolve: 24 },
  { source: FRIDAY, from: 20, frames: 130, look: mirrored },
  { source: FLOWER, from: 10, frames: 25, look: close },
  { source: FRIDAY, from: 10, frames: 66, look: dim },
  { source: FLOWER, from: 60, frames: 78, look: `${left},${dim}` },
]

/**
 * Chains of filters, one an output of `[0:v]`, `[1:v]` …, that join the shots, and what is then true of them.
 * The dissolve runs over frames of its own: its first shot goes on into it, its second begins in it.
 */
function plan() {
  /** @type {{ inputs: string[], chains: string[], parts: string[], hard: number[], gradual: { start: number, end: number }[] }} */
  const made = { inputs: [], chains: [], parts: [], hard: [], gradual: [] }
  const part = (/** @type {Shot} */ { source, look }, /** @type {number} */ from, /** @type {number} */ frames) => {
    const name = `p${made.inputs.length}`
    const trim = `setpts=N/${RATE}/TB,trim=start_frame=${from}:end_frame=${from + frames},setpts=PTS-STARTPTS`
    const even = `${look},scale=960:540,setsar=1,format=yuv420p`
    made.chains.push(`[${made.inputs.length}:v]settb=1/${RATE},${trim},${even}[${name}]`)
    made.inputs.push(source)
    return name
  }
  let at = 0
  for (const [index, shot] of SHOTS.entries()) {
    const before = SHOTS[index - 1]?.dissolve
    if (before === undefined && at > 0) made.hard.push(at)
    made.parts.push(part(shot, shot.from + (before ?? 0), shot.frames))
    at += shot.frames
    const next = SHOTS[index + 1]
    if (shot.dissolve === undefined || !next) continue
    const share = `(N+1)/${shot.dissolve + 1}`
    const old = part(shot, shot.from + (before ?? 0) + shot.frames, shot.dissolve)
    const mixed = `m${index}`
    const blend = `blend=all_expr='A*(1-${share})+B*${share}'`
    made.chains.push(`[${old}][${part(next, next.from, shot.dissolve)}]${blend}[${mixed}]`)
    made.parts.push(mixed)
    made.gradual.push({ start: at, end: at + shot.dissolve })
    at += shot.dissolve
  }
  return { ...made, frames: at }
}

/**
 * @param {string} ffmpeg
 * @param {string} folder
 * @param {AbortSignal} signal
 * @returns {Promise<{ file: string, labels: Labels, frames: number }>}
 */
export async function makeFilm(ffmpeg, folder, signal) {
  const { inputs, chains, parts, hard, gradual, frames } = plan()
  const [part, file] = [path.join(folder, 'part.mp4'), path.join(folder, 'film.mp4')]
  // Grain, as a camera's: enlarged and clean, the footage would be decoded more cheaply than any film.
  const finish = 'scale=1920:1080:flags=fast_bilinear,noise=alls=7:allf=t,format=yuv420p'
  const joined = `${parts.map((name) => `[${name}]`).join('')}concat=n=${parts.length},settb=1/${RATE},setpts=N,${finish}[v]`
  const always = ['-nostdin', '-loglevel', 'error', '-y']
  const encoder = ['-r', String(RATE), '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '24']
  await measure(
    ffmpeg,
    [
      ...[...always, ...inputs.flatMap((input) => ['-i', input])],
      ...['-filter_complex', [...chains, joined].join(';'), '-map', '[v]', ...encoder, part],
    ],
    { signal },
  )
  const copy = ['-stream_loop', String(TIMES - 1), '-i', part, '-c', 'copy', file]
  await measure(ffmpeg, [...always, ...copy], { signal })
  const starts = Array.from({ length: TIMES }, (_, time) => time * frames)
  const labels = {
    hard: starts.flatMap((start) => [...(start > 0 ? [start] : []), ...hard.map((cut) => start + cut)]),
    gradual: starts.flatMap((from) => gradual.map(({ start, end }) => ({ start: from + start, end: from + end }))),
    ignore: [],
  }
  return { file, labels, frames: frames * TIMES }
}
