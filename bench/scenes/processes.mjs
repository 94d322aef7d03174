// @ts-check
// What a program costs with everything that it starts: CPU, time, and the memory that all of it holds at one moment.
import { spawn } from 'node:child_process'
import fs from 'node:fs/promises'

/**
 * @typedef {object} Cost
 * @property {number} seconds of the clock
 * @property {number | null} cpu seconds, of the program and all it started; null where the system does not say
 * @property {number | null} memory the most that was held at a time, bytes
 */

/** @typedef {{ stdout: string, stderr: string, cost: Cost }} Ran */

const CLOCK_TICKS_A_SECOND = 100
const LOOK_EVERY_MS = 50
const KILL_AFTER_MS = 2000
const HIGH_WATER_MARK = /^VmHWM:\s+(\d+) kB$/m
/** Groups of processes exist where a negative number ends one. */
const HAS_GROUPS = process.platform !== 'win32'

/**
 * CPU seconds of the children this process has waited for, and of theirs.
 * @returns {Promise<number | null>}
 */
async function cpuOfChildren() {
  const stat = await fs.readFile('/proc/self/stat', 'utf8').catch(() => null)
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / CLOCK_TICKS_A_SECOND
}

/**
 * A process and all below it. Any thread may have started a child.
 * @param {number} pid
 * @returns {Promise<number[]>}
 */
async function familyOf(pid) {
  const threads = await fs.readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = threads.map((thread) => fs.readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''))
  const children = (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean).map(Number))
  return [pid, ...(await Promise.all(children.map(familyOf))).flat()]
}

/**
 * What a process and all below it have held at most: never less than what they held together at one moment.
 * @param {number} pid
 */
async function memoryOf(pid) {
  const marks = (await familyOf(pid)).map(async (member) => {
    const status = await fs.readFile(`/proc/${member}/status`, 'utf8').catch(() => '')
    return Number(HIGH_WATER_MARK.exec(status)?.[1] ?? 0) * 1024
  })
  return (await Promise.all(marks)).reduce((sum, bytes) => sum + bytes, 0)
}

/**
 * Watches a process until it is told to stop.
 * @param {number} pid
 * @returns {() => Promise<number | null>} stops, and says the most memory that was seen
 */
function watchMemory(pid) {
  let [peak, watching] = [0, true]
  const watch = async () => {
    while (watching) {
      peak = Math.max(peak, await memoryOf(pid))
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
  }
  const watched = watch()
  return async () => {
    watching = false
    await watched
    return peak || null
  }
}

/**
 * Runs a program to its end and measures it, in a group of its own: an abort ends it with all that it started.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ signal: AbortSignal, input?: string }} options
 * @returns {Promise<Ran>}
 * @throws {Error} with the program's last words when it fails; the signal's reason on abort
 */
export async function measure(file, args, { signal, input }) {
  signal.throwIfAborted()
  const [cpuBefore, started] = [await cpuOfChildren(), performance.now()]
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: HAS_GROUPS })
  const end = (/** @type {NodeJS.Signals} */ how) => {
    try {
      if (HAS_GROUPS && child.pid !== undefined) process.kill(-child.pid, how)
      else child.kill(how)
    } catch {
      // it has ended by itself
    }
  }
  const onAbort = () => {
    end('SIGTERM')
    setTimeout(() => end('SIGKILL'), KILL_AFTER_MS).unref()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  const output = { stdout: '', stderr: '' }
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name].setEncoding('utf8').on('data', (/** @type {string} */ text) => (output[name] += text))
  }
  // A program that reads nothing and ends is no failure of ours.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const stopWatching = child.pid === undefined ? async () => null : watchMemory(child.pid)
  try {
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
    const seconds = (performance.now() - started) / 1000
    signal.throwIfAborted()
    if (code !== 0) throw new Error(`${file} ended with ${String(code)}.\n${output.stderr.slice(-2000)}`)
    const cpu = await cpuOfChildren()
    const cost = {
      seconds,
      cpu: cpu === null || cpuBefore === null ? null : cpu - cpuBefore,
      memory: await stopWatching(),
    }
    return { ...output, cost }
  } finally {
    signal.removeEventListener('abort', onAbort)
    await stopWatching()
  }
}
