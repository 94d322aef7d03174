// @ts-check
// How fast footage gets in, beside what the same disk, core and runtime do without Fieldreel:
// `npm run bench -- upload [--quick] [import] [parts] [memory] [--at FOLDER]`. `--quick` takes small files and few pairs;
// FOLDER is where the files and libraries of the run lie, the system's temporary folder unless it says another.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { tell } from './upload/figures.mjs'
import { compareImports } from './upload/imports.mjs'
import { compareMemory } from './upload/memory.mjs'
import { compareParts } from './upload/parts.mjs'

const RESULTS = path.resolve(import.meta.dirname, 'results')
const GIB = 1024 ** 3
/** The largest file that can be uploaded: "10 GB". */
const FULL = { pairs: 5, importBytes: GIB, parts: 100, small: GIB, large: 10 * GIB }
const QUICK = { pairs: 3, importBytes: GIB / 4, parts: 40, small: GIB / 2, large: 2 * GIB }
/** Files that come in together, twice as many as the engine takes at a time. */
const SEVERAL = 4

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean' }, at: { type: 'string' } },
  allowPositionals: true,
})
const size = values.quick ? QUICK : FULL
const folder = await fs.mkdtemp(path.join(values.at ?? os.tmpdir(), 'fieldreel-bench-'))

/** What can be measured, and the room it takes on the disk. */
const MEASURES = {
  import: {
    bytes: 3 * size.importBytes,
    run: async () => [
      await compareImports({ folder, sizeBytes: size.importBytes, count: 1, pairs: size.pairs }),
      await compareImports({ folder, sizeBytes: size.importBytes, count: SEVERAL, pairs: size.pairs }),
    ],
  },
  parts: {
    bytes: size.parts * 21_000_000,
    run: async () => [await compareParts({ folder, parts: size.parts, pairs: size.pairs })],
  },
  memory: {
    bytes: 1.1 * size.large,
    run: async () => [await compareMemory({ folder, small: size.small, large: size.large })],
  },
}

async function measure() {
  const results = []
  for (const [name, { bytes, run }] of Object.entries(MEASURES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const { bavail, bsize } = await fs.statfs(folder)
    // A disk that is nearly full would be measured as a slow one.
    if (bavail * bsize < 2 * bytes) tell(`${name} is left out: it wants ${(bytes / 5e8).toFixed(0)} GB free`)
    else results.push(...(await run()))
  }
  return results
}

try {
  const results = await measure()
  const machine = { cpu: os.cpus()[0]?.model, cores: os.availableParallelism(), platform: process.platform }
  const record = { benchmark: 'upload', at: new Date().toISOString(), machine, quick: values.quick ?? false, results }
  await fs.mkdir(RESULTS, { recursive: true })
  await fs.writeFile(path.join(RESULTS, 'upload.json'), `${JSON.stringify(record, null, 2)}\n`)
  process.exitCode = results.every(({ kept }) => kept) ? 0 : 1
} finally {
  await fs.rm(folder, { recursive: true, force: true })
}
