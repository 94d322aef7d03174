import { describe, expect, it } from 'vitest'
import type { StreamChunk } from '../../../main/contract/index.ts'
import { beforeFirst, ChunkWriter, END_OF_STREAM } from '../../../main/engine/pipeline/chunk-writer.ts'

const FACTS = { taskId: 'vt_01JH000000000000000000000A', model: 'mine', rangeStart: 10, totalFrames: 100, fps: 25 }

/** The events of a text, without the marks around them. */
function chunksOf(text: string): StreamChunk[] {
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice('data: '.length)) as StreamChunk)
}

describe('the events of a stream', () => {
  it('name the model in the first one only, and not in the first of a stream that goes on', () => {
    const standing = { frame: 10, pts: 0.4, decoded: 1, elapsedMs: 5 }
    const begun = new ChunkWriter(FACTS, true)
    const events = [begun.frame(standing, []), begun.frame(standing, [])].flatMap(chunksOf)
    expect(events.map(({ model }) => model)).toEqual(['mine', undefined])
    expect(chunksOf(new ChunkWriter(FACTS, false).frame(standing, []))[0]?.model).toBeUndefined()
  })

  it('count every frame of the range that was passed, emitted or dropped', () => {
    const writer = new ChunkWriter(FACTS, true)
    const told = [
      { frame: 10, pts: 0.4, decoded: 1, elapsedMs: 1 },
      { frame: 15, pts: 0.6, decoded: 2, elapsedMs: 2 },
      { frame: 16, pts: 0.64, decoded: 3, elapsedMs: 3 },
    ].map((standing) => chunksOf(writer.frame(standing, []))[0]!.stream_info)
    expect(told.map((info) => [info.decoded_frames, info.dropped_frames])).toEqual([
      [1, 0],
      [2, 4],
      [3, 4],
    ])
    for (const info of told) expect(info.decoded_frames + info.dropped_frames).toBe(info.frame_index + 1 - 10)
  })

  it('end with why they end, what was used, and the mark of the end', () => {
    const text = new ChunkWriter(FACTS, false).end(
      { frame: 16, pts: 0.64, decoded: 3, elapsedMs: 70 },
      { reason: 'stop' },
    )
    expect(text.endsWith(`\n\n${END_OF_STREAM}`)).toBe(true)
    expect(text.split('\n\n')).toHaveLength(3)
    expect(chunksOf(text)).toMatchObject([
      { finish_reason: 'stop', usage: { processed_frames: 3, processing_time_ms: 70 }, delta: { results: [] } },
    ])
  })

  it('of a stream without a frame stand before the first of its range, without a time', () => {
    expect(beforeFirst(10, 3)).toEqual({ frame: 9, pts: null, decoded: 0, elapsedMs: 3 })
    expect(beforeFirst(0, 3).frame).toBe(0)
    const error = { code: 'media_failed', message: 'No.' }
    const [only] = chunksOf(new ChunkWriter(FACTS, true).end(beforeFirst(10, 3), { reason: 'error', error }))
    expect(only).toMatchObject({ model: 'mine', finish_reason: 'error', error })
    expect(only?.stream_info).toMatchObject({ frame_index: 9, decoded_frames: 0, dropped_frames: 0 })
    expect(only?.stream_info).not.toHaveProperty('pts')
  })
})
