export { Database, type SqlParameters, type SqlValue, type Statement } from './database.ts'
export { copyDatabase } from './copy.ts'
export { inspectDatabase } from './inspection.ts'
export { lockLibrary } from './lock.ts'
