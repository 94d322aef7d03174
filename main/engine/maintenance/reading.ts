import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { type ChecksumKind, type PartChecksum, startChecksum } from '../objects/index.ts'
import { errno, isMissing } from '../../platform/files/index.ts'
import type { Pace } from './pace.ts'

const BLOCK_BYTES = 1 << 20
const buffer = Buffer.allocUnsafe(BLOCK_BYTES)

/** Windows knows no such flag; links need a right there that few have. */
const NO_FOLLOW = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW

/** What came of reading a file: its digest, or why there is none. */
export type Read =
  | { readonly is: 'read'; readonly digest: string; readonly sizeBytes: number }
  | { readonly is: 'missing' }
  /** A link, a folder, or a disk that refuses: there is something, and not what should be. */
  | { readonly is: 'unreadable'; readonly why: string }

export interface ReadCall {
  /** sha-256 without it. */
  readonly kind?: ChecksumKind
  readonly start?: number
  /** To the end of the file without it. */
  readonly sizeBytes?: number
  readonly onBytes?: (bytes: number) => void
  /** Is given every block; it is overwritten with the next one. */
  readonly take?: (bytes: Uint8Array) => void
}

/**
 * Reads a file, or a part of it, and hashes it in hex. For a worker thread: blocks it for a block at a time.
 * @throws AbortError of the pace; what `take` throws.
 */
export async function readFile(file: string, pace: Pace, call: ReadCall = {}): Promise<Read> {
  const { kind, start = 0, sizeBytes: wanted = Infinity, onBytes, take } = call
  const opened = open(file)
  if (typeof opened !== 'number') return opened
  try {
    const hash = kind === undefined ? sha256() : startChecksum(kind)
    let done = 0
    while (done < wanted) {
      const count = readBlock(opened, start + done, Math.min(BLOCK_BYTES, wanted - done))
      if (typeof count !== 'number') return count
      if (count === 0) break
      const bytes = buffer.subarray(0, count)
      hash.update(bytes)
      take?.(bytes)
      done += count
      onBytes?.(count)
      await pace.spend(count)
    }
    return { is: 'read', digest: hash.digest(), sizeBytes: done }
  } finally {
    closeSync(opened)
  }
}

function sha256(): PartChecksum {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') }
}

function open(file: string): number | Exclude<Read, { is: 'read' }> {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0))
    if (fstatSync(descriptor).isFile()) return descriptor
    closeSync(descriptor)
    return { is: 'unreadable', why: 'it is not a file' }
  } catch (error) {
    if (isMissing(error)) return { is: 'missing' }
    if (errno(error) === 'ELOOP') return { is: 'unreadable', why: 'it is a link' }
    if (errno(error) === null) throw error
    return { is: 'unreadable', why: `it cannot be read (${errno(error)})` }
  }
}

function readBlock(descriptor: number, position: number, bytes: number): number | Exclude<Read, { is: 'read' }> {
  try {
    return readSync(descriptor, buffer, 0, bytes, position)
  } catch (error) {
    if (errno(error) === null) throw error
    return { is: 'unreadable', why: `the disk cannot read it (${errno(error)})` }
  }
}

/** All of a small file. @returns null when it cannot be read whole. */
export async function bytesOf(file: string, pace: Pace): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  const read = await readFile(file, pace, { take: (bytes) => pieces.push(Buffer.from(bytes)) })
  return read.is === 'read' ? Buffer.concat(pieces) : null
}

/** Names in a folder, sorted; none when it is missing. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
