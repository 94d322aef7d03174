// @ts-check
import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'
import path from 'node:path'
import readline from 'node:readline'

export const ROOT = path.resolve(import.meta.dirname, '..', '..')
/** What the programs of this benchmark are asked with; the library they open is a passing one. */
export const KEY = 'aion_owner_of_the_upload_benchmark'
const HIGH_WATER_MARK = /^VmHWM:\s+(\d+) kB$/m

/**
 * A program of ours in a process of its own, the very file that the command runs.
 */
export class Program {
  /** @type {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} */
  #child
  /** @type {readline.Interface} */
  #lines
  #stderr = ''
  /** @type {Promise<number | null>} */
  ended

  /**
   * @param {string} file
   * @param {readonly string[]} args
   */
  constructor(file, args) {
    const env = { ...process.env, FIELDREEL_API_KEY: KEY, FIELDREEL_LOG_LEVEL: 'warn' }
    this.#child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#lines = readline.createInterface({ input: this.#child.stdout })
    this.#child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (this.#stderr += text))
    this.ended = new Promise((resolve) => this.#child.on('close', resolve))
  }

  /** The lines it prints, until it ends. */
  lines() {
    return this.#lines
  }

  /** What it prints first, as JSON. */
  async answer() {
    const line = new Promise((resolve) => this.#lines.once('line', resolve))
    const text = await Promise.race([line, this.ended.then(() => null)])
    if (typeof text !== 'string') throw new Error(`A program ended before it answered.\n${this.#stderr}`)
    return JSON.parse(text)
  }

  /** @returns {Promise<number | null>} the most memory it ever held, bytes; null where the system does not say */
  async peakMemory() {
    const status = await fs.readFile(`/proc/${String(this.#child.pid)}/status`, 'utf8').catch(() => '')
    // A process that has just ended has a status, but no memory.
    const kilobytes = HIGH_WATER_MARK.exec(status)?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  }

  async stop() {
    this.#child.kill('SIGTERM')
    await this.ended
  }
}

/** @param {string} name of a built entry */
export const entry = (name) => path.join(ROOT, 'out', 'main', `${name}.js`)
