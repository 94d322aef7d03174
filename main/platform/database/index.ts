export { Database, type SqlParameters, type SqlValue, type Statement } from './database.ts'
export { backUpDatabase } from './online-backup.ts'
export { inspectDatabase, schemaAge } from './inspection.ts'
export { lockLibrary } from './lock.ts'
