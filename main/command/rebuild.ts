import { setTimeout as pause } from 'node:timers/promises'
import type { Engine } from '../compose.ts'
import { EngineError, type Finding, getMaintenance, startRebuild, stopMaintenance } from '../contract/index.ts'
import type { CommandAnswer } from './answer.ts'
import type { ProgressView } from './progress.ts'

const POLL_MS = 100

/**
 * Restores the files of a library that no row names, and waits until it is done.
 * @param print gets each finding, for a person or as a line of JSON.
 * @throws EngineError `cancelled`, and why the rebuild stopped.
 */
export async function rebuild(
  engine: Engine,
  { view, signal, print }: { view: ProgressView; signal: AbortSignal; print: (finding: Finding) => void },
): Promise<CommandAnswer> {
  const call = { signal: new AbortController().signal, caller: engine.owner('command') }
  let state = await engine.operations.run(startRebuild, {}, call)
  while (state.run) {
    if (signal.aborted) {
      await engine.operations.run(stopMaintenance, {}, call)
      throw new EngineError('cancelled', 'Stopped.')
    }
    view.show('rebuild', state.run.step, state.run.progressPercent / 100, state.run.secondsLeft)
    await pause(POLL_MS)
    state = await engine.operations.run(getMaintenance, {}, call)
  }
  const done = state.lastRebuild
  if (done?.errorMessage !== null) throw new EngineError('internal', done?.errorMessage ?? 'The rebuild did not run.')
  for (const finding of done.findings) print(finding)
  const restored = `${count(done.videos, 'video')} and ${count(done.uploads, 'unfinished upload')} restored`
  const left = done.findings.length === 0 ? '' : `, ${count(done.findings.length, 'file')} could not be`
  return { isWell: done.findings.length === 0, summary: `${restored}${left}.` }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
