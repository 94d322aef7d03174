import path from 'node:path'
import type { Finding } from '../../contract/index.ts'
import { startWorker } from '../../platform/processes/index.ts'
import type { FromMaintenance, Outcome, ToMaintenance } from './messages.ts'
import type { WorkProgress } from './progress.ts'

export interface WorkCall {
  readonly signal: AbortSignal
  readonly onFinding: (finding: Finding) => void
  readonly onProgress: (progress: WorkProgress) => void
}

/**
 * Runs one verify, backup or restore on a thread of its own, which ends with it.
 * @param workersFolder holds the built entries.
 * @throws EngineError of the work; `cancelled`.
 */
export async function runMaintenance(workersFolder: string, work: ToMaintenance, call: WorkCall): Promise<Outcome> {
  const entry = path.join(workersFolder, 'maintenance-worker.js')
  const thread = startWorker<ToMaintenance, Outcome, FromMaintenance>(entry)
  try {
    const onProgress = ({ finding, progress }: FromMaintenance): void => {
      if (finding) call.onFinding(finding)
      if (progress) call.onProgress(progress)
    }
    return await thread.request(work, { signal: call.signal, onProgress })
  } finally {
    await thread.close()
  }
}
