import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { EngineError } from '../../../main/contract/index.ts'
import {
  defineJob,
  handleJob,
  type Job,
  type JobHandler,
  JobQueue,
  type JobQueueOptions,
} from '../../../main/engine/jobs/index.ts'
import type { Database } from '../../../main/platform/database/index.ts'
import { silentLog } from '../../support/log.ts'
import { ManualClock } from '../../support/manual-clock.ts'

export const workJob = defineJob('work', z.unknown(), { lane: 'cpu' })

export interface QueueKit extends Partial<Omit<JobQueueOptions, 'database'>> {
  /** Jobs at a time; 1 unless given. */
  readonly places?: number
  readonly turnMs?: number
  readonly onChange?: (job: Job) => void
}

/** A queue that runs `workJob` on a clock that the test drives. */
export function queueOn(database: Database, handler: JobHandler, kit: QueueKit = {}) {
  const { places = 1, turnMs, onChange, ...options } = kit
  const clock = new ManualClock()
  const queue = new JobQueue({
    ...{ database, log: silentLog, clock, hasRoom: () => Promise.resolve(true) },
    lanes: {
      cpu: { places, ...(turnMs !== undefined && { turnMs }) },
      gpu: { places: 1 },
      network: { places: 1 },
      short: { places: 1 },
    },
    ...options,
  })
  queue.register(handleJob(workJob, handler, onChange))
  onTestFinished(() => queue.close())
  const enqueue = (subjectId: string, priority?: 'low' | 'normal' | 'high'): Job =>
    queue.enqueue(workJob, subjectId, {}, priority)
  return { queue, clock, enqueue, advance: (ms: number) => clock.advance(ms) }
}

/** Works until it is told to stop. */
export const forever: JobHandler = (_job, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new EngineError('cancelled', 'Cancelled.')))
  })

export const fails: JobHandler = () => Promise.reject(new EngineError('media_failed', 'The decoder said no.'))
export const succeeds: JobHandler = () => Promise.resolve()
