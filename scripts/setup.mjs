// @ts-check
// Prepares a checkout: `node scripts/setup.mjs [--window] [--tests]`. Needs nothing but Node, may be run at any time and
// by several at once, and changes only what does not work yet. `--window` also prepares what opening a window takes,
// `--tests` what only tests need.
import { dependencies } from './setup/dependencies.mjs'
import { electron } from './setup/electron.mjs'
import { ffmpeg } from './setup/ffmpeg.mjs'
import { libraries } from './setup/libraries.mjs'
import { withLock } from './setup/lock.mjs'
import { models } from './setup/models.mjs'
import { runScript, say } from './setup/report.mjs'
import { sqlite } from './setup/sqlite.mjs'
import { strace } from './setup/strace.mjs'

/**
 * One thing that has to work.
 * @typedef {object} Step
 * @property {string} title
 * @property {() => Promise<string | null>} check really tries it; what there is, in a few words, or null
 * @property {() => Promise<void>} make
 */

/**
 * @param {Step} step
 * @returns {Promise<boolean>} whether anything had to be done
 */
async function prepare(step) {
  if (await step.check()) return false
  return withLock('set-up', async () => {
    if (await step.check()) return true // another process did it while this one waited
    say(`Set-up: ${step.title}`)
    await step.make()
    const found = await step.check()
    if (!found) throw new Error(`${step.title}: still not usable after set-up.`)
    say(`✔ ${step.title}: ${found}`)
    return true
  })
}

const window = process.argv.includes('--window')
const tests = process.argv.includes('--tests')
// in the order of their needs: SQLite is tried inside Electron, which takes Electron's libraries
const steps = [
  ...[ffmpeg, models, ...(window ? [electron, libraries] : []), sqlite({ window })],
  ...(tests ? [strace] : []),
]

await runScript(async () => {
  const started = performance.now()
  let changed = await prepare(dependencies)
  // side by side, as there is usually nothing to do and every start waits for it
  const found = await Promise.all(steps.map((step) => step.check()))
  for (const [i, step] of steps.entries()) {
    if (!found[i]) changed = (await prepare(step)) || changed
  }
  if (changed) say(`Set-up: everything is ready (${String(Math.round((performance.now() - started) / 1000))} s)`)
})
