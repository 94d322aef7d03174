import { type Clock, systemClock } from '../base/clock.ts'
import { ffmpegTools } from '../platform/ffmpeg/index.ts'
import { forkProcess, type StartProcess } from '../platform/processes/index.ts'
import { Secrets, Settings } from '../platform/settings/index.ts'
import type { Platform } from './capability.ts'
import { Changes } from './changes.ts'
import type { LibraryOptions, OpenedFolder } from './opened-folder.ts'
import { RunningClock } from './running-clock.ts'

export interface EngineOptions extends LibraryOptions {
  readonly version: string
  /** How a process of ours is started; as another Node, unless Electron's own way is handed in. */
  readonly startProcess?: StartProcess
  /** The system's, unless tests hand in another. */
  readonly clock?: Clock
}

/** What of the platform does not come from the capabilities themselves. */
export type BasePlatform = Omit<Platform, 'handledJobs' | 'operations' | 'titleOf' | 'use'>

export function platformOn(opened: OpenedFolder, options: EngineOptions): BasePlatform {
  const { env, version, workersFolder, startProcess = forkProcess, clock = systemClock } = options
  const { folder, log, database, isChecked, state } = opened
  const settings = new Settings(database)
  return {
    ...{ env, version, workersFolder, startProcess, folder, log, database, isChecked, settings },
    changes: new Changes(),
    secrets: Secrets.open(folder.secrets, log, { isNew: state === 'new' }),
    clock,
    runningClock: new RunningClock(settings),
    tools: ffmpegTools(env, log),
  }
}
