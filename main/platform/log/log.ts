import { mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import pino, { type Logger } from 'pino'

export type Log = Logger

/** At this size a log is put aside at the next start; the one before it goes. */
const MOST_BYTES = 8 * 1024 * 1024

/**
 * A log that writes to `folder`/fieldreel.log, and to standard error too when `alsoStderr`: standard output belongs
 * to the answers of commands. Keys and signed URLs never reach it. `close` writes out what is left of the file.
 */
export function openLog(folder: string, { alsoStderr }: { alsoStderr: boolean }): { log: Log; close: () => void } {
  mkdirSync(folder, { recursive: true })
  const kept = openFile(path.join(folder, 'fieldreel.log'))
  let open = true
  // What is said after the end, by a request that was cut off, has nowhere to go.
  const write = (line: string): void => {
    if (open) kept?.write(line)
  }
  const streams: Array<{ stream: { write: (line: string) => void } }> = [{ stream: { write } }]
  if (alsoStderr) streams.push({ stream: pino.destination({ dest: 2, sync: true }) })
  const redact = ['req.headers.authorization', '*.apiKey', '*.token']
  const log = pino({ level: process.env['FIELDREEL_LOG_LEVEL'] ?? 'info', redact }, pino.multistream(streams))
  const close = (): void => {
    open = false
    kept?.end()
  }
  return { log, close }
}

/** The file to append to; null when the disk does not let us: then there is no log, but the reason is told elsewhere. */
function openFile(file: string): ReturnType<typeof pino.destination> | null {
  try {
    putAside(file)
    // Opened here and now: a process that ends in its first moments would find it not ready.
    const kept = pino.destination({ dest: openSync(file, 'a'), sync: false })
    // A full disk may silence the log; it must not end the process, as an unheard error would.
    kept.on('error', () => undefined)
    return kept
  } catch {
    return null
  }
}

function putAside(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < MOST_BYTES) return
  renameSync(file, `${file}.1`)
}
