import { createHash, type Hash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { EngineError } from '../../../contract/index.ts'
import { lockLibrary } from '../../../platform/database/index.ts'
import { crashPoint, errno, explainWriteFailure, isMissing } from '../../../platform/files/index.ts'
import type { Pace } from '../pace.ts'
import { readFile } from '../reading.ts'
import { MANIFEST, type ManifestBody, readManifest, writeManifest } from './manifest.ts'

const PREVIOUS = 'manifest.previous.json'
const LOCK = 'backup.lock'
const MAKING = '.making-'
const ABOUT = 'fieldreel-backup.txt'
const ABOUT_TEXT = `This folder is a backup of a Fieldreel library. "library restore" makes a library of it again.
objects/ holds the films by their SHA-256, files/ everything else, manifest.json says what belongs where.
`
/** What lies in the root of a new disk. */
const OF_THE_DISK = new Set(['lost+found', '$RECYCLE.BIN', 'System Volume Information'])

/** What came of copying something into a backup. */
export interface Copied {
  readonly is: 'copied' | 'there'
  readonly sha256: string
  readonly sizeBytes: number
}

/** What a copy should be; without it, it is taken as it is. */
export interface Expected {
  readonly sha256?: string
  readonly md5?: string
}

/**
 * The folder of a backup. Bytes lie in it by their sha-256 and are never changed: films in `objects/`, as in a library,
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
   * For writing: made when it is not there; a crash's left-overs are cleared away.
   * @throws EngineError `conflict` when it holds something else, or another backup runs; `storage_refused`.
   */
  static openToWrite(root: string): BackupStore {
    try {
      fs.mkdirSync(root, { recursive: true, mode: 0o700 })
      assertBackupOrEmpty(root)
      const lock = lockBackup(root)
      const store = new BackupStore(root, lock)
      if (!fs.existsSync(path.join(root, ABOUT))) writeDurably(path.join(root, ABOUT), ABOUT_TEXT)
      for (const part of ['objects', 'files']) fs.mkdirSync(path.join(root, part), { recursive: true, mode: 0o700 })
      store.#clear(root)
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
    // A part is known by its md5, and named by its sha-256.
    const md5 = expected.md5 === undefined ? null : createHash('md5')
    const temporary = path.join(this.root, `${MAKING}${randomUUID()}`)
    try {
      const copied = await copyInto(temporary, { file, range, md5 }, pace, onBytes)
      if (md5 && md5.digest('hex') !== expected.md5) return null
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
    return path.join(this.root, `${MAKING}${randomUUID()}`)
  }

  /** Makes this the backup, at once. What was the backup before stays restorable until the next one. */
  finish(body: ManifestBody): void {
    try {
      const [current, previous] = [path.join(this.root, MANIFEST), path.join(this.root, PREVIOUS)]
      if (fs.existsSync(current)) writeDurably(previous, fs.readFileSync(current, 'utf8'))
      writeDurably(current, writeManifest(body))
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

  #clear(folder: string): void {
    for (const name of fs.readdirSync(folder)) {
      if (name.startsWith(MAKING)) fs.rmSync(path.join(folder, name), { force: true })
    }
  }
}

function* hashesOf(body: ManifestBody | null): Generator<string> {
  for (const { sha256, pieces = [] } of body?.entries ?? []) {
    if (sha256 !== null) yield sha256
    for (const piece of pieces) yield piece.sha256
  }
}

/** A disk that shares blocks between files (Btrfs, XFS, APFS) makes the copy in no time; it is read and proven all the same. */
async function copyInto(
  to: string,
  from: { file: string; range: { start?: number; sizeBytes?: number }; md5: Hash | null },
  pace: Pace,
  onBytes: (bytes: number) => void,
): Promise<{ sha256: string; sizeBytes: number } | null> {
  const { file, range, md5 } = from
  const isShared = range.start === undefined && cloned(file, to)
  const handle = fs.openSync(to, isShared ? 'r+' : 'wx', 0o600)
  try {
    const take = (bytes: Uint8Array): void => {
      md5?.update(bytes)
      writeAll(handle, bytes)
    }
    const read = isShared
      ? await readFile(to, pace, { onBytes })
      : await readFile(file, pace, { ...range, onBytes, take })
    if (read.is !== 'read') return null
    fs.fsyncSync(handle)
    return { sha256: read.digest, sizeBytes: read.sizeBytes }
  } finally {
    fs.closeSync(handle)
  }
}

function cloned(from: string, to: string): boolean {
  try {
    if (!fs.lstatSync(from).isFile()) return false
    fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE_FORCE | fs.constants.COPYFILE_EXCL)
    fs.chmodSync(to, 0o600)
    return true
  } catch {
    // This disk cannot, or the file is missing, which is found out when it is read.
    fs.rmSync(to, { force: true })
    return false
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += fs.writeSync(descriptor, bytes, done, bytes.length - done)
}

/** Gives a synced file its name, so that a power cut leaves it there whole or not at all. */
export function place(temporary: string, to: string): void {
  const folder = path.dirname(to)
  makeFolder(folder)
  fs.renameSync(temporary, to)
  syncFolder(folder)
}

/** One level after the other, each synced into the one above it. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return
  makeFolder(path.dirname(folder))
  fs.mkdirSync(folder, { mode: 0o700 })
  syncFolder(path.dirname(folder))
}

export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(descriptor)
  } catch (error) {
    // exFAT and network disks have no such thing.
    if (errno(error) !== 'EINVAL' && errno(error) !== 'ENOTSUP') throw error
  } finally {
    fs.closeSync(descriptor)
  }
}

export function writeDurably(file: string, text: string): void {
  const temporary = path.join(path.dirname(file), `${MAKING}${randomUUID()}`)
  const descriptor = fs.openSync(temporary, 'wx', 0o600)
  try {
    writeAll(descriptor, Buffer.from(text))
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
  place(temporary, file)
}

/** @throws EngineError `conflict`: a backup cleans up its folder, so it gets one of its own. */
function assertBackupOrEmpty(root: string): void {
  const isOther = (name: string): boolean => !name.startsWith('.') && !name.startsWith(LOCK) && !OF_THE_DISK.has(name)
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

/** Whether one of two folders lies within the other, links followed. */
export function areNested(one: string, other: string): boolean {
  const [a, b] = [realPath(one), realPath(other)]
  const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(outer + path.sep)
  return within(a, b) || within(b, a)
}

/** Of a folder that may not be there yet. */
function realPath(folder: string): string {
  try {
    return fs.realpathSync(folder)
  } catch (error) {
    if (!isMissing(error)) throw error
    const parent = path.dirname(folder)
    return parent === folder ? folder : path.join(realPath(parent), path.basename(folder))
  }
}
