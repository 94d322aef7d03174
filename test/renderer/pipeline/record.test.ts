import { describe, expect, it } from 'vitest'
import { ClassCounts, MOST_BINS } from '../../../renderer/features/pipeline/record/class-counts.ts'
import { classColours } from '../../../renderer/features/pipeline/record/colours.ts'
import { inFrame, sightingsAt } from '../../../renderer/features/pipeline/record/sightings.ts'
import { bytesOf, chunksOf, closingOf, recordOf, type Told } from './stream.ts'

const car = (id: number | null, left = 100, confidence = 0.9): Told => [id, 'car', confidence, left]

describe('a record', () => {
  it('keeps when each frame is shown, and the bytes of its event', () => {
    const chunks = chunksOf([[car(1)], [], [car(1)]])
    const record = recordOf(chunks)
    const bytes = bytesOf(chunks)
    expect(record.frameCount).toBe(3)
    expect(record.times.at(2)).toBeCloseTo(0.4)
    expect(record.frameNumbers.at(2)).toBe(10)
    const [offset, length] = [record.offsets.at(1), record.lengths.at(1)]
    expect(new TextDecoder().decode(bytes.slice(offset, offset + length))).toBe(
      `data: ${JSON.stringify(chunks[1])}\n\n`,
    )
    expect(record.model).toBe('local')
  })

  it('joins what was seen in frames in a row, and leaves gaps as gaps', () => {
    const record = recordOf(chunksOf([[car(1)], [car(1), car(2)], [car(2)], [car(1)]]))
    expect(record.track(1)?.runs).toEqual([
      { first: 0, last: 1 },
      { first: 3, last: 3 },
    ])
    expect(record.track(2)?.runs).toEqual([{ first: 1, last: 2 }])
  })

  it('calls a track what its confidences add up to, and knows its best frame', () => {
    const record = recordOf(
      chunksOf([[[1, 'truck', 0.6, 0]], [[1, 'car', 0.5, 0]], [[1, 'car', 0.95, 0]], [[1, 'truck', 0.2, 0]]]),
    )
    const track = record.track(1)!
    expect(record.className(track.classIndex)).toBe('car')
    expect(track.best).toBe(2)
    expect(track.frames.at(track.best)).toBe(2)
  })

  it('takes an end that brings no frame for no frame', () => {
    const chunks = chunksOf([[car(1)], [car(1)]])
    const record = recordOf([...chunks, closingOf(chunks[1]!, 'cancelled')], true)
    expect(record.frameCount).toBe(2)
    expect(record.closing).toMatchObject({ reason: 'cancelled', usage: { processed_frames: 2 } })
    expect(record.unreadable).toBe(0)
  })

  it('goes on after an event that cannot be read', () => {
    const record = recordOf(chunksOf([[car(1)]]))
    record.add({ data: '{"half', offset: 0, length: 1 })
    record.add({ data: 'null', offset: 0, length: 1 })
    expect(record).toMatchObject({ unreadable: 2, frameCount: 1 })
  })

  it('grows over its first room', () => {
    const record = recordOf(chunksOf(Array.from({ length: 1000 }, (_, at) => [car(1, at)])))
    expect(record.frameCount).toBe(1000)
    expect(inFrame(record, 999)[0]?.box.left).toBe(999)
    expect(record.frameAt(record.times.at(700))).toBe(700)
    expect(record.frameOfNumber(3500)).toBe(700)
    expect(record.frameOfNumber(3501)).toBe(-1)
  })
})

describe('colours of tracks', () => {
  it('are the lowest that no track in frame has, for life', () => {
    const record = recordOf(
      chunksOf([
        [car(1), car(2)],
        [car(2), car(3)],
        [car(1), car(3), car(4)],
      ]),
    )
    const colour = (id: number) => record.track(id)?.colour
    expect([1, 2, 3, 4].map(colour)).toEqual([1, 2, 1, 2])
  })

  it('repeat only where nine are in frame', () => {
    const record = recordOf(chunksOf([Array.from({ length: 9 }, (_, at) => car(at + 1))]))
    expect(record.tracks.map(({ colour }) => colour)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1])
  })

  it('of classes are those of the design, and others do not take them', () => {
    expect(classColours(['dog', 'person', 'car', 'cat'])).toEqual([3, 2, 1, 6])
  })
})

describe('what is drawn over a frame', () => {
  const record = recordOf(chunksOf([[car(1, 0), car(null, 10)], [car(1, 50), car(2, 0)], [car(2, 10)]]))

  it('is what was seen in it', () => {
    const { kind, list } = sightingsAt(record, 0.2, 5)
    expect(kind).toBe('seen')
    expect(list.map(({ trackId, box }) => [trackId, box.left])).toEqual([
      [1, 50],
      [2, 0],
    ])
  })

  it('lies between both neighbours where the frame was skipped, for what both have', () => {
    const { kind, list } = sightingsAt(record, 0.08, 2)
    expect(kind).toBe('between')
    expect(list.map(({ trackId, box }) => [trackId, box.left])).toEqual([[1, 20]])
  })

  it('is found by time while frames are not counted', () => {
    expect(sightingsAt(record, 0.201, null)).toMatchObject({ kind: 'seen', frame: 1 })
    expect(sightingsAt(record, 0.24, null)).toMatchObject({ kind: 'between', frame: 1 })
  })

  it('is nothing before the first, behind the last, and in a long gap', () => {
    expect(sightingsAt(record, 1, 25).list).toEqual([])
    const late = recordOf(chunksOf([[car(1)], [car(1)]], { stride: 100 }))
    expect(sightingsAt(late, 2, 50).list).toEqual([])
  })
})

describe('counts over time', () => {
  it('keep the fullest frame of each moment, in so many moments at most', () => {
    const counts = new ClassCounts()
    for (let at = 0; at < 5000; at += 1) counts.add(at, [at === 1234 ? 9 : 1, 2])
    expect(counts.moments.length).toBeLessThanOrEqual(MOST_BINS)
    expect(counts.most).toBe(11)
    expect(counts.moments[Math.floor(1234 / counts.width)]).toEqual([9, 2])
    expect(counts.moments[0]).toEqual([1, 2])
  })
})
