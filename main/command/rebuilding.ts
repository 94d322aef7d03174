import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../compose.ts'
import { getMaintenance, startRebuild, stopMaintenance } from '../contract/index.ts'
import type { ProgressView } from './progress.ts'

const LOOK_EVERY_MS = 100

/**
 * Brings back what lies in the folder of a library and no row names, and waits for it.
 * @returns whether nothing is left that no row names, and a line that says what was done.
 */
export async function rebuild(
  engine: Engine,
  view: ProgressView,
  signal: AbortSignal,
): Promise<{ isWell: boolean; summary: string }> {
  const call = { signal: new AbortController().signal, caller: engine.owner('command') }
  const before = await engine.operations.run(startRebuild, {}, call)
  for (let state = before; ; state = await engine.operations.run(getMaintenance, {}, call)) {
    if (signal.aborted) await engine.operations.run(stopMaintenance, {}, call)
    if (!state.run || signal.aborted) break
    view.show('rebuild', state.run.step, state.run.progressPercent / 100, state.run.secondsLeft)
    await pause(LOOK_EVERY_MS)
  }
  const { unlisted } = await engine.operations.run(getMaintenance, {}, call)
  const left = `${unlisted.films} film${unlisted.films === 1 ? '' : 's'}`
  if (unlisted.films > 0) return { isWell: false, summary: `${left} could not be brought back. See the log.` }
  return { isWell: true, summary: 'Every film in the folder has its entry.' }
}
