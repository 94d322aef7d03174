import { setTimeout as pause } from 'node:timers/promises'
import type { Suspect, Verification } from './verification.ts'

/** A file is moved and its row written within this time, or the process that did it has died. */
const SETTLE_MS = 1_000

/**
 * Reports suspects that are still wrong after a moment. A library is verified while it is in use: a file may be there
 * shortly before its row, or removed shortly after it.
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
