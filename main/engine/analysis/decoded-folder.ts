import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { explainWriteFailure } from '../../platform/files/index.ts'
import type { DerivedFolder } from '../library/index.ts'

/** Runs `work` with a folder for pictures that are only needed meanwhile. @throws EngineError `storage_full`, and of `work`. */
export async function withDecodedFolder<T>(derived: DerivedFolder, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeFolder(derived)
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function makeFolder(derived: DerivedFolder): Promise<string> {
  try {
    // What a crash leaves there, the next `prepare` removes.
    await derived.prepare()
    return await mkdtemp(join(derived.scenes, '.decoded-'))
  } catch (error) {
    throw explainWriteFailure(error, derived.root)
  }
}
