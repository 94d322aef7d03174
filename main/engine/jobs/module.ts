import { defineCapability } from '../capability.ts'
import { hasRoom, jobsAtATime, JOB_TURN_MS } from './capacity.ts'
import { JobQueue } from './queue.ts'

export const jobsModule = defineCapability({
  name: 'jobs',
  create: ({ database, folder, log, changes }) => {
    const queue = new JobQueue({
      ...{ database, log },
      concurrency: jobsAtATime(),
      turnMs: JOB_TURN_MS,
      hasRoom: () => hasRoom(folder),
      explain: (error) => folder.explain(error),
      onChange: ({ mediaId }) => changes.tell('videos', mediaId),
    })
    return {
      queue,
      start: () => queue.start(),
      hold: (why) => queue.hold(why),
      stop: () => queue.close(),
    }
  },
})
