import { defineCapability } from '../capability.ts'
import { hasRoom, LANE_LIMITS } from './capacity.ts'
import { JobQueue } from './queue.ts'

export const jobsModule = defineCapability({
  name: 'jobs',
  create: ({ database, folder, log, clock, handledJobs }) => {
    const queue = new JobQueue({
      ...{ database, log, clock, lanes: LANE_LIMITS },
      hasRoom: () => hasRoom(folder),
      explain: (error) => folder.explain(error),
    })
    return {
      queue,
      start: () => {
        for (const handled of handledJobs()) queue.register(handled)
        queue.start()
      },
      hold: (why) => queue.hold(why),
      stop: () => queue.close(),
    }
  },
})
