import { Socket } from 'node:net'

/** Names the pipe, by its number, that lasts as long as whoever started us; set by scripts/start.mjs. */
export const LIFELINE = 'FIELDREEL_LIFELINE'

/**
 * Calls `end` once when whoever started this process is gone, however that went: killed, it can tell us nothing, but its
 * end of the pipe closes with it. Without such a pipe (started by a desktop, or on Windows) nothing is watched.
 */
export function watchLifeline(env: NodeJS.ProcessEnv, end: () => void): void {
  const fd = Number(env[LIFELINE])
  // Not for our own children, whose pipes have other numbers.
  delete env[LIFELINE]
  if (!Number.isInteger(fd) || fd < 3) return
  try {
    const pipe = new Socket({ fd, readable: true, writable: false })
    pipe.on('error', () => {}) // followed by `close`
    pipe.once('close', end)
    pipe.resume()
    pipe.unref()
  } catch {
    // Not a pipe: there is nothing to watch.
  }
}
