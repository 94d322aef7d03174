import type { Dialect } from '../dialect.ts'
import { visoworkErrors } from './errors.ts'
import { fileRoutes } from './pipeline/file-routes.ts'
import { streamRoute } from './pipeline/stream-route.ts'
import { taskRoutes } from './pipeline/task-routes.ts'
import { PREFIX } from './pipeline/task-wire.ts'

/** The Visowork v1 dialect: frame-pipeline tasks and their streams. */
export const visowork: Dialect = {
  door: 'visowork',
  prefix: PREFIX,
  title: 'Visowork v1',
  errors: visoworkErrors,
  routes: [...taskRoutes, streamRoute, ...fileRoutes],
}
