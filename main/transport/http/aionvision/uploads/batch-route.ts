import { initiateBatch } from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'
import { route, type Route } from '../../route.ts'
import { BatchPlanBody, planToWire } from './upload-answers.ts'
import { BatchBody, initiateToInput } from './upload-requests.ts'

export const batchRoute: Route = route({
  method: 'POST',
  id: 'initiateBatch',
  path: '/video-uploads/batch/initiate',
  operation: initiateBatch,
  request: { body: BatchBody },
  status: 201,
  response: BatchPlanBody,
  failures: ['storage_full', 'storage_refused'],
  toInput: ({ body }) => ({
    videos: body.videos.map(initiateToInput),
    autoProcess: body.auto_process,
    processingPriority: body.processing_priority,
  }),
  toWire: ({ plans, estimatedSeconds, ...batch }, { baseUrl }) => ({
    ...snakeKeys(batch),
    videos: plans.map((plan) => planToWire(plan, baseUrl)),
    total_videos: plans.length,
    estimated_time_seconds: estimatedSeconds,
  }),
})
