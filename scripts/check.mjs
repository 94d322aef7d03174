// @ts-check
// Types, lint, formatting, layers and limits: `npm run check [-- NAME…]`. Everything runs even when something fails.
import os from 'node:os'
import path from 'node:path'
import { tryCommand } from './setup/command.mjs'
import { root } from './setup/folders.mjs'

/** One per environment: what exists in the window does not exist in the engine, and the other way round. */
const PROGRAMS = ['main', 'preload', 'renderer', 'scripts', 'test']
const LAYERED = ['main', 'preload', 'renderer']

/** @typedef {{ title: string, args: string[], prints?: boolean }} Check `prints`: also when it passes */

/**
 * @param {string} title
 * @param {string} script below node_modules
 * @param {...string} args
 * @returns {Check}
 */
const tool = (title, script, ...args) => ({ title, args: [path.join(root, 'node_modules', script), ...args] })

/** @param {string} name @returns {Check} */
const own = (name) => ({ title: name, args: [path.join(root, 'scripts', 'checks', `${name}.mjs`)], prints: true })

const checks = [
  tool('lint', 'eslint/bin/eslint.js', '.', '--max-warnings=0'),
  ...PROGRAMS.map((name) => tool(`types of ${name}`, 'typescript/bin/tsc', '-p', `tsconfig.${name}.json`, '--pretty')),
  tool('layers', 'dependency-cruiser/bin/dependency-cruise.mjs', ...LAYERED, '--output-type', 'err-long'),
  own('tables'),
  own('rules'),
  own('limits'),
  { title: 'notices', args: [path.join(root, 'scripts', 'notices.mjs'), '--check'] },
  tool('formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
]

/** @param {Check} check */
async function run({ title, args, prints = false }) {
  const started = performance.now()
  const { status, output } = await tryCommand(process.execPath, args, { cwd: root })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${status === 0 ? '✔' : '✖'} ${title} (${seconds} s)\n`)
  if (status !== 0 || prints) process.stdout.write(`${output.trimEnd()}\n\n`)
  return status === 0
}

/** @param {string[]} names titles, or first words of them; none means all */
function select(names) {
  const named = (/** @type {string} */ name) =>
    checks.filter(({ title }) => title === name || title.startsWith(`${name} `))
  const unknown = names.filter((name) => named(name).length === 0)
  if (unknown.length === 0) return names.length === 0 ? checks : [...new Set(names.flatMap(named))]
  const known = checks.map(({ title }) => title).join(', ')
  process.stderr.write(`There is no check “${unknown.join('”, “')}”. The checks are: ${known}.\n`)
  process.exit(2)
}

const selected = select(process.argv.slice(2))
const waiting = [...selected]
/** @type {boolean[]} */
const results = []
async function worker() {
  for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await run(next))
}
await Promise.all(Array.from({ length: Math.min(os.availableParallelism(), selected.length) }, worker))
const failed = results.filter((passed) => !passed).length
process.stdout.write(
  failed === 0 ? 'All checks passed.\n' : `${String(failed)} of ${String(selected.length)} checks failed.\n`,
)
process.exitCode = failed === 0 ? 0 : 1
