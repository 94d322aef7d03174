import type { FinishReason, StreamChunk, StreamTarget } from '../../contract/index.ts'

/** PI-40 */
export const END_OF_EVENT = '\n\n'
/** PI-43 */
export const END_OF_STREAM = 'data: [DONE]\n\n'

/** The part of `stream_info` that changes from event to event. */
export interface StreamPosition {
  /** Source frame number of the last frame. */
  readonly frame: number
  readonly pts: number | null
  /** PI-26 */
  readonly decoded: number
  readonly elapsedMs: number
}

/** The same in every event of a stream. */
export interface StreamFacts {
  readonly taskId: string
  readonly model: string | null
  readonly rangeStart: number
  readonly totalFrames: number | null
  readonly fps: number
}

export interface Ending {
  readonly reason: FinishReason
  readonly error?: { readonly code: string; readonly message: string }
}

/** Writes the events of one stream (PI-40, PI-42, PI-43). */
export class ChunkWriter {
  readonly #facts: StreamFacts
  #isFirst: boolean

  /** @param isFirst whether the stream has no event yet: the first one echoes `model` (PI-7). */
  constructor(facts: StreamFacts, isFirst: boolean) {
    this.#facts = facts
    this.#isFirst = isFirst
  }

  /** The event of one frame. */
  frame(position: StreamPosition, targets: readonly StreamTarget[]): string {
    return event(this.#chunk(position, [{ index: 0, targets: [...targets] }], null))
  }

  /** The last chunk and `[DONE]` (PI-43). */
  end(position: StreamPosition, { reason, error }: Ending): string {
    const usage = { processed_frames: position.decoded, processing_time_ms: position.elapsedMs }
    const chunk = { ...this.#chunk(position, [], reason), ...(error && { error }), usage }
    return event(chunk) + END_OF_STREAM
  }

  #chunk(position: StreamPosition, results: StreamChunk['delta']['results'], reason: FinishReason | null): StreamChunk {
    const { taskId, model, rangeStart, totalFrames, fps } = this.#facts
    const echo = this.#isFirst ? { model } : {}
    this.#isFirst = false
    return {
      id: `mm-pipe-${taskId.slice('vt_'.length).toLowerCase()}`,
      object: 'mm.pipeline.chunk',
      ...echo,
      stream_info: {
        frame_index: position.frame,
        total_frames: totalFrames,
        decoded_frames: position.decoded,
        // PI-26
        dropped_frames: position.frame + 1 - rangeStart - position.decoded,
        fps,
        elapsed_ms: position.elapsedMs,
        ...(position.pts === null ? {} : { pts: position.pts }),
      },
      delta: { results },
      finish_reason: reason,
    }
  }
}

/** Of a stream without a frame: before the first of its range, or on frame 0, which then counts as dropped. */
export function beforeFirst(rangeStart: number, elapsedMs: number): StreamPosition {
  return { frame: Math.max(0, rangeStart - 1), pts: null, decoded: 0, elapsedMs }
}

function event(chunk: StreamChunk): string {
  return `data: ${JSON.stringify(chunk)}${END_OF_EVENT}`
}
