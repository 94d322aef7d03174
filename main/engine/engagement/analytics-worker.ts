import { workerData } from 'node:worker_threads'
import { Database } from '../../platform/database/index.ts'
import { serveWorker } from '../../platform/processes/index.ts'
import { Analytics } from './analytics.ts'
import type { Question } from './analytics-thread.ts'

const { file } = workerData as { file: string }
// Opened by the first question: a failure is then its answer, and does not end the thread.
let analytics: Analytics | null = null

let rewound = 0

serveWorker<Question, unknown>(async ({ about, input, rewinds }) => {
  analytics ??= new Analytics(Database.openToRead(file))
  if (rewinds !== rewound) analytics.forgetPast()
  rewound = rewinds
  return analytics[about](input as never)
})
