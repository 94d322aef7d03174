import type { Clock } from '../base/clock.ts'
import type { AuditSubject, EngineError } from '../contract/index.ts'
import type { Database } from '../platform/database/index.ts'
import type { FfmpegTools } from '../platform/ffmpeg/index.ts'
import type { DataFolder } from '../platform/files/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { StartProcess } from '../platform/processes/index.ts'
import type { Secrets, Settings } from '../platform/settings/index.ts'
import type { Changes } from './changes.ts'
import type { Chore } from './chores.ts'
import type { HandledJob } from './jobs/definition.ts'
import type { Operations } from './operations.ts'
import type { RunningClock } from './running-clock.ts'

/** What every capability is built from. */
export interface Platform {
  readonly version: string
  readonly env: NodeJS.ProcessEnv
  /** Holds the built entries of workers and processes. */
  readonly workersFolder: string
  readonly folder: DataFolder
  readonly database: Database
  /** Whether the whole database was found sound; a large one is still being read for a while. */
  readonly isChecked: () => boolean
  readonly settings: Settings
  readonly secrets: Secrets
  readonly log: Log
  readonly clock: Clock
  /** Counts only the time in which the library is open: what can be undone for a time goes by it. */
  readonly runningClock: RunningClock
  readonly startProcess: StartProcess
  /** The ffmpeg to use. @throws EngineError `unavailable` when there is none. */
  readonly tools: () => Promise<FfmpegTools>
  /** What windows show and have to ask for again. */
  readonly changes: Changes
  /** The jobs of all capabilities, once they are built. */
  readonly handledJobs: () => readonly HandledJob[]
  /** What callers can ask of all capabilities, for those that let callers in. */
  readonly operations: Operations
  /** What a thing is called now, for the audit log; null when unknown. */
  readonly titleOf: (subject: AuditSubject, id: string) => string | null
  /**
   * The value of a capability below.
   * @throws Error when it is not listed before the one that asks.
   */
  readonly use: <T extends object>(module: Module<T>) => T
}

/** What things are called, by what they are. A title function may throw for what is not there. */
export type Titles = Readonly<Partial<Record<AuditSubject, (id: string) => string | null>>>

/** What the engine runs of a capability; the value that `create` returns has its services beside. */
export interface Capability {
  /** Answers the operations of its contract. */
  readonly operations?: (operations: Operations) => void
  readonly jobs?: readonly HandledJob[]
  readonly chores?: readonly Chore[]
  readonly titles?: Titles
  /** Puts right what a crash left. All capabilities do, in order, before any of them starts. Not on a damaged library. */
  readonly recover?: () => void | Promise<void>
  /** Goes on with what waits. Jobs begin after all have started. Not on a damaged library. */
  readonly start?: () => void | Promise<void>
  /** Holds what runs until the library can be written to again. */
  readonly hold?: (why: EngineError) => void
  /** Ends what runs so that the next start goes on with it. In reverse order; also after a failed start. */
  readonly stop?: () => void | Promise<void>
  /** Lets go of files, threads and processes, after all have stopped. In reverse order. */
  readonly close?: () => void | Promise<void>
}

/** A capability before it is built: what can be listed while no library is open. */
export interface Module<T extends object = object> {
  readonly name: string
  readonly create: (platform: Platform) => (T & Capability) | Promise<T & Capability>
}

/** One capability of the engine. compose.ts lists them, lower ones first. */
export function defineCapability<T extends object>(module: Module<T>): Module<T> {
  return module
}
