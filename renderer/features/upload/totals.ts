import type { Import } from '../../../main/contract/index.ts'

export interface Totals {
  readonly bytesStored: number
  readonly bytes: number
  /** 0 to 100, whole; 100 only when every byte is stored. */
  readonly percent: number
  readonly bytesPerSecond: number
  /** null while no rate is known, or nothing is left to do. */
  readonly secondsLeft: number | null
  readonly files: number
  readonly filesDone: number
  readonly needYou: number
  readonly active: boolean
}

/** All imports as one; what was cancelled does not count. */
export function totalsOf(imports: readonly Import[]): Totals {
  const counted = imports.filter(({ status }) => status !== 'cancelled')
  const bytes = sum(counted, ({ sizeBytes }) => sizeBytes)
  const bytesStored = sum(counted, stored)
  const bytesPerSecond = sum(counted, ({ bytesPerSecond }) => bytesPerSecond ?? 0)
  const open = counted.filter(isActive)
  const left = sum(open, (one) => one.sizeBytes - one.bytesStored)
  return {
    bytesStored,
    bytes,
    percent: bytes === 0 ? 0 : Math.floor((100 * bytesStored) / bytes),
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 && left > 0 ? left / bytesPerSecond : null,
    files: counted.length,
    filesDone: counted.filter(({ status }) => status === 'completed').length,
    needYou: counted.filter(({ status }) => status === 'failed').length,
    active: open.length > 0,
  }
}

/** Whether an import still goes on by itself. */
export function isActive({ status }: Import): boolean {
  return status === 'waiting' || status === 'uploading' || status === 'checking'
}

/** A completed import counts whole: a copy that was here already stored nothing itself. */
function stored({ status, sizeBytes, bytesStored }: Import): number {
  return status === 'completed' ? sizeBytes : bytesStored
}

function sum(imports: readonly Import[], of: (one: Import) => number): number {
  return imports.reduce((total, one) => total + of(one), 0)
}
