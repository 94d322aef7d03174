import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, Nothing, operation } from '../operation.ts'

/** What a finding is about. */
export const FINDING_KINDS = ['database', 'object', 'upload', 'derived', 'index', 'sidecar', 'stream'] as const
/**
 * `damaged`: the bytes are not what they were; `missing`: a row names a file that is not there; `unknown`: a file lies
 * there and no row names it.
 */
export const FINDING_PROBLEMS = ['damaged', 'missing', 'unknown'] as const

/** One thing that verify found wrong. */
export const Finding = z.object({
  kind: z.enum(FINDING_KINDS),
  problem: z.enum(FINDING_PROBLEMS),
  /** Below the library folder. */
  path: z.string(),
  /** Of the object it is about. */
  sha256: z.string().nullable(),
  videoId: Id.nullable(),
  title: z.string().nullable(),
  /** What heals it: `itself` is made again without anybody's help, `import` needs the same file once more, `backup` a backup. */
  heals: z.enum(['itself', 'import', 'backup', 'none']),
  /** The same in a sentence that says what to do. */
  remedy: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** A verify, backup or rebuild under way. */
export const MaintenanceRun = z.object({
  kind: z.enum(['verify', 'backup', 'rebuild']),
  startedAt: Instant,
  progressPercent: z.number().min(0).max(100),
  /** What it does now, in words. */
  step: z.string(),
  bytesDone: z.int().nonnegative(),
  bytesTotal: z.int().nonnegative(),
  secondsLeft: z.number().nonnegative().nullable(),
})
export type MaintenanceRun = z.infer<typeof MaintenanceRun>

/** An automatic copy of the database. */
export const Snapshot = z.object({
  name: z.string(),
  madeAt: Instant,
  sizeBytes: z.int().nonnegative(),
  reason: z.enum(['daily', 'migration']),
})
export type Snapshot = z.infer<typeof Snapshot>

/** Bytes that no row named: kept aside, never thrown away on their own. */
export const QuarantinedItem = z.object({
  id: z.string(),
  kind: z.enum(['object', 'upload', 'stream', 'database']),
  /** From the sidecar; null where none is left. */
  title: z.string().nullable(),
  filename: z.string().nullable(),
  sizeBytes: z.int().nonnegative(),
  movedAt: Instant,
  /** Before this instant nothing deletes it. */
  keptUntil: Instant,
  /** Whether it can be brought back as it was; a damaged database cannot. */
  restorable: z.boolean(),
})
export type QuarantinedItem = z.infer<typeof QuarantinedItem>

export const VERIFY_SCHEDULES = ['off', 'weekly', 'monthly'] as const

export const MaintenanceState = z.object({
  /** `new`: made at this start although footage lies in the folder; `read_only`: damaged, and only read. */
  database: z.enum(['good', 'new', 'read_only']),
  /** Footage that no row names and that a rebuild would bring back. */
  unlisted: z.object({ videos: z.int().nonnegative(), bytes: z.int().nonnegative() }),
  run: MaintenanceRun.nullable(),
  lastVerify: z
    .object({
      finishedAt: Instant,
      objects: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      findings: z.array(Finding),
    })
    .nullable(),
  lastBackup: z
    .object({
      finishedAt: Instant,
      folder: z.string(),
      objects: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      /** Why it did not finish. */
      errorMessage: z.string().nullable(),
      /** What a finished one could not copy, as it is damaged in the library; null for a whole backup. */
      damageMessage: z.string().nullable().default(null),
    })
    .nullable(),
  /** Since the start of this process. */
  lastRebuild: z
    .object({
      finishedAt: Instant,
      videos: z.int().nonnegative(),
      uploads: z.int().nonnegative(),
      /** What could not be restored, and why. */
      findings: z.array(Finding),
      errorMessage: z.string().nullable(),
    })
    .nullable(),
  verifySchedule: z.enum(VERIFY_SCHEDULES),
  /** Newest first. */
  snapshots: z.array(Snapshot),
  /** Newest first. */
  quarantine: z.array(QuarantinedItem),
})
export type LastRebuild = NonNullable<MaintenanceState['lastRebuild']>
export type MaintenanceState = z.infer<typeof MaintenanceState>

export const getMaintenance = operation('maintenance.get', {
  summary: 'State of the library: last verification and its findings, last backup, snapshots, quarantine.',
  scope: 'admin',
  input: Nothing,
  output: MaintenanceState,
})

export const startVerify = operation('maintenance.verify', {
  summary: 'Check the database and every object for damage, in the background.',
  scope: 'admin',
  input: Nothing,
  output: MaintenanceState,
})

export const setVerifySchedule = operation('maintenance.setVerifySchedule', {
  summary: 'Set how often the library is verified automatically.',
  scope: 'admin',
  input: z.object({ schedule: z.enum(VERIFY_SCHEDULES) }),
  output: MaintenanceState,
  audit: { target: () => null, details: ({ schedule }) => ({ schedule }) },
})

export const startBackup = operation('maintenance.backup', {
  summary: 'Back up the library into a folder of this computer. Only what is new is copied.',
  scope: 'admin',
  input: z.object({ folder: z.string().min(1) }),
  output: MaintenanceState,
  audit: { target: ({ folder }) => folder },
})

export const startRebuild = operation('maintenance.rebuild', {
  summary: 'Restore every video in the library folder that the database does not list, with its title.',
  scope: 'admin',
  input: Nothing,
  output: MaintenanceState,
  audit: { target: () => null },
})

export const stopMaintenance = operation('maintenance.stop', {
  summary: 'Stop the running verification, backup or rebuild. The next backup continues from there.',
  scope: 'admin',
  input: Nothing,
  output: MaintenanceState,
})

export const keepUnlisted = operation('maintenance.keepUnlisted', {
  summary: 'Start with an empty library: files that the database does not list go to quarantine.',
  scope: 'admin',
  input: Nothing,
  output: MaintenanceState,
  audit: { target: () => null },
})

export const restoreQuarantined = operation('maintenance.restoreQuarantined', {
  summary: 'Restore one item from quarantine.',
  scope: 'admin',
  input: z.object({ id: z.string() }),
  output: MaintenanceState,
  audit: { subject: 'quarantined', target: ({ id }) => id },
})

export const deleteQuarantined = operation('maintenance.deleteQuarantined', {
  summary: 'Delete one item in quarantine permanently.',
  scope: 'admin',
  input: z.object({ id: z.string() }),
  output: Done,
  audit: { subject: 'quarantined', target: ({ id }) => id },
})
