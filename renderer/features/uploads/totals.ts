import type { Import } from '../../../main/contract/index.ts'
import { isActive, isBlocked, needsYou } from './import-status.ts'

export interface Totals {
  readonly bytesStored: number
  readonly bytes: number
  /** 0 to 100, whole; 100 only when every byte is stored. */
  readonly percent: number
  readonly bytesPerSecond: number
  /** Of what goes on by itself; null while no rate is known, or nothing goes on: what is held has no end in sight. */
  readonly secondsLeft: number | null
  readonly files: number
  readonly filesDone: number
  /** Files that wait for their turn only. */
  readonly waiting: number
  readonly paused: number
  readonly needYou: number
  /** Whether something goes on by itself. */
  readonly active: boolean
}

/**
 * All imports as one. What was cancelled or refused does not count: its bytes never come, and a total with them would stop
 * short of its end for ever.
 */
export function totalsOf(imports: readonly Import[]): Totals {
  const counted = imports.filter(({ status }) => status !== 'cancelled' && status !== 'failed')
  const bytes = sum(counted, ({ sizeBytes }) => sizeBytes)
  const bytesStored = sum(counted, stored)
  const open = counted.filter(isActive)
  const bytesPerSecond = sum(open, ({ bytesPerSecond }) => bytesPerSecond ?? 0)
  const left = sum(open, (one) => one.sizeBytes - one.bytesStored)
  return {
    bytesStored,
    bytes,
    percent: bytes === 0 ? 0 : Math.floor((100 * bytesStored) / bytes),
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 && left > 0 ? left / bytesPerSecond : null,
    files: counted.length,
    filesDone: counted.filter(({ status }) => status === 'completed').length,
    waiting: counted.filter((one) => one.status === 'waiting' && !isBlocked(one)).length,
    paused: counted.filter(({ status }) => status === 'paused').length,
    needYou: imports.filter(needsYou).length,
    active: open.length > 0,
  }
}

/** A completed import counts whole: a copy that was here already stored nothing itself. */
function stored({ status, sizeBytes, bytesStored }: Import): number {
  return status === 'completed' ? sizeBytes : bytesStored
}

function sum(imports: readonly Import[], of: (one: Import) => number): number {
  return imports.reduce((total, one) => total + of(one), 0)
}
