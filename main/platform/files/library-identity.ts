import { closeSync, openSync, statSync } from 'node:fs'
import { EngineError } from '../../contract/index.ts'

/** `missing`: nothing lies at the path; `replaced`: something else does. */
export type StorageState = 'ok' | 'missing' | 'replaced'

interface Known {
  readonly file: string
  readonly device: bigint
  readonly inode: bigint
}

const MESSAGES: Readonly<Record<Exclude<StorageState, 'ok'>, string>> = {
  missing:
    'The library folder is not there any more. Connect its disk or put the folder back; nothing more is written until then.',
  replaced:
    'Another folder or file lies where the library was. Put the library back in its place; nothing is written until then.',
}

/**
 * Knows a library's folder and files by what the file system calls them, so that a folder that was renamed, deleted,
 * unmounted or replaced while it is open is noticed: an open file can be written to long after it is gone.
 */
export class LibraryIdentity {
  readonly #known: readonly Known[]
  /** Kept open: the number of a deleted folder would be given to a new one otherwise. */
  readonly #handle: number | null

  /** @param files that have to stay where they are; they are kept open by whoever uses them. @throws Error of the file system. */
  constructor(root: string, files: readonly string[]) {
    // Windows opens no folders like this, and renames and deletes none that holds an open file.
    this.#handle = process.platform === 'win32' ? null : openSync(root, 'r')
    this.#known = [root, ...files].map((file) => {
      const { dev: device, ino: inode } = statSync(file, { bigint: true })
      return { file, device, inode }
    })
  }

  /** How it is now: some 10 µs for each file. */
  look(): StorageState {
    let isMissing = false
    for (const known of this.#known) {
      const now = lookAt(known)
      if (now === 'replaced') return 'replaced'
      if (now === 'missing') isMissing = true
    }
    return isMissing ? 'missing' : 'ok'
  }

  /** @throws EngineError `storage_refused` unless everything is in its place. */
  assertThere(): void {
    const state = this.look()
    if (state !== 'ok') throw gone(state)
  }

  /** While the library is missing, every failure is reported as that; otherwise it passes unchanged. */
  explain(error: unknown): unknown {
    if (error instanceof EngineError && error.code === 'cancelled') return error
    const state = this.look()
    return state === 'ok' ? error : gone(state, error)
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle)
  }
}

/** What a library says that is not where it was. */
export function gone(state: Exclude<StorageState, 'ok'>, cause?: unknown): EngineError {
  return new EngineError('storage_refused', MESSAGES[state], { storage: state }, { cause })
}

function lookAt({ file, device, inode }: Known): StorageState {
  try {
    const now = statSync(file, { bigint: true, throwIfNoEntry: false })
    if (!now) return 'missing'
    return now.dev === device && now.ino === inode ? 'ok' : 'replaced'
  } catch {
    // A disk that does not answer: its content is unknown.
    return 'missing'
  }
}
