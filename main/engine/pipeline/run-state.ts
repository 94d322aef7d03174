import fs from 'node:fs/promises'
import { z } from 'zod'
import { TrackerState } from './tracker/index.ts'

const RunState = z.object({
  /** The last frame that is in the archive and that the tracker has processed. */
  frame: z.int().nonnegative(),
  tracker: TrackerState,
})
export type RunState = z.infer<typeof RunState>

/**
 * Where a task's tracker continues after a crash, saved every few seconds. It may be old or missing: the frames after it
 * are tracked again without new events, if need be from the beginning. So it only saves time, and is not synced.
 */
export async function readRunState(file: string): Promise<RunState | null> {
  try {
    return RunState.parse(JSON.parse(await fs.readFile(file, 'utf8')))
  } catch {
    // Missing, torn by a power cut, or of an earlier version.
    return null
  }
}

export async function writeRunState(file: string, state: RunState): Promise<void> {
  const temporary = `${file}.new`
  await fs.writeFile(temporary, JSON.stringify(state))
  await fs.rename(temporary, file)
}
