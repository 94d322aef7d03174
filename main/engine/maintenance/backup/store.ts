import fs from 'node:fs'
import path from 'node:path'
import { EngineError } from '../../../contract/index.ts'
import { lockLibrary } from '../../../platform/database/index.ts'
import { crashPoint, explainWriteFailure, replaceFileDurably } from '../../../platform/files/index.ts'
import { kindOfChecksum, startChecksum } from '../../objects/index.ts'
import type { Pace } from '../pace.ts'
import { readFile } from '../reading.ts'
import { copyInto, place, removeUnfinished, temporaryIn } from './copying.ts'
import { MANIFEST, type ManifestBody, readManifest, writeManifest } from './manifest.ts'

const PREVIOUS = 'manifest.previous.json'
const LOCK = 'backup.lock'
const ABOUT = 'fieldreel-backup.txt'
const ABOUT_TEXT = `This folder is a backup of a Fieldreel library. "library restore" makes a library of it again.
objects/ holds the videos by their SHA-256, files/ everything else, manifest.json says what belongs where.
`
/** What the root of a new disk holds, and what a crash leaves of a backup's first file. */
const IGNORED = new Set(['lost+found', '$RECYCLE.BIN', 'System Volume Information', `${ABOUT}.new`])

/** Bytes that are in a backup now. */
export interface Copied {
  readonly is: 'copied' | 'there'
  readonly sha256: string
  readonly sizeBytes: number
}

/** What a copy should be; without it, it is taken as it is. */
export interface Expected {
  readonly sha256?: string
  readonly checksum?: string
}

/**
 * The folder of a backup. Bytes lie in it by their sha-256 and are never changed: videos in `objects/`, as in a library,
 * everything else in `files/`. The manifest says what belongs where and comes last, so that until then the backup is
 * what it was before.
 */
export class BackupStore {
  readonly root: string
  readonly #lock: { release(): void } | null

  private constructor(root: string, lock: { release(): void } | null) {
    this.root = root
    this.#lock = lock
  }

  /**
   * For writing: made when it is not there; what a crash left unfinished is deleted.
   * @throws EngineError `conflict` when it holds something else, or another backup runs; `storage_refused`.
   */
  static openToWrite(root: string): BackupStore {
    try {
      fs.mkdirSync(root, { recursive: true, mode: 0o700 })
      assertBackupOrEmpty(root)
      const lock = lockBackup(root)
      const store = new BackupStore(root, lock)
      if (!fs.existsSync(path.join(root, ABOUT))) replaceFileDurably(path.join(root, ABOUT), ABOUT_TEXT)
      for (const part of ['objects', 'files']) fs.mkdirSync(path.join(root, part), { recursive: true, mode: 0o700 })
      removeUnfinished(root)
      return store
    } catch (error) {
      throw explainWriteFailure(error, root)
    }
  }

  /** For reading: changes nothing, so it may lie on a disk that cannot be written to. @throws EngineError `not_found`. */
  static openToRead(root: string): BackupStore {
    if (!fs.existsSync(path.join(root, MANIFEST))) {
      throw new EngineError('not_found', `There is no whole backup in ${root}: its manifest.json is missing.`)
    }
    return new BackupStore(root, null)
  }

  close(): void {
    this.#lock?.release()
  }

  /** What the last whole backup holds, or null. @throws EngineError `library_damaged`. */
  manifest(which: typeof MANIFEST | typeof PREVIOUS = MANIFEST): ManifestBody | null {
    const file = path.join(this.root, which)
    return fs.existsSync(file) ? readManifest(fs.readFileSync(file, 'utf8')) : null
  }

  fileOf(kind: 'objects' | 'files', sha256: string): string {
    return path.join(this.root, kind, sha256.slice(0, 2), sha256)
  }

  /** The same of a backup that is read; null when it is missing, or a link leads out of the backup. */
  sourceOf(kind: 'objects' | 'files', sha256: string): string | null {
    const file = this.fileOf(kind, sha256)
    try {
      return fs.realpathSync(file).startsWith(fs.realpathSync(this.root) + path.sep) ? file : null
    } catch {
      return null
    }
  }

  /** Whether these bytes are there: they get their name only once they are proven and on the disk. */
  has(kind: 'objects' | 'files', sha256: string, sizeBytes: number): boolean {
    const found = fs.lstatSync(this.fileOf(kind, sha256), { throwIfNoEntry: false })
    return found !== undefined && found.isFile() && found.size === sizeBytes
  }

