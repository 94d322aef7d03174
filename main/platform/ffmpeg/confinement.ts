import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { execa } from 'execa'

const MIB = 1024 * 1024
/** What every run takes: program, buffers, and the index of a video of 24 hours. */
const BASE_BYTES = 448 * MIB
/** Each thread has a stack, and there are a few threads for each core. */
const BYTES_PER_CORE = 32 * MIB
/** Measured: a 10-bit HEVC video that is copied to H.264 takes 45 to 56 bytes for each of its pixels. */
const BYTES_PER_PIXEL = 64
/** 8K, for runs that do not know the size. */
const UNKNOWN_PIXELS = 7680 * 4320

/**
 * How much memory a run may take for itself, in bytes. A video of several hours has a large index and a large
 * file; a small file that claims several hours does not get the room for it.
 * @param pixels of one picture; null when unknown.
 * @param fileBytes size of the file that is read.
 */
export function memoryFor(pixels: number | null, fileBytes: number): number {
  const forIndex = Math.min(512 * MIB, fileBytes / 16)
  return Math.round(
    BASE_BYTES + BYTES_PER_CORE * availableParallelism() + BYTES_PER_PIXEL * (pixels ?? UNKNOWN_PIXELS) + forIndex,
  )
}

/** The same for a file by its path; one that is not there has no size. */
export async function memoryForFile(path: string, pixels: number | null): Promise<number> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  return memoryFor(pixels, size)
}

/** A program and its arguments. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

export interface Limits {
  readonly memoryBytes: number
  /** It may write to pipes only, and change no file. */
  readonly writesNoFile?: boolean | undefined
}

/**
 * The shell commands that set a program's limits, to stand before the `exec` that starts it. A limit that the system
 * refuses is left out: macOS knows fewer of them.
 */
export function limitCommands({ memoryBytes, writesNoFile }: Limits): string {
  // Not the address space: threads reserve far more of that than they use.
  const limits = [`ulimit -d ${Math.ceil(memoryBytes / 1024)}`, 'ulimit -c 0', ...(writesNoFile ? ['ulimit -f 0'] : [])]
  return limits.map((limit) => `${limit} 2>/dev/null; `).join('')
}

let known: Promise<readonly string[]> | null = null

/**
 * What to put before a program so that it sees no network, not even this machine's: a network namespace of its own.
 * Tried once for the life of the process; empty where the system has none or allows none (containers, macOS, Windows).
 */
export function networkless(): Promise<readonly string[]> {
  return (known ??= findNetworkless())
}

async function findNetworkless(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  // As root the first needs nothing else; others need a user namespace, which some systems forbid.
  for (const prefix of [
    ['unshare', '-n', '--'],
    ['unshare', '-rn', '--'],
  ]) {
    const [file = '', ...args] = prefix
    const tried = await execa(file, [...args, 'true'], { reject: false, stdio: 'ignore', timeout: 5_000 })
    if (tried.exitCode === 0) return prefix
  }
  return []
}

/** The environment for a program that reads untrusted files: without our own secrets. */
export function harmlessEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^FIELDREEL_|_API_KEY$|TOKEN|SECRET|PASSWORD/i.test(name)),
  )
}
