import { utilityProcess } from 'electron'
import type { StartProcess } from '../platform/processes/index.ts'

/** Starts an Electron utility process: it ends with this process, also when this one is killed. */
export const startUtility: StartProcess = (entryFile, args) => {
  const child = utilityProcess.fork(entryFile, [...args], { serviceName: 'Fieldreel models', stdio: 'inherit' })
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => {
      if (child.pid === undefined) child.once('spawn', () => killOutright(child.pid))
      else killOutright(child.pid)
    },
  }
}

/** `child.kill()` sends SIGTERM, which a process that hangs does not handle. */
function killOutright(processId: number | undefined): void {
  if (processId !== undefined) process.kill(processId, 'SIGKILL')
}
