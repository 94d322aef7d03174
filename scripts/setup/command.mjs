// @ts-check
import { spawn } from 'node:child_process'
import os from 'node:os'
import { StringDecoder } from 'node:string_decoder'

const KEPT_CHARACTERS = 256 * 1024
const SHOWN_LINES = 40

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment; undefined removes a name
 * @property {number} [timeoutSeconds] the command is killed after that
 * @property {boolean} [live] its output goes to our stderr instead of being kept
 */

/**
 * Runs a command and keeps the end of what it wrote; resolves whatever its exit status is.
 * A command that cannot be started has status 127 and the reason as its output.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ status: number, output: string }>}
 */
export function tryCommand(file, args, { cwd, env, timeoutSeconds = 900, live = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      timeout: timeoutSeconds * 1000,
      killSignal: 'SIGKILL',
      stdio: live ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      const decoder = new StringDecoder('utf8')
      stream?.on('data', (bytes) => (output = (output + decoder.write(bytes)).slice(-KEPT_CHARACTERS)))
    }
    child.on('error', (error) => {
      resolve({ status: 127, output: error.message })
    })
    child.on('close', (code, signal) => {
      resolve({ status: exitStatus(code, signal), output })
    })
  })
}

/**
 * Runs a command that has to succeed.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} what it wrote
 * @throws {Error} with the command and the last lines of its output
 */
export async function command(file, args, options) {
  const { status, output } = await tryCommand(file, args, options)
  if (status === 0) return output
  const lines = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')
  throw new Error(`“${[file, ...args].join(' ')}” failed with status ${String(status)}\n${lines}`.trimEnd())
}

/**
 * npm as this process was started by, else the one on the PATH.
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export function npm(args, options) {
  const script = process.env['npm_execpath']
  if (script && /npm-cli\.c?js$/.test(script)) return command(process.execPath, [script, ...args], options)
  // npm is a batch file on Windows, which only its shell starts
  if (process.platform === 'win32') return command('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
  return command('npm', args, options)
}

/**
 * The status a shell would report for a child that ended so.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitStatus(code, signal) {
  return code ?? 128 + (signal ? os.constants.signals[signal] : 0)
}
