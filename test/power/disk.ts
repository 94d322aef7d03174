import path from 'node:path'
import type { Deed } from './trace.ts'

interface File {
  readonly kind: 'file'
  /** How often it was written to, and how many of those a power cut cannot take back. */
  writes: number
  synced: number
}

interface Folder {
  readonly kind: 'folder'
  entries: Map<string, Entry>
  /** The entries as they were at its last sync. */
  synced: Map<string, Entry>
}

type Entry = File | Folder

/** A file, and how much of it was promised. */
export interface Promised {
  readonly what: string
  readonly file: File
  readonly writes: number
  /** Where it has to be found; null for anywhere. */
  readonly at: string | null
}

/**
 * A disk that keeps no more than it must: after a power cut a file has what was written before its last sync, and a
 * folder the names it had at its last sync. POSIX promises nothing more, whatever most file systems do.
 */
export class Disk {
  readonly #root: string
  readonly #top = newFolder()
  /** What a sync that is under way covers. */
  readonly #syncing = new Map<number, { entry: Entry; writes: number; entries: Map<string, Entry> }>()

  /** @param root a folder that is there, empty and durable; nothing outside it is looked at. */
  constructor(root: string) {
    this.#root = root
  }

  do(deed: Deed): void {
    switch (deed.did) {
      case 'make-file':
        return this.#put(deed.path, { kind: 'file', writes: 0, synced: 0 })
      case 'make-folder':
        return this.#put(deed.path, newFolder())
      case 'write': {
        const file = this.#find(deed.path)
        if (file?.kind === 'file') file.writes += 1
        return
      }
      case 'move': {
        const [entry, from, to] = [this.#find(deed.path), this.#parent(deed.path), this.#parent(deed.to)]
        from?.entries.delete(path.basename(deed.path))
        if (entry) to?.entries.set(path.basename(deed.to), entry)
        return
      }
      case 'remove':
      case 'remove-folder':
        this.#parent(deed.path)?.entries.delete(path.basename(deed.path))
        return
      case 'begin-sync': {
        const entry = this.#find(deed.path)
        if (!entry) return
        const writes = entry.kind === 'file' ? entry.writes : 0
        const entries = entry.kind === 'folder' ? new Map(entry.entries) : new Map<string, Entry>()
        this.#syncing.set(deed.sync, { entry, writes, entries })
        return
      }
      case 'end-sync': {
        const covered = this.#syncing.get(deed.sync)
        if (!covered) return
        const { entry, writes, entries } = covered
        if (entry.kind === 'file') entry.synced = Math.max(entry.synced, writes)
        else entry.synced = entries
        return
      }
      case 'tell':
        return
    }
  }

  /** What somebody is told now of a file: that it is there as it is. @throws Error when there is none. */
  promise(what: string, file: string, { anywhere = false } = {}): Promised {
    const entry = this.#find(file)
    if (entry?.kind !== 'file') throw new Error(`${what}: there is no ${file}`)
    return { what, file: entry, writes: entry.writes, at: anywhere ? null : file }
  }

  /** What a power cut at this moment would take of it; null when nothing. */
  lossOf({ what, file, writes, at }: Promised): string | null {
    if (file.synced < writes) return `${what}: ${writes - file.synced} of ${writes} writes were not synced`
    const found = this.#survivors(this.#top, this.#root).get(file) ?? []
    if (at === null ? found.length > 0 : found.includes(at)) return null
    return `${what}: no synced folder names it${at === null ? '' : ` as ${at}`}`
  }

  #put(file: string, made: Entry): void {
    const parent = this.#parent(file)
    const name = path.basename(file)
    if (parent && !parent.entries.has(name)) parent.entries.set(name, made)
  }

  #parent(file: string): Folder | null {
    const parent = this.#find(path.dirname(file))
    return parent?.kind === 'folder' ? parent : null
  }

  #find(place: string): Entry | null {
    const relative = path.relative(this.#root, place)
    if (relative.startsWith('..')) return null
    let entry: Entry | undefined = this.#top
    for (const name of relative.split(path.sep).filter(Boolean)) {
      entry = entry?.kind === 'folder' ? entry.entries.get(name) : undefined
    }
    return entry ?? null
  }

  /** Every file that a power cut leaves, with where it then is. */
  #survivors(folder: Folder, place: string, found = new Map<File, string[]>()): Map<File, string[]> {
    for (const [name, entry] of folder.synced) {
      const at = path.join(place, name)
      if (entry.kind === 'folder') this.#survivors(entry, at, found)
      else found.set(entry, [...(found.get(entry) ?? []), at])
    }
    return found
  }
}

function newFolder(): Folder {
  return { kind: 'folder', entries: new Map(), synced: new Map() }
}
