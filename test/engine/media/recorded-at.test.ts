import { describe, expect, it } from 'vitest'
import { FfprobeAnswer } from '../../../main/engine/media/ffprobe-answer.ts'
import { metadataOf } from '../../../main/engine/media/metadata.ts'

/** When a film with these tags was taken, as the library says it. */
function recordedAt(format: Record<string, string>, stream: Record<string, string> = {}): string | null {
  const answer = FfprobeAnswer.parse({
    streams: [{ index: 0, codec_type: 'video', codec_name: 'h264', width: 640, height: 360, tags: stream }],
    format: { format_name: 'mov,mp4,m4a,3gp,3g2,mj2', tags: format },
  })
  return metadataOf({ answer, audio: null }, answer.streams[0]!, 1, Buffer.alloc(0)).recordedAt
}

const APPLE = 'com.apple.quicktime.creationdate'

describe('when a film was taken', () => {
  it.each([
    ['2026-07-01T14:00:00+0200', '2026-07-01T12:00:00.000Z'],
    ['2026-07-01T14:00:00+02:00', '2026-07-01T12:00:00.000Z'],
    ['2026-07-01T14:00:00-0730', '2026-07-01T21:30:00.000Z'],
    ['2026-01-01T03:00:00+1300', '2025-12-31T14:00:00.000Z'],
    ['2026-07-01T14:00:00Z', '2026-07-01T14:00:00.000Z'],
  ])('is told in the camera’s zone as %s', (said, instant) => {
    expect(recordedAt({ [APPLE]: said })).toBe(instant)
  })

  it('is the camera’s own word where the container says something else', () => {
    const both = { [APPLE]: '2026-07-01T14:00:00+0200', creation_time: '2026-07-01T14:00:00.000000Z' }
    expect(recordedAt(both, { creation_time: '2020-01-01T00:00:00Z' })).toBe('2026-07-01T12:00:00.000Z')
  })

  it('is the container’s word before the stream’s, and the stream’s before none', () => {
    const [early, late] = ['2026-07-01T12:00:00.000000Z', '2026-07-02T12:00:00.000000Z']
    expect(recordedAt({ creation_time: early }, { creation_time: late })).toBe('2026-07-01T12:00:00.000Z')
    expect(recordedAt({}, { creation_time: late })).toBe('2026-07-02T12:00:00.000Z')
    expect(recordedAt({})).toBeNull()
  })

  it.each(['1904-01-01T00:00:00.000000Z', '1970-01-01T00:00:00Z', 'yesterday', '', '+020000-01-01T00:00:00Z'])(
    'is not %j: a clock that was never set',
    (said) => {
      expect(recordedAt({ creation_time: said })).toBeNull()
    },
  )
})
