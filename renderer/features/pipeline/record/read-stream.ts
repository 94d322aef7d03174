import { readTaskStream } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'

/** Bytes asked for at once: a few hundred events, which take a few milliseconds to read. */
const PIECE = 131_072

/**
 * Reads a task's stream to its end: what is there, and then what comes. The next piece is asked for when the one before
 * was dealt with, so that nothing piles up.
 * @param take given each piece
 * @throws EngineError as the engine says, `cancelled` when `signal` ended it
 */
export async function readStream(
  taskId: string,
  from: number,
  take: (bytes: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  let offset = from
  while (!signal.aborted) {
    const { bytes, ended } = await engine.run(readTaskStream, { taskId, offset, maxBytes: PIECE }, signal)
    if (signal.aborted) return
    offset += bytes.length
    if (bytes.length > 0) take(bytes)
    if (ended) return
  }
}
