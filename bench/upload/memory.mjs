// @ts-check
// The most memory our processes hold while a small and a large file go through: it may not grow with the file.
import { randomFillSync } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { abort, inLanes, initiate, PART_BYTES, send } from './client.mjs'
import { tell } from './figures.mjs'
import { importFiles } from './imports.mjs'
import { makePaddedVideo } from './padded-video.mjs'
import { entry, Program } from './program.mjs'

/** What garbage collectors differ by from run to run; ten times the file would be far more. */
const GROWTH_BYTES = 64 * 1024 * 1024
/** The parts that the small file has; ten times as many of the large one are sent. */
const PARTS = 20

/**
 * @param {string} folder
 * @param {number} sizeBytes
 */
async function ofImport(folder, sizeBytes) {
  const file = await makePaddedVideo(path.join(folder, 'sparse.mp4'), sizeBytes, 'hole')
  try {
    return await importFiles([file], path.join(folder, 'library'))
  } finally {
    await fs.rm(file)
  }
}

/**
 * @param {string} folder
 * @param {number} sizeBytes
 * @param {number} parts
 */
async function ofServer(folder, sizeBytes, parts) {
  const data = path.join(folder, 'served')
  const body = randomFillSync(Buffer.allocUnsafe(PART_BYTES))
  const server = new Program(entry('serve'), ['--data', data, '--port', '0'])
  try {
    const { url } = await server.answer()
    const plan = await initiate(url, sizeBytes)
    const whole = plan.chunks.filter((chunk) => chunk.size_bytes === PART_BYTES).slice(0, parts)
    await inLanes(whole, ({ upload_url }) => send('PUT', upload_url, body))
    const peak = await server.peakMemory()
    await abort(url, plan)
    return { peak }
  } finally {
    await server.stop()
    await fs.rm(data, { recursive: true })
  }
}

/**
 * @param {string} name
 * @param {{ peak: number | null }} small
 * @param {{ peak: number | null }} large
 */
function print(name, small, large) {
  const megabytes = (/** @type {number | null} */ bytes) =>
    (bytes === null ? '?' : (bytes / 1e6).toFixed(0)).padStart(9)
  process.stdout.write(`${name.padEnd(44)}${megabytes(small.peak)}${megabytes(large.peak)}\n`)
  return small.peak === null || large.peak === null ? null : large.peak - small.peak <= GROWTH_BYTES
}

/** @param {{ folder: string, small: number, large: number }} options sizes in bytes */
export async function compareMemory({ folder, small, large }) {
  const imports = { small: await ofImport(folder, small), large: await ofImport(folder, large) }
  tell('memory: imports done')
  const serves = { small: await ofServer(folder, small, PARTS), large: await ofServer(folder, large, PARTS * 10) }
  const sizes = [small, large].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`.padStart(9)).join('')
  process.stdout.write(`\n${'Peak memory of the process, MB'.padEnd(44)}${sizes}\n`)
  const results = [
    print('import and analysis of a sparse file', imports.small, imports.large),
    print(`server, ${String(PARTS)} parts and ${String(PARTS * 10)}`, serves.small, serves.large),
  ]
  if (results.includes(null)) process.stdout.write('This system does not say how much memory a process held.\n')
  const kept = !results.includes(false)
  process.stdout.write(`budget: no growth with the file: ${kept ? 'kept' : 'MISSED'}\n`)
  return { name: 'memory', sizes: { small, large }, imports, serves, growthBytes: GROWTH_BYTES, kept }
}
