/**
 * The steps of every durable sequence, in the order in which they are passed. A test ends the process right after one
 * of them, as a power cut would: `FIELDREEL_CRASH_AT=<name>`, or `<name>:3` for the third time it is passed.
 */
export const CRASH_POINTS = [
  'object.moved',
  // the schema of the database
  'migration.applied',
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

/** Marks that a step of a durable sequence is done. Does nothing unless a test asked for the end of the process here. */
export function crashPoint(name: CrashPoint): void {
  if (name === wanted && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL')
}
