import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { toInstant } from '../../base/clock.ts'
import { EngineError, type QuarantinedItem } from '../../contract/index.ts'
import {
  crashPoint,
  type DataFolder,
  errno,
  kindOf,
  listRealFolder,
  moveDurably,
  replaceDurably,
  syncFolder,
} from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import { bytesOf, copyDurably, linked } from './quarantine-files.ts'
import { KEPT_MS, type QuarantineKind, type QuarantineReason, readRecord, writeRecord } from './quarantine-record.ts'
import type { SidecarVideo } from './sidecar.ts'

/** What goes into quarantine. */
export interface QuarantineRequest {
  readonly kind: QuarantineKind
  /** Its file or folder. */
  readonly path: string
  readonly reason: QuarantineReason
  readonly title?: string | null
  readonly filename?: string | null
  readonly videos?: readonly SidecarVideo[]
  /** Leave the file where it is as well: it is about to be replaced, and must not be missing meanwhile. */
  readonly stays?: boolean
}

/** A thing in quarantine, with what is needed to restore it. */
export interface QuarantineEntry extends Omit<QuarantinedItem, 'restorable'> {
  readonly path: string
  readonly reason: QuarantineReason
  /** The name it had: an object's sha-256, an upload's media id, a stream's task id. */
  readonly name: string
  readonly videos: readonly SidecarVideo[]
}

const ID = /^(object|upload|stream|database)\.([A-Za-z0-9_.-]{1,128})\.[0-9a-f]{12}$/

/**
 * `quarantine/`: bytes that no row named, or that are damaged, each with a record beside it. Nothing here is deleted but
 * by `remove`. The record is written before its thing moves, so that nothing is here without a record; if somebody
 * deletes a record, its thing is listed by its name alone.
 */
export class Quarantine {
  readonly #folder: DataFolder
  readonly #log: Log | null
  /** What is there; null until it is read, and after each change. Only one process has the library open. */
  #entries: Promise<QuarantineEntry[]> | null = null
  /** Their titles, as last read. */
  #titles: ReadonlyMap<string, string | null> = new Map()

  constructor(folder: DataFolder, log: Log | null = null) {
    this.#folder = folder
    this.#log = log
  }

