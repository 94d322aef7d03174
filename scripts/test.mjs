// @ts-check
// Builds and runs the tests: `npm test [-- vitest's arguments]`. The last line counts them. `--long`, for
// `npm run test:long`, runs the tests that repeat a schedule, and all of each.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runInPlace } from './child.mjs'
import { openDisplay } from './display.mjs'
import { root } from './setup/folders.mjs'
import { runScript } from './setup/report.mjs'

const VITEST = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')

/** @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: unknown[] }[] }} Results what vitest's json reporter writes */

/**
 * The closing line. Whatever made vitest fail counts, also where no test could: a file that does not load, an error
 * nobody caught, a run that left no results.
 * @param {Results | null} results
 * @param {number} status vitest's exit status
 */
export function closingLine(results, status) {
  const passed = results?.numPassedTests ?? 0
  const skipped = results ? results.numPendingTests + results.numTodoTests : 0
  const unloadable = results?.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const counted = (results?.numFailedTests ?? 0) + (unloadable?.length ?? 0)
  const failed = counted === 0 && status !== 0 ? 1 : counted
  return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`
}

/** @param {string} file */
async function readResults(file) {
  const text = await fs.readFile(file, 'utf8').catch(() => null) // vitest ended before it could write any
  return text === null ? null : /** @type {Results} */ (JSON.parse(text))
}

/** Window tests that run at a time, each on a virtual display of its own; on a real display it is one. */
const WINDOWS = 2

/** Where the tests are that repeat a schedule of kills, damages, attacks or random histories. */
const SCHEDULES = [
  'test/architecture',
  'test/kill',
  'test/http/attack',
  'test/engine/engagement/analytics.test.ts',
  'test/engine/maintenance/verify.test.ts',
]

/** @param {string[]} args as this script was called */
function read(args) {
  const isLong = args[0] === '--long'
  const rest = isLong ? args.slice(1) : args
  return { isLong, args: isLong && rest.length === 0 ? SCHEDULES : rest }
}

async function test() {
  const { isLong, args: given } = read(process.argv.slice(2))
  await ensureBuilt()
  const displays = await Promise.all(Array.from({ length: WINDOWS }, openDisplay))
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'fieldreel-test-'))
  const file = path.join(folder, 'results.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ...displays[0]?.env, ...(isLong && { FIELDREEL_LONG: '1' }) }
  env['FIELDREEL_DISPLAYS'] = displays.flatMap((display) => display.env['DISPLAY'] ?? []).join(' ')
  delete env['ELECTRON_RUN_AS_NODE']
  try {
    const args = [VITEST, 'run', ...reporters, ...given]
    const status = await runInPlace(process.execPath, args, { cwd: root, env })
    const line = closingLine(await readResults(file), status)
    process.stdout.write(`\n${line}\n`)
    return status
  } finally {
    for (const display of displays) display.close()
    await fs.rm(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === import.meta.filename) await runScript(test)
