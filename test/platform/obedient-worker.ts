import { workerData } from 'node:worker_threads'
import { EngineError } from '../../main/contract/errors.ts'
import { serveWorker } from '../../main/platform/processes/index.ts'

serveWorker<string, string, number>(async (order, { signal, onProgress }) => {
  if (order === 'refuse') throw new EngineError('conflict', 'No.', { why: 1 })
  if (order === 'stumble') throw new TypeError('stumbled')
  if (order === 'die') process.exit(3)
  if (order === 'wait') {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new EngineError('cancelled', 'Cancelled.')))
      setTimeout(() => reject(new Error('nobody cancelled')), 20_000)
    })
  }
  onProgress(0.5)
  return String(workerData)
})
