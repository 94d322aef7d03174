import { serveWorker } from '../processes/index.ts'
import { copyDatabase } from './copy.ts'
import type { DatabaseQuestion } from './database-thread.ts'
import { findDamage } from './soundness.ts'

serveWorker<DatabaseQuestion, string[]>(async (question) => {
  if (question.do === 'check') return findDamage(question.file)
  copyDatabase(question.file, question.target)
  return []
})
