// @ts-check
// Files of this machine into the library, beside `cp` and a sync of the same files.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { printRatio, printRow, printTitle, ratioOf, tell } from './figures.mjs'
import { makePaddedVideo } from './padded-video.mjs'
import { entry, Program } from './program.mjs'

const BUDGET = 0.6
const AIM = 0.8
const run = promisify(execFile)

/**
 * Copies as a person would, and waits until the copies are on the disk.
 * @param {readonly string[]} files
 * @param {string} folder
 * @returns {Promise<number>} seconds
 */
async function copySynced(files, folder) {
  await fs.mkdir(folder)
  const started = performance.now()
  for (const file of files) {
    const copy = path.join(folder, path.basename(file))
    if (process.platform === 'win32') await fs.copyFile(file, copy)
    else await run('cp', [file, copy])
    const handle = await fs.open(copy, 'r+')
    await handle.sync()
    await handle.close()
  }
  const seconds = (performance.now() - started) / 1000
  await fs.rm(folder, { recursive: true })
  return seconds
}

/**
 * @param {readonly string[]} files
 * @param {string} folder becomes a library
 * @returns {Promise<{ seconds: number, peak: number | null }>} from when they were added until the last one was in the
 * library, without the start of the process and the search for scenes; and the most memory that was held
 */
export async function importFiles(files, folder) {
  const program = new Program(entry('ingest'), [...files, '--data', folder, '--json'])
  let seconds = 0
  /** @type {number | null} */
  let peak = null
  // Its memory is gone with it, so it is looked at as long as it lives.
  const watch = setInterval(() => void program.peakMemory().then((bytes) => (peak = bytes ?? peak)), 50)
  for await (const line of program.lines()) {
    const done = JSON.parse(line)
    if (done.error) throw new Error(`${done.file} was not imported: ${done.error.message}`)
    seconds = Math.max(seconds, done.seconds.import)
  }
  clearInterval(watch)
  await program.ended
  await fs.rm(folder, { recursive: true })
  return { seconds, peak }
}

/**
 * The sha-256 of a file is one chain from its first byte to its last: no import of one file is faster than that.
 * @param {string} file
 */
async function hashAlone(file) {
  const started = performance.now()
  const hash = createHash('sha256')
  for await (const block of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(block)
  hash.digest()
  return (performance.now() - started) / 1000
}

/**
 * @param {{ folder: string, sizeBytes: number, count: number, pairs: number }} options `sizeBytes` of all files together
 */
export async function compareImports({ folder, sizeBytes, count, pairs }) {
  const each = Math.floor(sizeBytes / count)
  const files = Array.from({ length: count }, (_, index) => path.join(folder, `footage-${String(index)}.mp4`))
  for (const file of files) await makePaddedVideo(file, each, 'noise')
  /** @type {{ copy: number[], import: number[], hash: number[] }} */
  const rates = { copy: [], import: [], hash: [] }
  const rate = (/** @type {number} */ seconds) => (each * count) / seconds / 1e6
  for (let pair = 0; pair < pairs; pair++) {
    rates.copy.push(rate(await copySynced(files, path.join(folder, 'copies'))))
    rates.import.push(rate((await importFiles(files, path.join(folder, 'library'))).seconds))
    rates.hash.push(each / (await hashAlone(String(files[0]))) / 1e6)
    tell(`import of ${String(count)}: pair ${String(pair + 1)} of ${String(pairs)}`)
  }
  for (const file of files) await fs.rm(file)
  const what = count === 1 ? 'one file' : `${String(count)} files at once`
  printTitle(`Import of ${what}, ${(sizeBytes / 1e9).toFixed(1)} GB together, MB/s, ${String(pairs)} pairs`)
  printRow('cp and sync', rates.copy)
  printRow('sha-256 of one file, nothing else', rates.hash)
  printRow('Fieldreel', rates.import)
  const ratio = ratioOf(rates.import, rates.copy)
  const ofHash = ratioOf(rates.import, rates.hash)
  printRatio('of sha-256 alone', ofHash)
  const kept = printRatio('of cp and sync', ratio, BUDGET, AIM)
  return { name: `import of ${what}`, rates, ratio, ofHash, budget: BUDGET, kept }
}
