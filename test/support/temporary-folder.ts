import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

/** An empty folder that is deleted when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fieldreel-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The same for all tests of a file: call it in `beforeAll`. */
export async function folderForAll(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fieldreel-test-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}
