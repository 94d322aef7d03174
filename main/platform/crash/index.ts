export { endOnCrash, recordCrash, recordCrashesWith } from './crash.ts'
