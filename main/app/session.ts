import path from 'node:path'
import { compose } from '../compose.ts'
import type { EngineOptions } from '../engine/platform.ts'
import { addImports } from '../contract/index.ts'
import { type Port, servePort } from '../transport/ipc/index.ts'
import { answerMedia } from './media.ts'

/** What the window works with. Loaded apart from it: the page appears while the library is still opening. */
export interface Session {
  /** Whether the library is damaged and only read. */
  readonly isReadOnly: boolean
  readonly attach: (port: Port) => void
  readonly media: (request: Request) => Promise<Response>
  readonly importFiles: (files: readonly string[]) => Promise<void>
  readonly restoreServer: () => Promise<void>
  readonly close: () => Promise<void>
}

/** @throws EngineError `conflict` when another process has the library open, `unavailable`. */
export async function openSession(options: EngineOptions): Promise<Session> {
  const engine = await compose(options)
  const { operations, owner, log } = engine
  return {
    isReadOnly: engine.state === 'read_only',
    attach: (port) =>
      servePort(port, {
        operations,
        caller: () => owner('window'),
        onInternalError: (error, name) => log.error({ err: error.cause ?? error, operation: name }, 'operation failed'),
      }),
    media: (request) => answerMedia(engine, request),
    importFiles: async (files) => {
      if (files.length === 0) return
      const call = { signal: new AbortController().signal, caller: owner('window') }
      const { refused } = await operations.run(addImports, { paths: files.map((file) => path.resolve(file)) }, call)
      for (const refusal of refused) log.warn(refusal, 'not imported')
    },
    restoreServer: engine.restoreServer,
    close: engine.close,
  }
}
