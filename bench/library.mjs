// @ts-check
// What the library that people share costs at a million views of ten thousand videos: every analytics answer over HTTP,
// beside the same from the raw views by SQL, lists, albums, and the write of one view: `npm run bench -- library [--quick]`.
// And what its grid costs in the real window with a hundred thousand videos; `--window` measures only that.
// `--keep FOLDER` makes the library there and finds it again the next time: making it takes minutes.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { ask, measureAlbums, measureAnswers, measureLists, printWrites } from './library/measures.mjs'
import { entry, Program } from './upload/program.mjs'
import { tell } from './upload/figures.mjs'
import { measureWindow } from './library/window.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
const RESULTS = path.resolve(import.meta.dirname, 'results')
const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, keep: { type: 'string' }, window: { type: 'boolean' } },
})
const size = values.quick
  ? { views: 50_000, videos: 2000, albums: 50 }
  : { views: 1_000_000, videos: 10_000, albums: 1000 }

const grid = await measureWindow(values.quick ? 10_000 : 100_000)
if (values.window) process.exit(grid.every(({ kept }) => kept) ? 0 : 1)

/** @param {string} file */
async function load(file) {
  return (await runnerImport(path.join(ROOT, file), { configFile: false })).module
}

const { fill, find } = /** @type {typeof import('./library/fill.ts')} */ (await load('bench/library/fill.ts'))
const { fillAlbums, findAlbums } = /** @type {typeof import('./library/albums.ts')} */ (
  await load('bench/library/albums.ts')
)
const { rawAnswers, writeInTurn } = /** @type {typeof import('./library/raw.ts')} */ (
  await load('bench/library/raw.ts')
)

const folder = values.keep ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-bench-')))
await fs.mkdir(folder, { recursive: true })
const database = path.join(folder, 'fieldreel.db')

try {
  const isThere = await fs.stat(database).then(
    () => true,
    () => false,
  )
  const videos = isThere ? find(database) : fill(database, size, tell)
  const albums = isThere ? findAlbums(database) : await fillAlbums(database, size.albums)
  const raw = rawAnswers(database, videos.hot)
  const writes = printWrites(writeInTurn(database, videos.hot, values.quick ? 100 : 300))
  const program = new Program(entry('serve'), ['--data', folder, '--port', '0'])
  try {
    const { url } = await program.answer()
    const rounds = values.quick ? 20 : 60
    await ask(url, '/videos/')
    const results = [
      ...grid,
      ...writes,
      ...(await measureAnswers(url, videos, raw, rounds)),
      ...(await measureLists(url, rounds)),
      ...(await measureAlbums(url, albums, rounds)),
    ]
    const machine = { cpu: os.cpus()[0]?.model, cores: os.availableParallelism(), platform: process.platform }
    const record = { benchmark: 'library', at: new Date().toISOString(), machine, size, results }
    await fs.mkdir(RESULTS, { recursive: true })
    await fs.writeFile(path.join(RESULTS, 'library.json'), `${JSON.stringify(record, null, 2)}\n`)
    process.exitCode = results.every(({ kept }) => kept) ? 0 : 1
  } finally {
    await program.stop()
  }
} finally {
  if (values.keep === undefined) await fs.rm(folder, { recursive: true, force: true })
}
