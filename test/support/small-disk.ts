import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, open, rm, stat, truncate } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const run = promisify(execFile)

/** Whether this user may make files of the temporary folder unchangeable. */
export const MAY_FREEZE = mayFreeze()

/** Whether this user may mount a file system; CI and containers usually run as one who may. */
export const MAY_MOUNT = mayMount()

/** A real file system of a given size, which can be filled, made read-only and pulled out. */
export interface SmallDisk {
  readonly root: string
  /** Leaves so many bytes free, or none. */
  fill(leave?: number): Promise<void>
  /** Takes back what `fill` wrote. */
  clear(): Promise<void>
  setReadOnly(readOnly: boolean): Promise<void>
}

/** Mounts a file system in memory until the test ends. */
export async function smallDisk(mebibytes: number): Promise<SmallDisk> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'fieldreel-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', root])
  onTestFinished(async () => {
    await run('umount', ['-l', root])
    await rm(root, { recursive: true, force: true })
  })
  const filler = path.join(root, 'filler')
  return {
    root,
    fill: async (leave = 0) => {
      await fillUp(filler)
      if (leave > 0) await truncate(filler, (await stat(filler)).size - leave)
    },
    clear: () => rm(filler, { force: true }),
    setReadOnly: async (readOnly) => {
      await run('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, root])
    },
  }
}

/** Shows a folder under another path, as a card in a reader is shown, and pulls it out again. */
export async function plugIn(folder: string, slot: string): Promise<{ pull: () => Promise<void> }> {
  await mkdir(slot, { recursive: true })
  await run('mount', ['--bind', folder, slot])
  let plugged = true
  const pull = async (): Promise<void> => {
    if (plugged) await run('umount', ['-l', slot])
    plugged = false
  }
  onTestFinished(pull)
  return { pull }
}

/** Makes everything in a folder unchangeable, even for an administrator; undone by the answer, or by the test's end. */
export async function freeze(folder: string): Promise<() => Promise<void>> {
  const thaw = async (): Promise<void> => {
    await run('chattr', ['-R', '-i', folder])
  }
  await run('chattr', ['-R', '+i', folder])
  onTestFinished(() => thaw().catch(() => undefined))
  return thaw
}

async function fillUp(file: string): Promise<void> {
  const handle = await open(file, 'w')
  try {
    for (const size of [1 << 20, 4096, 1]) await writeUntilFull(handle, Buffer.alloc(size, 1))
  } finally {
    await handle.close()
  }
}

async function writeUntilFull(handle: Awaited<ReturnType<typeof open>>, block: Buffer): Promise<void> {
  for (;;) {
    try {
      const { bytesWritten } = await handle.write(block)
      if (bytesWritten < block.length) return
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return
      throw error
    }
  }
}

function mayMount(): boolean {
  if (process.platform !== 'linux') return false
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fieldreel-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    // No right to, or no such programs: the tests that need it say that they were skipped.
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function mayFreeze(): boolean {
  if (process.platform !== 'linux') return false
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fieldreel-freeze-'))
  try {
    execFileSync('chattr', ['+i', folder], { stdio: 'ignore' })
    execFileSync('chattr', ['-i', folder], { stdio: 'ignore' })
    return true
  } catch {
    // No right to, or a file system without that mark.
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