  /** @returns its id. @throws EngineError `storage_refused` when `quarantine` is no folder; Error of the file system. */
  async put(request: QuarantineRequest): Promise<string> {
    const name = path.basename(request.path)
    const id = `${request.kind}.${name}.${randomBytes(6).toString('hex')}`
    if (!ID.test(id)) throw new EngineError('internal', `This name does not belong into quarantine: ${name}`)
    await this.#prepare()
    const record = this.#recordFile(id)
    const text = writeRecord({
      kind: request.kind,
      from: path.relative(this.#folder.root, request.path).split(path.sep).join('/'),
      reason: request.reason,
      movedAt: toInstant(Date.now()),
      sizeBytes: await bytesOf(request.path),
      title: request.title ?? request.videos?.[0]?.title ?? null,
      filename: request.filename ?? request.videos?.[0]?.filename ?? null,
      videos: [...(request.videos ?? [])],
    })
    try {
      await replaceDurably(record, text)
      crashPoint('quarantine.recorded')
      await this.#move(request, this.#pathOf(id))
      crashPoint('quarantine.moved')
    } catch (error) {
      await fs.rm(record, { force: true })
      throw error
    } finally {
      this.#entries = null
    }
    return id
  }

  /** At start: deletes records whose thing never came, or has left again. */
  async tidy(): Promise<void> {
    const entries = (await listRealFolder(this.#folder.quarantine)) ?? []
    const things = new Set(entries.map(({ name }) => name))
    for (const { name, kind } of entries) {
      const [id = ''] = name.split(/\.json(?:\.new)?$/)
      const isRecord = kind === 'file' && id !== name && ID.test(id)
      if (isRecord && !things.has(id)) await fs.rm(path.join(this.#folder.quarantine, name), { force: true })
    }
  }

  /**
   * At start: puts back what rows name again, as when the right database came back after an older one had been used.
   * @param isNamed whether a row names a thing. @param onReturn called before it moves.
   */
  async returnNamed(
    isNamed: (kept: QuarantineEntry) => boolean,
    onReturn: (kept: QuarantineEntry) => Promise<void> = async () => undefined,
  ): Promise<void> {
    let returned = 0
    for (const kept of await this.list()) {
      const home = this.#homeOf(kept)
      if (kept.reason !== 'unlisted' || home === null || !isNamed(kept) || !(await this.#isFree(home))) continue
      await onReturn(kept)
      await moveDurably(kept.path, home)
      await this.forget(kept.id)
      returned += 1
    }
    if (returned > 0) this.#log?.warn({ returned }, 'put back from quarantine what rows name again')
  }

  /** Newest first. */
  async list(): Promise<readonly QuarantineEntry[]> {
    return await (this.#entries ??= this.#read())
  }

  /** What a thing was called when it was last listed; null when that is not known. */
  titleOf(id: string): string | null {
    return this.#titles.get(id) ?? null
  }

  /** @throws EngineError `not_found`. */
  async get(id: string): Promise<QuarantineEntry> {
    const kept = (await this.list()).find((one) => one.id === id)
    if (!kept) throw new EngineError('not_found', 'There is no such thing in quarantine.')
    return kept
  }

  /** Notes what was found out about a thing. @throws EngineError `not_found`. */
  async mark(id: string, reason: QuarantineReason): Promise<void> {
    const { kind, path: file, title, filename, sizeBytes, movedAt, videos } = await this.get(id)
    const record = await readRecord(this.#recordFile(id))
    const from = record?.from ?? path.basename(file)
    const noted = { kind, from, reason, title, filename, sizeBytes, movedAt, videos: [...videos] }
    await replaceDurably(this.#recordFile(id), writeRecord(noted))
    this.#entries = null
  }

  /** Deletes a thing for good. @throws EngineError `not_found`. */
  async remove(id: string): Promise<void> {
    const kept = await this.get(id)
    await fs.rm(kept.path, { recursive: true, force: true })
    await this.forget(id)
  }

  /** Deletes the record of a thing that is somewhere else now. */
  async forget(id: string): Promise<void> {
    this.#entries = null
    if (!ID.test(id)) return
    await fs.rm(this.#recordFile(id), { force: true })
    await syncFolder(this.#folder.quarantine)
  }

  async #move({ path: from, stays = false }: QuarantineRequest, to: string): Promise<void> {
    if (stays && process.platform !== 'win32' && (await linked(from, to))) {
      await syncFolder(path.dirname(to))
      return
    }
    try {
      await moveDurably(from, to)
    } catch (error) {
      // That folder is on another disk. What is about to be replaced is copied; anything else stays where it is.
      if (!stays || errno(error) !== 'EXDEV') throw error
      await copyDurably(from, to)
    }
  }

  async #prepare(): Promise<void> {
    const { quarantine, root } = this.#folder
    const kind = await kindOf(quarantine)
    if (kind === 'folder') return
    if (kind !== null) {
      throw new EngineError('storage_refused', `${quarantine} is in the way: it has to be a folder. Move it away.`)
    }
    await fs.mkdir(quarantine, { mode: 0o700 })
    await syncFolder(root)
  }

  async #read(): Promise<QuarantineEntry[]> {
    const entries = (await listRealFolder(this.#folder.quarantine)) ?? []
    const kept: QuarantineEntry[] = []
    for (const { name: id, kind } of entries) {
      const [, of, name] = ID.exec(id) ?? []
      if (kind === 'other' || of === undefined || name === undefined) continue
      kept.push(await this.#describe(id, of as QuarantineKind, name))
    }
    this.#titles = new Map(kept.map(({ id, title, filename }) => [id, title ?? filename]))
    return kept.toSorted((one, other) => other.movedAt.localeCompare(one.movedAt))
  }

  async #describe(id: string, kind: QuarantineKind, name: string): Promise<QuarantineEntry> {
    const file = this.#pathOf(id)
    const record = await readRecord(this.#recordFile(id))
    const movedAt = record?.movedAt ?? toInstant((await fs.lstat(file)).ctimeMs)
    return {
      ...{ id, kind, name, path: file, movedAt },
      reason: record?.reason ?? 'unlisted',
      title: record?.title ?? null,
      filename: record?.filename ?? null,
      sizeBytes: record?.sizeBytes ?? (await bytesOf(file)),
      keptUntil: toInstant(Date.parse(movedAt) + KEPT_MS),
      videos: record?.videos ?? [],
    }
  }

  /** Nothing is at that path, and it leads through no symbolic link. */
  async #isFree(home: string): Promise<boolean> {
    const { root } = this.#folder
    const [top = ''] = path.relative(root, home).split(path.sep)
    if ((await kindOf(path.join(root, top))) !== 'folder') return false
    const parent = await kindOf(path.dirname(home))
    return (parent === 'folder' || parent === null) && (await kindOf(home)) === null
  }

  /** The path a thing had; null when its name does not tell it. */
  #homeOf({ kind, name }: QuarantineEntry): string | null {
    const { streams, uploads } = this.#folder
    if (kind === 'object') return /^[0-9a-f]{64}$/.test(name) ? this.#folder.object(name) : null
    if (kind === 'upload') return path.join(uploads, name)
    return kind === 'stream' ? path.join(streams, name) : null
  }

  #pathOf(id: string): string {
    return path.join(this.#folder.quarantine, id)
  }

  #recordFile(id: string): string {
    return `${this.#pathOf(id)}.json`
  }
}
