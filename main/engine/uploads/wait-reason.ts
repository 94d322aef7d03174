import path from 'node:path'
import type { EngineError, Import } from '../../contract/index.ts'
import { type DataFolder, isWritable, readablePath } from '../../platform/files/index.ts'
import type { FreeSpace } from './free-space.ts'
import { inspectAgain } from './import-source.ts'
import type { ImportRow } from './import-rows.ts'

/** What an import waits for until somebody resolves it; then it continues by itself. */
export interface WaitReason {
  readonly waitingFor: NonNullable<Import['waitingFor']>
  /** What is wrong and what to do about it, for a person to read. */
  readonly message: string
}

/** What to wait for after a failure; null for a failure that waiting does not resolve. */
export function waitReasonOf(error: EngineError, row: ImportRow): WaitReason | null {
  switch (error.code) {
    case 'source_missing':
      return {
        waitingFor: 'source',
        message: `${path.basename(readablePath(row.path))} cannot be read. Reconnect the card or cable; the import then continues by itself.`,
      }
    case 'storage_full':
      return { waitingFor: 'space', message: `${error.message} The import continues by itself once there is room.` }
    case 'storage_refused':
      return { waitingFor: 'permission', message: `${error.message} The import then continues by itself.` }
    default:
      return null
  }
}

/** Whether what an import waits for is there. */
export async function isResolved(
  { waitingFor }: WaitReason,
  row: ImportRow,
  space: FreeSpace,
  folder: DataFolder,
): Promise<boolean> {
  switch (waitingFor) {
    case 'source':
      return (await inspectAgain(row.path)) !== null
    case 'space':
      return await space.hasRoom(row.media_id, row.size_bytes)
    case 'permission':
      return folder.look() === 'ok' && (await isWritable(folder.uploads))
  }
}
