import { spawn } from 'node:child_process'

/**
 * Ends a program when this process is gone, however that went: killed, it can do nothing itself, and a program that
 * writes seldom would notice late that nobody reads it. A shell waits on a pipe, whose other end closes with us.
 * Windows has no such shell: there a program ends when it writes next.
 * @returns what calls the guard off, for a program that has ended.
 */
export function endWithUs(processId: number): () => void {
  if (process.platform === 'win32') return () => {}
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -9 "$1"', 'sh', String(processId)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // a signal to all of ours must not end the guard first
    detached: true,
  })
  // without a shell there is no guard, and the program runs all the same
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  return () => void guard.kill('SIGKILL')
}
