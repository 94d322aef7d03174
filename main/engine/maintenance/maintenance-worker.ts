import { serveWorker } from '../../platform/processes/index.ts'
import { backUp } from './backup/backup.ts'
import { restore } from './backup/restore.ts'
import type { FromMaintenance, Outcome, ToMaintenance } from './messages.ts'
import { verify } from './verify/verify.ts'

/** Reads, hashes and copies on a separate thread, so that the main thread is not blocked. */
serveWorker<ToMaintenance, Outcome, FromMaintenance>(async (request, { signal, onProgress }) => {
  const call = {
    signal,
    onFinding: (finding: FromMaintenance['finding']) => onProgress({ finding, progress: null }),
    onProgress: (progress: FromMaintenance['progress']) => onProgress({ finding: null, progress }),
  }
  switch (request.do) {
    case 'verify':
      return { copiedBytes: 0, ...(await verify(request.request, call)) }
    case 'backup':
      return await backUp(request.request, call)
    case 'restore':
      return { copiedBytes: 0, ...(await restore(request.request, call)) }
  }
})
