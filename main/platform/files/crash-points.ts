/**
 * The steps of every durable sequence, in the order in which they are passed. A test ends the process right after one
 * of them, as a power cut would: `FIELDREEL_CRASH_AT=<name>`, or `<name>:3` for the third time it is passed.
 */
export const CRASH_POINTS = [
  'object.moved',
  'backup.database-copied',
  'backup.object-copied',
  'backup.manifest-written',
  'restore.begun',
  'restore.object-copied',
  'restore.database-placed',
  'restore.finished',
] as const

export type CrashPoint = (typeof CRASH_POINTS)[number]

const [wanted, times = '1'] = (process.env['FIELDREEL_CRASH_AT'] ?? '').split(':')
let left = Number(times)

/** Marks that a step of a durable sequence is done. Does nothing unless a test asked for the end of the process here. */
export function crashPoint(name: CrashPoint): void {
  if (name === wanted && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL')
}
