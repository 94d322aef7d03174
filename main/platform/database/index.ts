export { Database, type SqlParameters, type SqlValue, type Statement } from './database.ts'
export { lockLibrary } from './lock.ts'
