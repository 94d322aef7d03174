import fs from 'node:fs/promises'
import { z } from 'zod'

const RunState = z.object({
  /** The last frame whose event is in the archive and that the tracker has seen. */
  frame: z.int().nonnegative(),
  /** What the tracker knows. */
  following: z.unknown(),
})
export type RunState = z.infer<typeof RunState>

/**
 * What a task goes on from after a crash, noted now and then. It may be old or gone: frames after it are followed again
 * without being told again, and that from the beginning if need be. So nothing hangs on it but time, and it is not synced.
 */
export async function readRunState(file: string): Promise<RunState | null> {
  try {
    return RunState.parse(JSON.parse(await fs.readFile(file, 'utf8')))
  } catch {
    // None, or one that a power cut garbled.
    return null
  }
}

export async function writeRunState(file: string, state: RunState): Promise<void> {
  const temporary = `${file}.new`
  await fs.writeFile(temporary, JSON.stringify(state))
  await fs.rename(temporary, file)
}
