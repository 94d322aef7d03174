import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { LibraryIdentity, StorageState } from './library-identity.ts'

/** Where everything of one library lies. All paths hang below `root`, so the folder can be moved. */
export class DataFolder {
  readonly root: string
  /** Set while the library is open. */
  identity: LibraryIdentity | null = null

  /** Names the places and makes none of them. */
  constructor(root: string) {
    this.root = path.resolve(root)
  }

  /** Makes the folder and its parts when they are not there. @throws Error of the file system. */
  static open(root: string): DataFolder {
    const folder = new DataFolder(root)
    for (const part of ['objects', 'uploads', 'derived', 'streams', 'logs']) {
      makeFolder(path.join(folder.root, part))
    }
    return folder
  }

  /** Whether the folder that was opened is still at its path. */
  look(): StorageState {
    return this.identity?.look() ?? 'ok'
  }

  /** See `LibraryIdentity.explain`. */
  explain(error: unknown): unknown {
    return this.identity?.explain(error) ?? error
  }

  get database(): string {
    return path.join(this.root, 'fieldreel.db')
  }

  get lock(): string {
    return path.join(this.root, 'instance.lock')
  }

  get logs(): string {
    return path.join(this.root, 'logs')
  }

  /** The key and certificate that other machines of the network meet; made when that is wanted. */
  get tls(): string {
    return path.join(this.root, 'tls')
  }

  get objects(): string {
    return path.join(this.root, 'objects')
  }

  get uploads(): string {
    return path.join(this.root, 'uploads')
  }

  get derived(): string {
    return path.join(this.root, 'derived')
  }

  /** `objects/ab/<sha256>`: two letters of fan-out keep a folder listable. @throws Error when not a sha-256 in hex. */
  object(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`Not a sha-256: ${sha256}`)
    return path.join(this.objects, sha256.slice(0, 2), sha256)
  }

  /** Copies of the database that Fieldreel made by itself; made when the first one is. */
  get snapshots(): string {
    return path.join(this.root, 'snapshots')
  }

  get streams(): string {
    return path.join(this.root, 'streams')
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
  mkdirSync(folder)
}
