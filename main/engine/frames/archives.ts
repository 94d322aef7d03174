import fs from 'node:fs/promises'
import path from 'node:path'
import { type DataFolder, sizeOf } from '../../platform/files/index.ts'
import { StreamArchive } from './archive.ts'

/** The archives of all tasks: one object a stream while anybody has it, so that all readers share one tail. */
export class Archives {
  readonly #folder: DataFolder
  readonly #open = new Map<string, Promise<StreamArchive>>()
  readonly #users = new Map<string, number>()

  constructor(folder: DataFolder) {
    this.#folder = folder
  }

  /** Lends an archive for as long as `use` runs. */
  async with<T>(taskId: string, use: (archive: StreamArchive) => Promise<T>): Promise<T> {
    const archive = this.take(taskId)
    try {
      return await use(await archive)
    } finally {
      this.giveBack(taskId)
    }
  }

  /** Each call is matched by one of `giveBack`, also when it fails. */
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

  /** What readers of a stream may have. @param isEnded its task has ended: it is not opened only to be measured. */
  async lengthOf(taskId: string, isEnded: boolean): Promise<number> {
    if (isEnded) return (await sizeOf(this.#folder.stream(taskId))) ?? 0
    return await this.with(taskId, async (archive) => archive.length)
  }

  async remove(taskId: string): Promise<void> {
    await fs.rm(this.#folder.stream(taskId), { force: true })
    await fs.rm(this.stateFile(taskId), { force: true })
  }

  /** What an interrupted task goes on from. */
  stateFile(taskId: string): string {
    return path.join(this.#folder.streams, `${taskId}.state`)
  }

  /** Removes what belongs to no task, and what a crash left half-made. Run at start. */
  async sweep(taskIds: ReadonlySet<string>): Promise<void> {
    for (const name of await fs.readdir(this.#folder.streams)) {
      if (!taskIds.has(path.parse(name).name)) await fs.rm(path.join(this.#folder.streams, name), { force: true })
    }
  }
}
