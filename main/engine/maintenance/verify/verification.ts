import type { Finding } from '../../../contract/index.ts'
import type { DataFolder } from '../../../platform/files/index.ts'
import type { AgainMarks } from '../again-marks.ts'
import type { Inventory } from '../inventory.ts'
import type { Pace } from '../pace.ts'

export interface VerifyProgress {
  readonly step: string
  readonly bytesDone: number
  readonly bytesTotal: number
  readonly objects: number
  /** The last object that is done with: another verify may go on after it. */
  readonly after: string
}

/** What every check of one verify shares. */
export interface Verification {
  readonly folder: DataFolder
  /** Null when the database cannot be read: then files are only compared with their own names. */
  readonly rows: Inventory | null
  readonly pace: Pace
  readonly signal: AbortSignal
  readonly marks: AgainMarks
  /** Objects that are missing or damaged; what was made of them cannot be made again. */
  readonly badObjects: Set<string>
  readonly tell: (finding: Finding) => void
  readonly onBytes: (bytes: number) => void
}

/** Something that looks wrong, and may be in the middle of being changed by somebody else. */
export interface Suspect {
  readonly finding: Finding
  /** Whether it is still so. */
  readonly isStill: () => boolean | Promise<boolean>
  /** What is to be done about it once that is certain. */
  readonly act?: () => void
}
