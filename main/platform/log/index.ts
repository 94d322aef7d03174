export { LOG_LEVELS } from './level.ts'
export { openLog, type Log } from './log.ts'
