import { Socket } from 'node:net'

/**
 * Calls `end` once when the parent process is gone, also when it was killed: its end of a pipe closes with it.
 * scripts/start.mjs sets the pipe's number as FIELDREEL_LIFELINE. Without it (started by a desktop, or on Windows)
 * nothing is watched.
 */
export function watchParent(env: NodeJS.ProcessEnv, end: () => void): void {
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
