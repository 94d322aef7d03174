import type { Finding } from '../../../contract/index.ts'
import type { DataFolder } from '../../../platform/files/index.ts'
import type { RepairMarks } from '../repair-marks.ts'
import type { Inventory } from '../inventory.ts'
import type { Pace } from '../pace.ts'

/** What every check of one verify shares. */
export interface Verification {
  readonly folder: DataFolder
  /** Null when the database cannot be read: then files are only compared with their own names. */
  readonly rows: Inventory | null
  readonly pace: Pace
  readonly signal: AbortSignal
  readonly marks: RepairMarks
  /** Objects that are missing or damaged; what was made of them cannot be made again. */
  readonly badObjects: Set<string>
  readonly report: (finding: Finding) => void
  readonly onBytes: (bytes: number) => void
}

/** A file that looks wrong; it may just be being changed by another process. */
export interface Suspect {
  readonly finding: Finding
  /** Checks again. */
  readonly isStillWrong: () => boolean | Promise<boolean>
  /** Called once it is certain. */
  readonly repair?: () => void
}
