import type { Finding } from '../../contract/index.ts'
import type { BackupRequest } from './backup/backup.ts'
import type { RestoreRequest } from './backup/restore.ts'
import type { VerifyRequest } from './verify/verify.ts'

export type ToMaintenance =
  | { readonly do: 'verify'; readonly request: VerifyRequest }
  | { readonly do: 'backup'; readonly request: BackupRequest }
  | { readonly do: 'restore'; readonly request: RestoreRequest }

/** How far the work is. */
export interface WorkProgress {
  readonly step: string
  readonly bytesDone: number
  readonly bytesTotal: number
  /** Of a verify: objects that are done with, and the last of them. */
  readonly objects?: number
  readonly after?: string
}

/** One of the two each time. */
export interface FromMaintenance {
  readonly finding: Finding | null
  readonly progress: WorkProgress | null
}

export interface Outcome {
  readonly objects: number
  readonly bytes: number
  readonly copiedBytes: number
}
