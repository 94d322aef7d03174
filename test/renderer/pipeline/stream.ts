import type { StreamChunk, StreamTarget } from '../../../main/contract/index.ts'
import { SseParser } from '../../../renderer/features/pipeline/record/sse.ts'
import { TaskRecord } from '../../../renderer/features/pipeline/record/task-record.ts'

/** One target: track, class, confidence, and where its box's left side is. */
export type Told = readonly [trackId: number | null, className: string, confidence: number, left: number]

export function targetOf([trackId, className, confidence, left]: Told): StreamTarget {
  const roi = { left, top: 50, width: 40, height: 80 }
  return { ...(trackId !== null && { track_id: trackId }), class: className, confidence, roi }
}

interface ChunkOptions {
  /** Frames a second of the video, and every which of them is looked at. */
  readonly fps?: number
  readonly stride?: number
}

/** The events of frames at a steady stride, as the engine tells them. */
export function chunksOf(
  frames: readonly (readonly Told[])[],
  { fps = 25, stride = 5 }: ChunkOptions = {},
): StreamChunk[] {
  return frames.map((targets, at) => ({
    id: 'vt_01HZ0000000000000000000000',
    object: 'mm.pipeline.chunk',
    ...(at === 0 && { model: 'local' }),
    stream_info: {
      frame_index: at * stride,
      total_frames: 1000,
      decoded_frames: at + 1,
      dropped_frames: at * (stride - 1),
      fps,
      elapsed_ms: at * 80,
      pts: (at * stride) / fps,
    },
    delta: { results: [{ index: 0, targets: targets.map(targetOf) }] },
    finish_reason: null,
  }))
}

export function closingOf(last: StreamChunk, reason: NonNullable<StreamChunk['finish_reason']>): StreamChunk {
  const usage = { processed_frames: last.stream_info.decoded_frames, processing_time_ms: 900 }
  return { ...last, delta: { results: [] }, finish_reason: reason, usage }
}

/** The bytes of a stream. */
export function bytesOf(chunks: readonly StreamChunk[], done = false): Uint8Array {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
  return new TextEncoder().encode(events.join('') + (done ? 'data: [DONE]\n\n' : ''))
}

export function recordOf(chunks: readonly StreamChunk[], done = false): TaskRecord {
  const record = new TaskRecord()
  for (const event of new SseParser().push(bytesOf(chunks, done))) record.add(event)
  return record
}
