import { setTimeout as pause } from 'node:timers/promises'

/**
 * The steps of every durable sequence, in the order in which they are passed. A test ends the process right after one
 * of them, as a power cut would: `FIELDREEL_CRASH_AT=<name>`, or `<name>:3` for the third time it is passed.
 */
export const CRASH_POINTS = [
  // what signs links
  'secrets.written',
  // an upload or import, from its first byte to its video
  'upload.folder-made',
  'upload.laid-out',
  'upload.row-inserted',
  'part.written',
  'part.stored',
  'part.recorded',
  'part.confirmed',
  'complete.hashed',
  'complete.hash-recorded',
  'object.moved',
  'complete.committed',
  'object.sidecar-written',
  'upload.folder-removed',
  // the frame index of a video
  'index.written',
  'index.renamed',
  // a deleted video, once its deletion can no longer be undone
  'video.derived-removed',
  'object.row-released',
  'object.file-removed',
  // what no row names, on its way into quarantine
  'quarantine.recorded',
  'quarantine.moved',
  // a video that a rebuild restores
  'rebuild.hashed',
  'rebuild.recorded',
  // an upload that is restored from quarantine
  'upload.returned',
  'upload.returned-row',
  // the schema of the database
  'migration.applied',
  // a backup, and a library made of one
  'backup.database-copied',
  'backup.object-copied',
  'backup.manifest-written',
  'restore.begun',
  'restore.object-copied',
  'restore.database-placed',
  'restore.finished',
  // a copy of the database
  'snapshot.written',
  'snapshot.synced',
  'snapshot.placed',
  // a snapshot takes the place of a damaged database
  'snapshot.staged',
  'snapshot.chosen',
  'snapshot.aside-begun',
  'snapshot.aside',
  'snapshot.used',
] as const

export type CrashPoint = (typeof CRASH_POINTS)[number]

const [wanted, times = '1'] = (process.env['FIELDREEL_CRASH_AT'] ?? '').split(':')
let left = Number(times)

const slowMs = Number(process.env['FIELDREEL_SLOW_PARTS'] ?? 0)

/** Stretches copying, milliseconds a part, where a test has to do something in the middle of it. */
export async function slowedPart(): Promise<void> {
  if (slowMs > 0) await pause(slowMs)
}

/** Marks that a step of a durable sequence is done. Does nothing unless a test asked for the end of the process here. */
export function crashPoint(name: CrashPoint): void {
  if (name === wanted && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL')
}
