import type { Finding } from '../../contract/index.ts'
import type { BackupRequest } from './backup/backup.ts'
import type { RestoreRequest } from './backup/restore.ts'
import type { WorkProgress } from './progress.ts'
import type { VerifyRequest } from './verify/verify.ts'

export type ToMaintenance =
  | { readonly do: 'verify'; readonly request: VerifyRequest }
  | { readonly do: 'backup'; readonly request: BackupRequest }
  | { readonly do: 'restore'; readonly request: RestoreRequest }

/** Each message has one of the two. */
export interface FromMaintenance {
  readonly finding: Finding | null
  readonly progress: WorkProgress | null
}

export interface Outcome {
  readonly objects: number
  readonly bytes: number
  readonly copiedBytes: number
}
