import { Socket } from 'node:net'

/**
 * Calls `end` once when whoever started this process is gone, however that went: killed, it can tell us nothing, but its
 * end of a pipe closes with it, whose number scripts/start.mjs sets as FIELDREEL_LIFELINE. Without such a pipe (started by a desktop, or on Windows) nothing is watched.
 */
export function watchLifeline(env: NodeJS.ProcessEnv, end: () => void): void {
  const fd = Number(env['FIELDREEL_LIFELINE'])
  // Not for our own children, whose pipes have other numbers.
  delete env['FIELDREEL_LIFELINE']
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
