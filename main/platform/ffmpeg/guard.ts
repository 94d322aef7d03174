import type { Writable } from 'node:stream'
import type { Command } from './confinement.ts'

/**
 * Shell commands that end a program when this process is gone. A killed process can do nothing itself, and a program
 * that writes seldom would notice late that its reader is gone. They start a background process that waits on a pipe,
 * whose other end closes with this process, before the shell `exec`s the program: it never runs unguarded.
 * Windows has no such shell: there a program ends when it writes next.
 * @param fd of the pipe, the last one that the program is given.
 */
export function guardCommands(fd: number): string {
  // It holds none of the program's own pipes, which are at their end when the program is.
  const letGo = Array.from({ length: fd - 3 }, (_, at) => `${at + 3}>&-`).join(' ')
  return `/bin/sh -c 'read -r _ <&${fd} || kill -9 "$1"' sh $$ </dev/null >/dev/null 2>&1 ${letGo} & `
}

/** A shell that runs `commands` and then becomes the program. */
export function behindShell(commands: string, { file, args }: Command): Command {
  return { file: '/bin/sh', args: ['-c', `${commands}exec "$@"`, 'sh', file, ...args] }
}

/** Calls the guard off, for a program that has ended. */
export function dismiss(pipe: unknown): void {
  const guard = pipe as Writable
  guard.on('error', () => {})
  guard.end('\n')
}
