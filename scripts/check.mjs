// @ts-check
// Types, lint, formatting and layers: `npm run check`. Everything runs even when something fails.
import os from 'node:os'
import path from 'node:path'
import { tryCommand } from './setup/command.mjs'
import { root } from './setup/folders.mjs'

/** One per environment: what exists in the window does not exist in the engine, and the other way round. */
const PROGRAMS = ['main', 'preload', 'renderer', 'scripts', 'test']
const LAYERED = ['main', 'preload', 'renderer']

/**
 * @param {string} title
 * @param {string} script below node_modules
 * @param {...string} args
 */
const tool = (title, script, ...args) => ({ title, args: [path.join(root, 'node_modules', script), ...args] })

const checks = [
  tool('lint', 'eslint/bin/eslint.js', '.', '--max-warnings=0'),
  ...PROGRAMS.map((name) => {
    const memory = ['--incremental', '--tsBuildInfoFile', `node_modules/.cache/tsc/${name}.json`]
    return tool(`types of ${name}`, 'typescript/bin/tsc', '-p', `tsconfig.${name}.json`, '--pretty', ...memory)
  }),
  tool('layers', 'dependency-cruiser/bin/dependency-cruise.mjs', ...LAYERED, '--output-type', 'err-long'),
  { title: 'notices', args: [path.join(root, 'scripts', 'notices.mjs'), '--check'] },
  tool('formatting', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
]

/** @param {typeof checks[number]} check */
async function run({ title, args }) {
  const started = performance.now()
  const { status, output } = await tryCommand(process.execPath, args, { cwd: root })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${status === 0 ? '✔' : '✖'} ${title} (${seconds} s)\n`)
  if (status !== 0) process.stdout.write(`${output.trimEnd()}\n\n`)
  return status === 0
}

const waiting = [...checks]
/** @type {boolean[]} */
const results = []
async function worker() {
  for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await run(next))
}
await Promise.all(Array.from({ length: Math.min(os.availableParallelism(), checks.length) }, worker))
const failed = results.filter((passed) => !passed).length
process.stdout.write(
  failed === 0 ? 'All checks passed.\n' : `${String(failed)} of ${String(checks.length)} checks failed.\n`,
)
process.exitCode = failed === 0 ? 0 : 1
