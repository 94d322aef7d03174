import { closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync, renameSync } from 'node:fs'
import { errno, explainWriteFailure } from '../files/index.ts'

/** Larger than any of ours: what is larger is none. */
const MOST_BYTES = 4 * 1024 * 1024
const OTHERS = 0o077
// Windows knows neither of the last two: there they are undefined, and count as 0.
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants

/**
 * The text of a file that only its owner may read; a wrong mode is put right. No link is followed.
 * @returns null when there is none, `no-file` for a link, a folder and the like.
 * @throws EngineError `storage_refused` when it may not be read.
 */
export function readPrivately(file: string): string | null {
  const descriptor = open(file)
  if (descriptor === null || descriptor === 'no-file') return descriptor
  try {
    const state = fstatSync(descriptor)
    if (!state.isFile() || state.size > MOST_BYTES) return 'no-file'
    if (process.platform !== 'win32' && (state.mode & OTHERS) !== 0) close(descriptor)
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

/** Keeps what is there under another name, so that nothing is lost by making it anew. */
export function putAside(file: string): void {
  try {
    renameSync(file, `${file}.damaged`)
  } catch {
    // It is replaced then: writing it anew says what the disk refuses.
  }
}

function open(file: string): number | 'no-file' | null {
  try {
    return openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    const code = errno(error)
    if (code === 'ENOENT') return null
    if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO' || code === 'EMLINK') return 'no-file'
    throw explainWriteFailure(error, file)
  }
}

function close(descriptor: number): void {
  try {
    fchmodSync(descriptor, 0o600)
  } catch {
    // A disk without permissions, or another user's file: said at the start of the library.
  }
}
