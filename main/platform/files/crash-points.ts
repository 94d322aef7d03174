/**
 * The steps of every durable sequence, in the order in which they are passed. A test ends the process right after one
 * of them, as a power cut would: `FIELDREEL_CRASH_AT=<name>`, or `<name>:3` for the third time it is passed.
 */
export const CRASH_POINTS = [
  'object.moved',
  // a released object
  'object.row-released',
  'object.file-removed',
  // the sidecar of an object
  'object.sidecar-written',
  // what no row names, on its way into quarantine
  'quarantine.recorded',
  'quarantine.moved',
  // a film that a rebuild brings back
  'rebuild.hashed',
  'rebuild.recorded',
  // an upload that comes back from quarantine
  'upload.returned',
  'upload.returned-row',
] as const

export type CrashPoint = (typeof CRASH_POINTS)[number]

const [wanted, times = '1'] = (process.env['FIELDREEL_CRASH_AT'] ?? '').split(':')
let left = Number(times)

/** Marks that a step of a durable sequence is done. Does nothing unless a test asked for the end of the process here. */
export function crashPoint(name: CrashPoint): void {
  if (name === wanted && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL')
}
