import type { FinishReason, StreamChunk, StreamTarget } from '../../contract/index.ts'

/** "each event ends with a blank line" */
export const END_OF_EVENT = '\n\n'
/** "followed by: data: [DONE]" */
export const END_OF_STREAM = 'data: [DONE]\n\n'

/** Where a stream stands: what `stream_info` tells beside the video's own facts. */
export interface Standing {
  /** Source frame number of the last frame. */
  readonly frame: number
  readonly pts: number | null
  /** "frames emitted so far" */
  readonly decoded: number
  readonly elapsedMs: number
}

/** What is the same in every event of a stream. */
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

/** Writes the events of one stream. "LF only, UTF-8, each event ends with a blank line"; no `id:`, no comments. */
export class ChunkWriter {
  readonly #facts: StreamFacts
  #isFirst: boolean

  /** @param isFirst whether the stream has no event yet: "Echoed back in the first SSE chunk". */
  constructor(facts: StreamFacts, isFirst: boolean) {
    this.#facts = facts
    this.#isFirst = isFirst
  }

  /** The event of one frame. */
  frame(standing: Standing, targets: readonly StreamTarget[]): string {
    return event(this.#chunk(standing, [{ index: 0, targets: [...targets] }], null))
  }

  /** "The terminal chunk carries a non-null finish_reason and a final usage block, followed by: data: [DONE]". */
  end(standing: Standing, { reason, error }: Ending): string {
    const usage = { processed_frames: standing.decoded, processing_time_ms: standing.elapsedMs }
    const chunk = { ...this.#chunk(standing, [], reason), ...(error && { error }), usage }
    return event(chunk) + END_OF_STREAM
  }

  #chunk(standing: Standing, results: StreamChunk['delta']['results'], reason: FinishReason | null): StreamChunk {
    const { taskId, model, rangeStart, totalFrames, fps } = this.#facts
    const echo = this.#isFirst ? { model } : {}
    this.#isFirst = false
    return {
      id: `mm-pipe-${taskId.slice('vt_'.length).toLowerCase()}`,
      object: 'mm.pipeline.chunk',
      ...echo,
      stream_info: {
        frame_index: standing.frame,
        total_frames: totalFrames,
        decoded_frames: standing.decoded,
        // "dropped_frames: all other source frames passed so far; their sum = frame_index + 1 − range start"
        dropped_frames: standing.frame + 1 - rangeStart - standing.decoded,
        fps,
        elapsed_ms: standing.elapsedMs,
        ...(standing.pts === null ? {} : { pts: standing.pts }),
      },
      delta: { results },
      finish_reason: reason,
    }
  }
}

/** Where a stream without a frame stands: before the first of its range, or on frame 0, which then counts as dropped. */
export function beforeFirst(rangeStart: number, elapsedMs: number): Standing {
  return { frame: Math.max(0, rangeStart - 1), pts: null, decoded: 0, elapsedMs }
}

function event(chunk: StreamChunk): string {
  return `data: ${JSON.stringify(chunk)}${END_OF_EVENT}`
}
