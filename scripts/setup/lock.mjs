// @ts-check
import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheFolder, root } from './folders.mjs'
import { say } from './report.mjs'

const POLL_MS = 200
const CONFIRM_MS = 50

/**
 * Runs `work` while no other process of this machine does the same for this checkout.
 * The lock names its owner's process, so one left behind by a killed process does not last.
 * @template T
 * @param {string} name what is being guarded, part of a file name
 * @param {() => Promise<T>} work
 * @param {string} [folder] where lock files live
 * @returns {Promise<T>}
 */
export async function withLock(name, work, folder = path.join(cacheFolder(), 'locks')) {
  // node_modules is no place for it: `npm ci` empties that
  const file = path.join(folder, `${name}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`)
  await fs.mkdir(folder, { recursive: true })
  await acquire(file, name)
  try {
    return await work()
  } finally {
    await fs.rm(file, { force: true })
  }
}

/**
 * @param {string} file
 * @param {string} name
 */
async function acquire(file, name) {
  let told = false
  while (!(await claim(file))) {
    if (!told) say(`• Waiting for another ${name} of this folder (process ${await read(file)}) …`)
    told = true
    await sleep(POLL_MS)
  }
}

/** @param {string} file */
async function claim(file) {
  try {
    await fs.writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const owner = Number(await read(file))
  if (owner === process.pid || isAlive(owner)) return false
  // The owner died. Two waiters may both see that: the last one to write its name has it.
  await fs.writeFile(file, String(process.pid))
  await sleep(CONFIRM_MS)
  return (await read(file)) === String(process.pid)
}

/** @param {string} file */
async function read(file) {
  return fs.readFile(file, 'utf8').catch(() => '') // released meanwhile
}

/** @param {number} pid */
function isAlive(pid) {
  if (!pid) return true // its owner is between creating the file and writing its name
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
