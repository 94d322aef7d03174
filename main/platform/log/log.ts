import { mkdirSync } from 'node:fs'
import path from 'node:path'
import pino, { type Logger } from 'pino'

export type Log = Logger

/**
 * A log that writes to `folder`/fieldreel.log, and to standard error too when `alsoStderr`: standard output belongs
 * to the answers of commands. Keys and signed URLs never reach it.
 */
export function openLog(folder: string, { alsoStderr }: { alsoStderr: boolean }): Log {
  mkdirSync(folder, { recursive: true })
  const streams = [{ stream: pino.destination({ dest: path.join(folder, 'fieldreel.log'), sync: false, mkdir: true }) }]
  if (alsoStderr) streams.push({ stream: pino.destination({ dest: 2, sync: true }) })
  const redact = ['req.headers.authorization', '*.apiKey', '*.token']
  return pino({ level: process.env['FIELDREEL_LOG_LEVEL'] ?? 'info', redact }, pino.multistream(streams))
}
