// @ts-check
import { spawn } from 'node:child_process'
import { exitStatus } from './setup/command.mjs'

const PARENT_CHECK_MS = 500
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * @typedef {object} Place
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment
 * @property {boolean} [apart] for a program with processes of its own that must not hear of a signal to all of our group
 *   before it does. It is handed a pipe, named by FIELDREEL_LIFELINE, that ends when we are gone, however that went.
 * @property {import('node:stream').Writable | null} [holds] what such a program keeps open for as long as it runs
 */

/**
 * Runs a program in this one's place: same streams, our signals passed on.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Place} [place]
 * @returns {Promise<number>} its exit status
 */
export function runInPlace(file, args, { apart = false, holds = null, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const detached = apart && process.platform !== 'win32'
    const env = { ...(options.env ?? process.env), ...(detached ? { FIELDREEL_LIFELINE: '3' } : {}) }
    const pipes = detached ? [/** @type {const} */ ('pipe'), ...(holds ? [holds] : [])] : []
    const child = spawn(file, args, { ...options, env, detached, stdio: ['inherit', 'inherit', 'inherit', ...pipes] })
    const lifeline = /** @type {import('node:stream').Duplex | null | undefined} */ (child.stdio[3])
    lifeline?.on('error', () => {}) // the program is gone; its exit says so
    child.on('exit', () => lifeline?.destroy())
    const unwatched = apart ? watchParent(() => child.kill('SIGTERM')) : () => undefined
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // Ctrl-C reaches everyone at the terminal by itself; a second one would mean “at once” to the program
      if (detached || signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, pass)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      unwatched()
      for (const name of SIGNALS) process.off(name, pass)
      resolve(exitStatus(code, signal))
    })
  })
}

/**
 * Tells when the npm that started this process was killed: it can say nothing then, but we have another parent.
 * @param {() => void} onGone
 * @returns {() => void} ends the watch
 */
function watchParent(onGone) {
  const parent = process.ppid
  // Started by hand, a process may well outlive its shell.
  if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return () => undefined
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onGone()
  }, PARENT_CHECK_MS)
  return () => clearInterval(watch)
}
