import fs from 'node:fs/promises'
import { EngineError } from '../../contract/index.ts'
import { kindOf } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'

/** How somebody waits for an object to be read. */
export interface ReadWatch {
  readonly signal?: AbortSignal | undefined
  /** Called with the bytes read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** `proven`: every byte was read and is right. `damaged`: its bytes are others, or cannot be read. */
export type ObjectState = 'proven' | 'damaged' | 'missing'

interface Reading {
  /** The sha-256 of a whole file, off the main thread. */
  readonly hash: (file: string, sizeBytes: number, watch: ReadWatch) => Promise<{ sha256: string }>
  readonly log: Log
}

/** Reads an object whole. @throws EngineError `cancelled`. */
export async function readState(
  file: string,
  sha256: string,
  watch: ReadWatch,
  { hash, log }: Reading,
): Promise<ObjectState> {
  const kind = await kindOf(file)
  if (kind === null) return 'missing'
  if (kind !== 'file') return 'damaged'
  try {
    const { size } = await fs.lstat(file)
    const found = await hash(file, size, watch)
    return found.sha256 === sha256 ? 'proven' : 'damaged'
  } catch (error) {
    if (watch.signal?.aborted || (error instanceof EngineError && error.code === 'cancelled')) throw error
    log.warn({ err: error, sha256 }, 'an object cannot be read')
    return (await kindOf(file)) === null ? 'missing' : 'damaged'
  }
}
