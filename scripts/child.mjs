// @ts-check
import { spawn } from 'node:child_process'
import { exitStatus } from './setup/command.mjs'

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program in this one's place: same streams, our signals passed on.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, apart?: boolean }} [options] `env` is the whole environment; `apart`
 *   is for a program with processes of its own that must not hear of a signal to all of our group before it does
 * @returns {Promise<number>} its exit status
 */
export function runInPlace(file, args, { apart = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const detached = apart && process.platform !== 'win32'
    const child = spawn(file, args, { ...options, detached, stdio: 'inherit' })
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // Ctrl-C reaches everyone at the terminal by itself; a second one would mean “at once” to the program
      if (detached || signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, pass)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const name of SIGNALS) process.off(name, pass)
      resolve(exitStatus(code, signal))
    })
  })
}