  /**
   * Copies a file, or a part of one.
   * @returns null when it is missing or not what it should be.
   * @throws EngineError `storage_full`, `storage_refused`; AbortError.
   */
  async take(
    from: { readonly file: string; readonly start?: number; readonly sizeBytes?: number },
    kind: 'objects' | 'files',
    expected: Expected,
    pace: Pace,
    onBytes: (bytes: number) => void,
  ): Promise<Copied | null> {
    const { file, ...range } = from
    // A part is known by its checksum, and named by its sha-256.
    const checksum = expected.checksum === undefined ? null : startChecksum(kindOfChecksum(expected.checksum))
    const temporary = this.temporary()
    try {
      const copied = await copyInto(temporary, { file, range, checksum }, pace, onBytes)
      if (checksum && checksum.digest() !== expected.checksum) return null
      if (!copied || (expected.sha256 !== undefined && copied.sha256 !== expected.sha256)) return null
      if (this.has(kind, copied.sha256, copied.sizeBytes)) return { is: 'there', ...copied }
      place(temporary, this.fileOf(kind, copied.sha256))
      crashPoint('backup.object-copied')
      return { is: 'copied', ...copied }
    } catch (error) {
      throw explainWriteFailure(error, this.root)
    } finally {
      fs.rmSync(temporary, { force: true })
    }
  }

  /** Keeps a synced file of `temporary()` under its hash. */
  async adopt(temporary: string, pace: Pace): Promise<{ sha256: string; sizeBytes: number }> {
    const read = await readFile(temporary, pace)
    if (read.is !== 'read') throw new EngineError('storage_refused', `${this.root} lost what was just written to it.`)
    place(temporary, this.fileOf('files', read.digest))
    return { sha256: read.digest, sizeBytes: read.sizeBytes }
  }

  /** A name for a file that is being made; it is gone after the next start. */
  temporary(): string {
    return temporaryIn(this.root)
  }

  /** Makes this the backup, at once. What was the backup before stays restorable until the next one. */
  finish(body: ManifestBody): void {
    try {
      const [current, previous] = [path.join(this.root, MANIFEST), path.join(this.root, PREVIOUS)]
      if (fs.existsSync(current)) replaceFileDurably(previous, fs.readFileSync(current, 'utf8'))
      replaceFileDurably(current, writeManifest(body))
      crashPoint('backup.manifest-written')
      this.#prune(body)
    } catch (error) {
      throw explainWriteFailure(error, this.root)
    }
  }

  /** Deletes bytes that neither this backup nor the one before it needs. */
  #prune(body: ManifestBody): void {
    const kept = new Set<string>()
    for (const one of [body, this.#previous()]) for (const sha256 of hashesOf(one)) kept.add(sha256)
    for (const kind of ['objects', 'files']) {
      for (const prefix of fs.readdirSync(path.join(this.root, kind))) {
        if (!/^[0-9a-f]{2}$/.test(prefix)) continue
        for (const name of fs.readdirSync(path.join(this.root, kind, prefix))) {
          const isOurs = /^[0-9a-f]{64}$/.test(name)
          if (isOurs && !kept.has(name)) fs.rmSync(path.join(this.root, kind, prefix, name), { force: true })
        }
      }
    }
  }

  #previous(): ManifestBody | null {
    try {
      return this.manifest(PREVIOUS)
    } catch (error) {
      if (error instanceof EngineError) return null
      throw error
    }
  }
}

function* hashesOf(body: ManifestBody | null): Generator<string> {
  for (const { sha256, pieces = [] } of body?.entries ?? []) {
    if (sha256 !== null) yield sha256
    for (const piece of pieces) yield piece.sha256
  }
}

/** @throws EngineError `conflict`: a backup cleans up its folder, so it gets one of its own. */
function assertBackupOrEmpty(root: string): void {
  const isOther = (name: string): boolean => !name.startsWith('.') && !name.startsWith(LOCK) && !IGNORED.has(name)
  const names = fs.readdirSync(root).filter(isOther)
  if (names.length === 0 || names.includes(ABOUT)) return
  throw new EngineError('conflict', `${root} holds something else. Choose an empty folder for the backup.`)
}

function lockBackup(root: string): { release(): void } {
  try {
    return lockLibrary(path.join(root, LOCK))
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'conflict') throw error
    throw new EngineError('conflict', `Another backup into ${root} is running.`, null, { cause: error })
  }
}
