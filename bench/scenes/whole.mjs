// @ts-check
// A whole import of one video in a process of its own, so that it can be measured: hash, frame index, cuts, pictures and
// sprite, with the engine's own functions. Reads what to do from standard input, prints what it made as JSON.
import fs from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import v8 from 'node:v8'
import { text } from 'node:stream/consumers'

/** @typedef {import('./engine.mjs').FfmpegTools} FfmpegTools */
/** @typedef {{ module: string, file: string, tools: FfmpegTools, folder: string, workersFolder: string }} WholeImport */

/** @type {WholeImport} */
const { module, file, tools, folder, workersFolder } = v8.deserialize(Buffer.from(await text(process.stdin), 'base64'))
const engine = /** @type {typeof import('./whole-engine.ts')} */ (await import(module))

/** @type {Record<string, number>} */
const steps = {}
/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 */
async function step(name, work) {
  const started = performance.now()
  const result = await work()
  steps[name] = (performance.now() - started) / 1000
  return result
}

async function hash() {
  const sha256 = createHash('sha256')
  const [handle, buffer] = [await fs.promises.open(file), Buffer.alloc(1024 * 1024)]
  for (;;) {
    const { bytesRead } = await handle.read(buffer)
    if (bytesRead === 0) break
    sha256.update(buffer.subarray(0, bytesRead))
  }
  await handle.close()
  return sha256.digest('hex')
}

const sha256 = await step('hash', hash)
const { metadata, startSeconds } = await engine.probeVideo(tools, file)
const frames = await step('index', () => engine.readFrameIndex(tools, file, { startSeconds }))
const { durationSeconds, width, height } = metadata
if (durationSeconds === null || width === null || height === null) throw new Error('The video has no size or duration.')
const video = { durationSeconds, width, height }
await step('poster', () =>
  engine.makePoster(tools, file, durationSeconds, path.join(folder, 'poster.jpg'), {
    frames,
    pixels: width * height,
    longSide: 960,
  }),
)
const decodedFolder = path.join(folder, 'decoded')
fs.mkdirSync(decodedFolder, { recursive: true })
const output = { folder: decodedFolder, filter: engine.pictureFilter(await engine.readColours(tools, file)) }
const { scenes, pictured, candidates, endTime } = await step('cuts', () =>
  engine.detectScenes(
    {
      ...{ path: file, tools, durationSeconds, frames: frames.pack(), pixels: width * height },
      pictures: engine.picturesWhileSearching(video, frames, output) ?? undefined,
    },
    { workersFolder },
  ),
)
const sprite = { ...video, output: path.join(folder, 'sprite.jpg'), changes: candidates.map(({ time }) => time) }
await step('pictures', () =>
  engine.makeScenePictures(tools, file, engine.withStableRanges(scenes, { candidates, endTime }), {
    folder: path.join(folder, 'scenes'),
    nameOf: (index) => `${index}.jpg`,
    frames,
    pixels: width * height,
    sprite,
    decoded: { frames: pictured, fileOf: (frame) => engine.pictureOf(decodedFolder, frame) },
  }),
)
process.stdout.write(JSON.stringify({ sha256, steps, scenes }))
