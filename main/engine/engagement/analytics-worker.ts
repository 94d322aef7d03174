import { workerData } from 'node:worker_threads'
import { Database } from '../../platform/database/index.ts'
import { serveWorker } from '../../platform/processes/index.ts'
import { Analytics } from './analytics.ts'
import type { Question } from './analytics-thread.ts'

const { file } = workerData as { file: string }
const analytics = new Analytics(Database.openToRead(file))

let rewound = 0

serveWorker<Question, unknown>(async ({ about, input, rewinds }) => {
  if (rewinds !== rewound) analytics.forgetPast()
  rewound = rewinds
  return analytics[about](input as never)
})
