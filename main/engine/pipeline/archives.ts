import fs from 'node:fs/promises'
import path from 'node:path'
import { type DataFolder, kindOf, listRealFolder, sizeOf } from '../../platform/files/index.ts'
import type { Quarantine, Swept, UnlistedThing } from '../objects/index.ts'
import { StreamArchive } from './archive.ts'

/** The archives of all tasks: one object for each stream while it is in use, so that its readers share one tail. */
export class Archives {
  readonly #folder: DataFolder
  readonly #open = new Map<string, Promise<StreamArchive>>()
  readonly #users = new Map<string, number>()

  constructor(folder: DataFolder) {
    this.#folder = folder
  }

  /** Opens an archive for as long as `use` runs. */
  async with<T>(taskId: string, use: (archive: StreamArchive) => Promise<T>): Promise<T> {
    const archive = this.take(taskId)
    try {
      return await use(await archive)
    } finally {
      this.giveBack(taskId)
    }
  }

  /** Each call needs one call of `giveBack`, also when it fails. */
  take(taskId: string): Promise<StreamArchive> {
    this.#users.set(taskId, (this.#users.get(taskId) ?? 0) + 1)
    const known = this.#open.get(taskId)
    if (known) return known
    const opened = StreamArchive.open(this.#folder.stream(taskId))
    this.#open.set(taskId, opened)
    return opened
  }

  giveBack(taskId: string): void {
    const users = (this.#users.get(taskId) ?? 1) - 1
    if (users > 0) {
      this.#users.set(taskId, users)
      return
    }
    this.#users.delete(taskId)
    const opened = this.#open.get(taskId)
    this.#open.delete(taskId)
    void opened?.then((archive) => archive.close()).catch(() => undefined)
  }

  /** Bytes that readers may have. @param isEnded its task has ended: the size of the file is enough. */
  async lengthOf(taskId: string, isEnded: boolean): Promise<number> {
    if (isEnded) return (await sizeOf(this.#folder.stream(taskId))) ?? 0
    return await this.with(taskId, async (archive) => archive.length)
  }

  async remove(taskId: string): Promise<void> {
    await fs.rm(this.#folder.stream(taskId), { force: true })
    await fs.rm(this.stateFile(taskId), { force: true })
  }

  /** See `RunState`. */
  stateFile(taskId: string): string {
    return path.join(this.#folder.streams, `${taskId}.state`)
  }

  /** Finds streams without a task, and removes what a crash left half-made. @param taskIds called again before a move. */
  async sweep(taskIds: () => ReadonlySet<string>, quarantine: Quarantine): Promise<Swept> {
    const unlisted: UnlistedThing[] = []
    const foreign: string[] = []
    const root = this.#folder.streams
    const entries = await listRealFolder(root)
    if (!entries) return { unlisted, foreign: [root] }
    const known = taskIds()
    for (const { name, kind } of entries) {
      const file = path.join(root, name)
      const taskId = kind === 'file' ? (STREAM.exec(name)?.[1] ?? null) : null
      // A file on its way into the object store whose request was not answered, or a state file that was not renamed.
      if (kind === 'file' && HALF_MADE.test(name)) await fs.rm(file, { force: true })
      else if (taskId === null) foreign.push(file)
      else if (!known.has(taskId)) unlisted.push(await describe(file, taskId, taskIds, quarantine))
    }
    return { unlisted, foreign }
  }
}

const STREAM = /^(vt_[0-9A-Z]{26})\.(?:sse|state)$/
const HALF_MADE = /^(?:\.vt_[0-9A-Z]{26}\.video|vt_[0-9A-Z]{26}\.state\.new)$/

async function describe(
  file: string,
  taskId: string,
  taskIds: () => ReadonlySet<string>,
  quarantine: Quarantine,
): Promise<UnlistedThing> {
  const setAside = async (): Promise<boolean> => {
    if (taskIds().has(taskId) || (await kindOf(file)) !== 'file') return false
    await quarantine.put({ kind: 'stream', path: file, reason: 'unlisted' })
    return true
  }
  return { kind: 'stream', path: file, sizeBytes: (await sizeOf(file)) ?? 0, setAside }
}
