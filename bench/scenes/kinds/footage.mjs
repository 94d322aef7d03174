// @ts-check
// Real footage: the repository's own, and clips that are given.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { Picture } from './picture.mjs'
import { canvasSize } from './places.mjs'
import { film } from './shots.mjs'

/** @typedef {import('./shots.mjs').Shot} Shot */
/** @typedef {import('./random.mjs').Random} Random */
/** A run of real frames without an edit, seconds. @typedef {{ file: string, from: number, to: number }} Take */

const FIXTURES = path.resolve(import.meta.dirname, '..', '..', '..', 'test', 'fixtures')
/** @type {readonly Take[]} */
export const OWN_TAKES = [
  { file: path.join(FIXTURES, 'flower.webm'), from: 0, to: 5 },
  { file: path.join(FIXTURES, 'friday.mp4'), from: 0, to: 6 },
  { file: path.join(FIXTURES, 'tracking', 'pedestrians.mp4'), from: 0, to: 12 },
  { file: path.join(FIXTURES, 'tracking', 'pedestrians.mp4'), from: 13, to: 26 },
]
/** Photos, and how each is found in a file of its own. @type {readonly Take[]} */
export const OWN_PHOTOS = [
  ...['person', 'above', 'square', 'traffic'].map((name) => path.join('frames', name)),
  ...['barrier', 'copy-centre', 'galleries', 'generator', 'notice', 'signpost'].map((name) =>
    path.join('reading', `photo-${name}`),
  ),
].map((name) => ({ file: path.join(FIXTURES, `${name}.jpg`), from: 0, to: 0 }))
const VIDEO = /\.(mp4|mov|m4v|mkv|webm|avi)$/i
const CLIP_SECONDS = 8
/** Frames a second that are read; a film of another rate shows the nearest ones. */
const RATE = 25
const MOST_SECONDS = 4

/**
 * The clips of a folder, each taken for one shot, unless a `labelled/cuts.json` there says where its cuts are.
 * @param {string} folder
 * @returns {Promise<Take[]>} in an order that does not depend on the system
 */
export async function readTakes(folder) {
  const names = (await fs.readdir(folder)).filter((name) => VIDEO.test(name)).sort()
  const labelsFile = path.join(folder, 'labelled', 'cuts.json')
  /** @type {Record<string, { file: string, fps: number, hard: number[], ignore: [number, number][] }>} */
  const labels = existsSync(labelsFile) ? JSON.parse(await fs.readFile(labelsFile, 'utf8')) : {}
  return names.flatMap((name) => {
    const known = Object.values(labels).find((label) => label.file === name)
    const file = path.join(folder, name)
    if (!known) return [{ file, from: 0.2, to: CLIP_SECONDS }]
    const { fps, hard, ignore } = known
    // Between cuts and what is to be ignored, be it a title or a fade.
    const edges = [...hard.map((cut) => /** @type {const} */ ([cut, cut])), ...ignore].sort((a, b) => a[0] - b[0])
    return edges.flatMap(([to], at) => {
      const from = edges[at - 1]?.[1] ?? 0
      return to - from > fps ? [{ file, from: from / fps + 0.1, to: to / fps - 0.1 }] : []
    })
  })
}

/**
 * A part of the picture, as if another camera had filmed it.
 * @param {Random} random
 * @param {Take} take
 * @returns {Shot}
 */
export function filmed(random, take) {
  const part = random.between(0.45, 1)
  const [left, top] = [random.next() * (1 - part), random.next() * (1 - part)]
  const [flip, hue, light] = [random.chance(0.5), random.between(-25, 25), random.between(-0.08, 0.08)]
  const from = take.from + random.next() * Math.max(0, take.to - take.from - MOST_SECONDS)
  const look = `crop=iw*${part}:ih*${part}:iw*${left}:ih*${top},hue=h=${hue},eq=brightness=${light}${flip ? ',hflip' : ''}`
  return async ({ width, height }) => {
    const filter = `fps=${RATE},${look},scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`
    const length = String(Math.min(MOST_SECONDS, take.to - from))
    const input = ['-ss', from.toFixed(3), '-t', length, '-i', take.file]
    const bytes = await read([...input, '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'])
    const frames = Math.floor(bytes.length / (width * height * 3))
    if (frames === 0) throw new Error(`No frame could be read from ${take.file}.`)
    return (out, seconds) => {
      const at = thereAndBack(Math.floor(seconds * RATE), frames) * width * height * 3
      out.copy(
        new Picture(width, height, new Uint8ClampedArray(bytes.buffer, bytes.byteOffset + at, width * height * 3)),
      )
    }
  }
}

/**
 * A take whose picture is a place: a camera looks at a moving part of it.
 * @param {Random} random
 * @param {Take} take
 * @param {import('./shots.mjs').Camera} camera
 * @returns {Shot}
 */
export function filmedBy(random, take, camera) {
  const from = take.from + random.next() * Math.max(0, take.to - take.from - MOST_SECONDS)
  return async (size) => {
    const { width, height } = canvasSize(size.height)
    const filter = `fps=${RATE},scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`
    const input = ['-ss', from.toFixed(3), '-t', String(Math.min(MOST_SECONDS, take.to - from)), '-i', take.file]
    const bytes = await read([...input, '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'])
    const page = width * height * 3
    return (out, seconds) => {
      const at = thereAndBack(Math.floor(seconds * RATE), Math.floor(bytes.length / page)) * page
      film(
        out,
        new Picture(width, height, new Uint8ClampedArray(bytes.buffer, bytes.byteOffset + at, page)),
        camera(seconds),
      )
    }
  }
}

/** Photos that were read: many films show the same ones. @type {Map<string, Uint8ClampedArray>} */
const photos = new Map()

/**
 * One frame of a take as a canvas to film from.
 * @param {Take} take
 * @param {import('./shots.mjs').Size} size of the canvas
 */
export async function photo({ file, from, to }, { width, height }) {
  const key = `${file} ${from} ${width}x${height}`
  const known = photos.get(key)
  if (known) return new Picture(width, height, known.slice())
  const seek = to > from ? ['-ss', ((from + to) / 2).toFixed(3)] : []
  const filter = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`
  const output = ['-frames:v', '1', '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1']
  const bytes = await read([...seek, '-i', file, ...output])
  if (bytes.length !== width * height * 3) throw new Error(`No picture could be read from ${file}.`)
  photos.set(key, Uint8ClampedArray.from(bytes))
  return new Picture(width, height, Uint8ClampedArray.from(bytes))
}

/**
 * Runs forwards and backwards in turns: never a jump.
 * @param {number} frame
 * @param {number} count
 */
function thereAndBack(frame, count) {
  const place = frame % Math.max(1, 2 * count - 2)
  return place < count ? place : 2 * count - 2 - place
}

/** @type {string} */
let ffmpeg = 'ffmpeg'

/** @param {string} program which ffmpeg reads footage */
export function readWith(program) {
  ffmpeg = program
}

/** @param {readonly string[]} args @returns {Promise<Buffer>} */
async function read(args) {
  const child = spawn(ffmpeg, ['-nostdin', '-loglevel', 'error', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  /** @type {Buffer[]} */
  const parts = []
  for await (const part of child.stdout) parts.push(part)
  return Buffer.concat(parts)
}
