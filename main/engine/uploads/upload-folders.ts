import fs from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import {
  crashPoint,
  type DataFolder,
  explainWrites,
  kindOf,
  listRealFolder,
  makeFolderDurably,
  writeFileDurably,
} from '../../platform/files/index.ts'
import type { CopiedPart, Quarantine, Swept, UnlistedThing } from '../objects/index.ts'
import type { UploadRow, UploadRows } from './upload-rows.ts'
import { NOTES, noteParts, PARTS, readUploadSidecar, type UploadSidecar, writeUploadSidecar } from './upload-sidecar.ts'

/** `uploads/`, as the disk has it: one folder for each unfinished upload. Follows no link. */
export class UploadFolders {
  readonly #folder: DataFolder
  readonly #rows: UploadRows
  readonly #quarantine: Quarantine

  constructor(folder: DataFolder, rows: UploadRows, quarantine: Quarantine) {
    this.#folder = folder
    this.#rows = rows
    this.#quarantine = quarantine
  }

  /** The file that parts are written into. */
  dataOf(mediaId: string): string {
    return path.join(this.#folder.upload(mediaId), 'data')
  }

  /** Writes what the upload is, and lays the data file out beside it. @throws EngineError as `layOut`. */
  async create(sidecar: UploadSidecar): Promise<void> {
    const folder = this.#folder.upload(sidecar.mediaId)
    await explainWrites(this.#folder.root, async () => {
      await makeFolderDurably(folder)
      crashPoint('upload.folder-made')
      await writeUploadSidecar(folder, sidecar)
    })
    await this.layOut(sidecar.mediaId, sidecar.sizeBytes)
  }

  /** Makes the data file at its full size. @throws EngineError `storage_full`, `storage_refused`. */
  async layOut(mediaId: string, sizeBytes: number): Promise<void> {
    await explainWrites(this.#folder.root, async () => {
      await makeFolderDurably(this.#folder.upload(mediaId))
      await writeFileDurably(this.dataOf(mediaId), (handle) => handle.truncate(sizeBytes))
    })
  }

  /** To be called before the first byte of a part is written: a folder that was never begun holds nothing to keep. */
  async beginParts(mediaId: string): Promise<void> {
    await explainWrites(this.#folder.root, () => noteParts(this.#folder.upload(mediaId), []))
  }

  /** Notes beside the bytes that parts are stored, so that they count even when the database is lost. */
  async noteParts(mediaId: string, parts: readonly CopiedPart[]): Promise<void> {
    // Best effort: without the note they would only have to be sent again.
    await noteParts(this.#folder.upload(mediaId), parts).catch(() => undefined)
  }

  /** Deletes the bytes of an upload that its own row says are not needed any more. */
  async remove(mediaId: string): Promise<void> {
    const folder = this.#folder.upload(mediaId)
    const isReal = (await kindOf(this.#folder.uploads)) === 'folder' && (await kindOf(folder)) === 'folder'
    if (isReal) await fs.rm(folder, { recursive: true, force: true })
  }

  /** Moves the bytes of an upload into quarantine. @returns whether there were any. */
  async setAside(mediaId: string): Promise<boolean> {
    const folder = this.#folder.upload(mediaId)
    if ((await kindOf(this.#folder.uploads)) !== 'folder' || (await kindOf(folder)) !== 'folder') return false
    const sidecar = await readUploadSidecar(folder)
    const about = { title: sidecar?.title ?? null, filename: sidecar?.filename ?? null }
    await this.#quarantine.put({ kind: 'upload', path: folder, reason: 'unlisted', ...about })
    return true
  }

  /** Whether bytes of an upload were written after an instant, milliseconds since 1970. */
  async isNewerThan(mediaId: string, instant: number): Promise<boolean> {
    const data = await fs.lstat(this.dataOf(mediaId)).catch(() => null)
    return data !== null && data.mtimeMs > instant
  }

  /** Clears away what ended uploads left, and finds the folders that no row names. */
  async sweep(): Promise<Swept> {
    const unlisted: UnlistedThing[] = []
    const foreign: string[] = []
    const entries = await listRealFolder(this.#folder.uploads)
    if (!entries) return { unlisted, foreign: [this.#folder.uploads] }
    for (const { name, kind } of entries) {
      const folder = path.join(this.#folder.uploads, name)
      const isOurs = kind === 'folder' && z.uuid().safeParse(name).success
      const row = isOurs ? this.#rows.get(name) : undefined
      if (!isOurs) foreign.push(folder)
      else if (await this.#isNeeded(row, folder)) continue
      else if (await this.#isSpent(row, folder)) await this.remove(name)
      else unlisted.push(await this.#describe(name, folder))
    }
    return { unlisted, foreign }
  }

  async #isNeeded(row: UploadRow | undefined, folder: string): Promise<boolean> {
    if (row && row.status !== 'completed' && row.status !== 'aborted') return true
    // A folder that may not be read: its content is unknown.
    return (await listRealFolder(folder)) === null
  }

  /** Given up, or moved into the object store, or never written to. */
  async #isSpent(row: UploadRow | undefined, folder: string): Promise<boolean> {
    if (row?.status === 'aborted') return true
    const entries = (await listRealFolder(folder)) ?? []
    const isBegun = entries.some(({ name }) => name === PARTS)
    // With neither a row nor a sidecar it is not of ours, or somebody changed it.
    const isOurs = row !== undefined || entries.length === 0 || entries.some(({ name }) => NOTES.has(name))
    const isSpent = (name: string): boolean =>
      NOTES.has(name) || (name === PARTS ? row?.status === 'completed' : name === 'data' && isOurs && !isBegun)
    return entries.every(({ name, kind }) => kind === 'file' && isSpent(name))
  }

  async #describe(mediaId: string, folder: string): Promise<UnlistedThing> {
    const data = await fs.lstat(path.join(folder, 'data')).catch(() => null)
    const setAside = async (): Promise<boolean> => {
      const row = this.#rows.get(mediaId)
      return row && row.status !== 'completed' ? false : await this.setAside(mediaId)
    }
    return { kind: 'upload', path: folder, sizeBytes: data?.size ?? 0, setAside }
  }
}
