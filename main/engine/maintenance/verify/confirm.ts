import { setTimeout as pause } from 'node:timers/promises'
import type { Suspect, Verification } from './verification.ts'

/** A file is moved and its row written within this time, or the process that did it has died. */
const SETTLE_MS = 1_000

/**
 * Tells of suspects that stay so. A library is verified while it is worked with: a file may be there a moment before its
 * row, or go a moment after it.
 */
export async function reportConfirmed(suspects: readonly Suspect[], { report, signal }: Verification): Promise<void> {
  if (suspects.length === 0) return
  await pause(SETTLE_MS, undefined, { signal })
  for (const { finding, isStillWrong, repair } of suspects) {
    if (!(await isStillWrong())) continue
    report(finding)
    repair?.()
  }
}
