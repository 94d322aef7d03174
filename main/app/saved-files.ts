import { chmod, stat } from 'node:fs/promises'
import { session } from 'electron'
import { usualFileMode } from '../platform/files/index.ts'

/** What a file has that was made by this process, whose files are closed to others. */
const PRIVATE = 0o600

/** A file that a person saves out of the library is theirs: others may read it as they may read their other files. */
export function giveSavedFilesTheirMode(): void {
  if (process.platform === 'win32') return
  session.defaultSession.on('will-download', (_event, item) => {
    item.once('done', (_done, state) => {
      if (state === 'completed') void open(item.getSavePath())
    })
  })
}

/** One that was there before and is replaced keeps the mode that it had. */
async function open(file: string): Promise<void> {
  try {
    if (((await stat(file)).mode & 0o777) === PRIVATE) await chmod(file, usualFileMode())
  } catch {
    // Moved or deleted meanwhile, or on a disk without permissions.
  }
}
