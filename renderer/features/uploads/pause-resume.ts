import { type Import, pauseImports, resumeImports } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { count } from '../../shared/format/size.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { runAndRefresh } from './run-and-refresh.ts'
import { isPausable } from './import-status.ts'

/** Holds one import; what it stored is kept. */
export const pause = ({ importId }: Import): Promise<void> =>
  runAndRefresh(() => engine.run(pauseImports, { importId }))

/** Lets one go on where it was. */
export const resume = ({ importId }: Import): Promise<void> =>
  runAndRefresh(() => engine.run(resumeImports, { importId }))

/** Holds all that have not ended. The way back lets go on what this held, not what somebody had held before. */
export function pauseAll(imports: readonly Import[]): Promise<void> {
  const held = imports.filter(isPausable)
  return runAndRefresh(async () => {
    await engine.run(pauseImports, {})
    toastDone(`Paused ${count(held.length, 'upload')}. Copied parts are kept.`, {
      label: 'Resume',
      run: () =>
        void runAndRefresh(() => Promise.all(held.map(({ importId }) => engine.run(resumeImports, { importId })))),
    })
  })
}

/** Lets all go on that are paused. */
export function resumeAll(imports: readonly Import[]): Promise<void> {
  const paused = imports.filter(({ status }) => status === 'paused').length
  return runAndRefresh(async () => {
    await engine.run(resumeImports, {})
    toastDone(`Resumed ${count(paused, 'upload')}. Nothing is copied twice.`)
  })
}
