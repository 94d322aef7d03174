import { type DataFolder, type Exposure, repairModes } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'

const WORDS: Readonly<Record<Exposure, string>> = {
  'belongs-to-another-user': 'the library folder belongs to another user, who can read it',
  'disk-takes-no-modes': 'the disk of the library keeps no permissions: other users of this machine may read it',
  'belongs-to-everybody': 'the library lies in a folder of all users and is not closed to them: choose a folder in it',
}

/**
 * Closes a library that was made before to other users of the machine, in the background. Its folder itself was closed
 * when it was opened. @returns ends it.
 */
export function closeToOtherUsers(folder: DataFolder, log: Log): () => Promise<void> {
  const stopping = new AbortController()
  const { exposure } = folder
  if (exposure !== null) log.warn({ folder: folder.root }, WORDS[exposure])
  // Somebody else's folder is not ours to go through, and a disk without permissions has none to check.
  const repairing = exposure === null ? repair(folder, log, stopping.signal) : Promise.resolve()
  return async () => {
    stopping.abort()
    await repairing
  }
}

async function repair(folder: DataFolder, log: Log, signal: AbortSignal): Promise<void> {
  try {
    const { closed, refused, links } = await repairModes(folder.root, signal)
    if (closed > 0) log.info({ closed }, 'closed files of the library to other users')
    if (refused > 0) log.warn({ refused }, 'files of the library could not be closed to other users')
    if (links.length > 0) log.warn({ links }, 'links in the library lead to places that are not closed to other users')
  } catch (error) {
    log.warn({ err: error }, 'the library could not be looked through for files that others can read')
  }
}
