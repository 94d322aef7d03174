import type { z } from 'zod'
import type { EngineError, Operation, StreamOperation } from '../../../main/contract/index.ts'

/** The engine as the page sees it: operations by their contract, answers typed by it. */
export interface Engine {
  /** Asks one question. @param signal calls it off. @throws EngineError as the engine says. */
  run<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    signal?: AbortSignal,
  ): Promise<z.output<O>>
  /**
   * Reads a stream to its end. The engine sends few events before the first of them was taken, so that nothing piles up.
   * @param signal ends it; nothing more is taken after that. @throws EngineError as the engine says.
   */
  read<I extends z.ZodType, E extends z.ZodType>(
    operation: StreamOperation<I, E>,
    input: z.input<I>,
    take: (event: z.output<E>) => void,
    signal?: AbortSignal,
  ): Promise<void>
  /**
   * Opens a stream; the returned function ends it, and after that no listener is called.
   * @param onEnd called when the engine has ended it: with null, or with what went wrong. What the stream showed stays.
   */
  follow<I extends z.ZodType, E extends z.ZodType>(
    operation: StreamOperation<I, E>,
    input: z.input<I>,
    onEvent: (event: z.output<E>) => void,
    onEnd?: (error: EngineError | null) => void,
  ): () => void
}

let connected: Engine | null = null

/** Gives the page its engine: the window's port, or one of a test's own. */
export function connectEngine(to: Engine): void {
  connected = to
}

function theEngine(): Engine {
  if (!connected) throw new Error('The page asks the engine before it is connected.')
  return connected
}

/** The engine that the page was connected to. */
export const engine: Engine = {
  run: (operation, input, signal) => theEngine().run(operation, input, signal),
  read: (operation, input, take, signal) => theEngine().read(operation, input, take, signal),
  follow: (operation, input, onEvent, onEnd) => theEngine().follow(operation, input, onEvent, onEnd),
}
