import { z } from 'zod'
import { defineJob } from '../jobs/index.ts'

/** Runs the task that is its subject. */
export const taskJob = defineJob('task', z.object({}), { lane: 'gpu' })
