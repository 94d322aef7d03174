import { defineDialect } from '../dialect.ts'
import { visoworkErrors } from './errors.ts'
import { fileRoutes } from './pipeline/file-routes.ts'
import { streamRoute } from './pipeline/stream-route.ts'
import { taskRoutes } from './pipeline/task-routes.ts'
import { PREFIX } from './pipeline/task-wire.ts'

/** The Visowork v1 dialect: frame-pipeline tasks and their streams. */
export const visowork = defineDialect({
  door: 'visowork',
  prefix: PREFIX,
  title: 'Visowork v1',
  errors: visoworkErrors,
  areas: [
    {
      title: 'Tasks',
      description: 'Runs of models over the frames of a video: their stream, results and pictures.',
      routes: [...taskRoutes, streamRoute, ...fileRoutes],
    },
  ],
})
