import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { EngineError } from '../../contract/errors.ts'
import { syncFolderNow } from './durable.ts'
import { errno } from './failure.ts'
import type { LibraryIdentity, StorageState } from './library-identity.ts'
import { closeToOthers, type Exposure, makeFilesPrivate } from './private.ts'

/** Where everything of one library lies. All paths hang below `root`, so the folder can be moved. */
export class DataFolder {
  readonly root: string
  readonly database: string
  readonly lock: string
  /** Signs links and pseudonymises viewers; apart from the database, of which copies are made. */
  readonly secrets: string
  readonly logs: string
  /** The key and certificate that other machines of the network meet; made when that is wanted. */
  readonly tls: string
  readonly objects: string
  readonly uploads: string
  readonly derived: string
  /** Bytes that no row named. Made when something is first put there. */
  readonly quarantine: string
  /** Automatic copies of the database; made when the first one is. */
  readonly snapshots: string
  readonly streams: string
  /** Why other users of the machine may be able to read it; null when they are not. */
  readonly exposure: Exposure | null
  /** Set while the library is open. */
  identity: LibraryIdentity | null = null

  private constructor(root: string, exposure: Exposure | null) {
    this.root = root
    this.database = path.join(root, 'fieldreel.db')
    this.lock = path.join(root, 'instance.lock')
    this.secrets = path.join(root, 'secrets.json')
    this.logs = path.join(root, 'logs')
    this.tls = path.join(root, 'tls')
    this.objects = path.join(root, 'objects')
    this.uploads = path.join(root, 'uploads')
    this.derived = path.join(root, 'derived')
    this.quarantine = path.join(root, 'quarantine')
    this.snapshots = path.join(root, 'snapshots')
    this.streams = path.join(root, 'streams')
    this.exposure = exposure
  }

  /**
   * Makes the folder and its parts when they are not there, so that they survive a power cut, and closes it to other
   * users of the machine. @throws Error of the file system.
   */
  static open(place: string): DataFolder {
    makeFilesPrivate()
    const root = path.resolve(place)
    makeFolder(root)
    const folder = new DataFolder(root, closeToOthers(root))
    for (const part of ['objects', 'uploads', 'derived', 'streams', 'logs']) {
      makeFolder(path.join(root, part))
    }
    // Also those that were there: the start that made them may have ended before they were synced.
    syncFolderNow(root)
    return folder
  }

  /** The same paths without making anything. */
  static at(root: string): DataFolder {
    return new DataFolder(path.resolve(root), null)
  }

  /** Whether the folder that was opened is still at its path. */
  look(): StorageState {
    return this.identity?.look() ?? 'ok'
  }

  /** See `LibraryIdentity.explain`. */
  explain(error: unknown): unknown {
    return this.identity?.explain(error) ?? error
  }

  /**
   * `objects/ab/<sha256>`: two letters of fan-out keep a folder listable.
   * @throws EngineError `library_damaged` when it is no sha-256 in hex, as when the row that named it was overwritten.
   */
  object(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      throw new EngineError(
        'library_damaged',
        'The library names a file wrongly. Use a snapshot, or rebuild the library.',
      )
    }
    return path.join(this.objects, sha256.slice(0, 2), sha256)
  }

  /** What is known of the videos that an object holds, for the day on which the database is lost. */
  sidecar(sha256: string): string {
    return `${this.object(sha256)}.json`
  }

  /** Exactly the bytes that a task's stream sends. */
  stream(taskId: string): string {
    return path.join(this.streams, `${taskId}.sse`)
  }

  /** The folder of one unfinished upload. */
  upload(mediaId: string): string {
    return path.join(this.uploads, mediaId)
  }

  /** What was made from one video; may be deleted and is made again. */
  derivedOf(mediaId: string): string {
    return path.join(this.derived, mediaId)
  }
}

/** One level after the other: asked for all at once, Node hides behind an ENOENT that the disk is read-only. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(path.dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
  syncNameOf(folder)
}

function syncNameOf(folder: string): void {
  try {
    syncFolderNow(path.dirname(folder))
  } catch (error) {
    // A folder that takes new names and may not be read: it cannot be synced by us.
    if (errno(error) !== 'EACCES') throw error
  }
}
