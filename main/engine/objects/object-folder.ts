import fs from 'node:fs/promises'
import path from 'node:path'
import { type DataFolder, kindOf, listRealFolder } from '../../platform/files/index.ts'

const OBJECT = /^[0-9a-f]{64}$/
const SIDECAR = /^[0-9a-f]{64}\.json$/
const HALF_SIDECAR = /^[0-9a-f]{64}\.json\.new$/

/** `objects/`, as the disk has it. Follows no link, and touches nothing whose name is not ours. */
export class ObjectFolder {
  readonly #folder: DataFolder

  constructor(folder: DataFolder) {
    this.#folder = folder
  }

  /** Whether the folders that lead to an object are folders, and no links. */
  async isInside(sha256: string): Promise<boolean> {
    const { objects } = this.#folder
    const fanOut = path.dirname(this.#folder.object(sha256))
    return (await kindOf(objects)) === 'folder' && (await kindOf(fanOut)) === 'folder'
  }

  /** @param select picks the names to answer, out of those of one folder. */
  async list(select: (names: readonly string[]) => readonly string[]) {
    const objects: Array<{ sha256: string; sizeBytes: number }> = []
    const foreign: string[] = []
    const root = this.#folder.objects
    const fanOut = await listRealFolder(root)
    if (!fanOut) return { objects, foreign: [root] }
    for (const { name, kind } of fanOut) {
      const folder = path.join(root, name)
      const isOurs = kind === 'folder' && /^[0-9a-f]{2}$/.test(name)
      const entries = isOurs ? await listRealFolder(folder) : null
      if (!entries) {
        foreign.push(folder)
        continue
      }
      const names: string[] = []
      for (const entry of entries) {
        const isFile = entry.kind === 'file' && entry.name.startsWith(name)
        if (isFile && OBJECT.test(entry.name)) names.push(entry.name)
        // A crash cut off its writing; it is written anew.
        else if (isFile && HALF_SIDECAR.test(entry.name)) await fs.rm(path.join(folder, entry.name), { force: true })
        else if (!isFile || !SIDECAR.test(entry.name)) foreign.push(path.join(folder, entry.name))
      }
      for (const sha256 of select(names)) {
        const { size } = await fs.lstat(path.join(folder, sha256))
        objects.push({ sha256, sizeBytes: size })
      }
    }
    return { objects, foreign }
  }
}
