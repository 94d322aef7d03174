import { type ChildProcess, fork } from 'node:child_process'

/** A process of ours that serves this one by messages; plain data and typed arrays cross. */
export interface ServiceProcess {
  /** What is sent to one that has ended is lost. */
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when it could not be started. */
  onExit(listener: () => void): void
  /** Ends it at once. */
  kill(): void
}

/** Starts a built entry file as such a process; that file calls `servedProcess`. */
export type StartProcess = (entryFile: string, args: readonly string[]) => ServiceProcess

/** Starts it as another Node. Electron has its own kind of process for this. */
export const forkProcess: StartProcess = (entryFile, args) => {
  const child = fork(entryFile, args, {
    // typed arrays cross as they are, and not as JSON
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    // a group of its own: it ends when we say so, or are gone, and not by a signal to all of ours
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  let ended = false
  const exits: (() => void)[] = []
  const end = (): void => {
    if (ended) return
    ended = true
    for (const listener of exits) listener()
  }
  child.on('exit', end)
  child.on('error', () => (child.connected ? undefined : end()))
  return {
    send: (message) => sendTo(child, message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

function sendTo(child: ChildProcess, message: unknown): void {
  // the callback takes the error of a channel that closed meanwhile, which would be thrown otherwise
  if (child.connected) child.send(message as object, () => {})
}
