import path from 'node:path'
import type { EngineError } from '../../contract/index.ts'
import { type Import } from '../../contract/index.ts'
import { type DataFolder, isWritable } from '../../platform/files/index.ts'
import { inspectAgain } from './import-source.ts'
import type { ImportRow } from './import-rows.ts'
import type { UploadSessions } from './sessions.ts'

/** What keeps an import from going on until somebody puts it right; then it goes on by itself. */
export interface Obstacle {
  readonly waitingFor: NonNullable<Import['waitingFor']>
  /** What is wrong and what to do about it, for a person to read. */
  readonly message: string
}

/** The obstacle behind a failure; null for a failure that waiting does not mend. */
export function obstacleOf(error: EngineError, row: ImportRow): Obstacle | null {
  switch (error.code) {
    case 'source_missing':
      return {
        waitingFor: 'source',
        message: `${path.basename(row.path)} cannot be read. Put the card or cable back; it goes on by itself.`,
      }
    case 'storage_full':
      return { waitingFor: 'space', message: `${error.message} It goes on by itself once there is room.` }
    case 'storage_refused':
      return { waitingFor: 'permission', message: `${error.message} It goes on by itself once it may.` }
    default:
      return null
  }
}

/** Whether what an import waited for is there again. */
export async function isGone(
  { waitingFor }: Obstacle,
  row: ImportRow,
  sessions: UploadSessions,
  folder: DataFolder,
): Promise<boolean> {
  switch (waitingFor) {
    case 'source':
      return (await inspectAgain(row.path)) !== null
    case 'space':
      return await sessions.hasRoom(row.media_id, row.size_bytes)
    case 'permission':
      return folder.look() === 'ok' && (await isWritable(folder.uploads))
  }
}
