import { z } from 'zod'
import { defineJob } from '../jobs/index.ts'

/** Makes a copy that the window can play, for what Chromium cannot. */
export const previewJob = defineJob('preview', z.object({}), { lane: 'cpu' })
