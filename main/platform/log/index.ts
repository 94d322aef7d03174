export { LOG_LEVELS, logLevelFrom } from './level.ts'
export { openLog, type Log, type LogOptions } from './log.ts'
