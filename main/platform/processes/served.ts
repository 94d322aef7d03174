import { EngineError } from '../../contract/errors.ts'

/** The process that started this one. */
export interface Parent {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/**
 * The other side of `StartProcess`.
 * @param onOrphaned called when the process that started this one is gone.
 * @throws EngineError `internal` in a process without a parent that serves it.
 */
export function servedProcess(onOrphaned: () => void): Parent {
  // Electron's end of the channel, where `utilityProcess` started this one
  const port = process.parentPort as typeof process.parentPort | undefined
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
    }
  }
  if (!process.send) throw new EngineError('internal', 'This file runs as a process of Fieldreel only.')
  process.on('disconnect', onOrphaned)
  return {
    // the callback takes the error of a channel that closed meanwhile
    send: (message) => void process.send?.(message, undefined, {}, () => {}),
    onMessage: (listener) => void process.on('message', listener),
  }
}
