import { EngineError } from '../../contract/index.ts'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** What FIELDREEL_LOG_LEVEL asks for; `info` without it. @throws EngineError `invalid_input`. */
export function logLevelFrom(env: NodeJS.ProcessEnv): LogLevel {
  const given = env['FIELDREEL_LOG_LEVEL']?.trim()
  if (!given) return 'info'
  const level = LOG_LEVELS.find((known) => known === given.toLowerCase())
  if (level) return level
  throw new EngineError('invalid_input', `FIELDREEL_LOG_LEVEL is one of ${LOG_LEVELS.join(', ')}, not "${given}".`)
}
