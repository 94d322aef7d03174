import { describe, expect, it } from 'vitest'
import type { EngineError } from '../../../main/contract/index.ts'
import { Annotations } from '../../../main/engine/annotations/index.ts'
import { newDatabase } from '../../support/database.ts'
import { SharedLibrary } from '../../support/shared-library.ts'

async function open(video: { durationSeconds?: number; type?: string } = { durationSeconds: 60, type: 'demo' }) {
  const library = new SharedLibrary(await newDatabase())
  const told: string[] = []
  const annotations = new Annotations({ ...library.parts, onChange: (videoId) => told.push(videoId) })
  const mara = library.person('Mara')
  const videoId = library.link(mara, video)
  const asked = { videoId, showcase: false }
  const note = (timestamp: number, more: object = {}) =>
    annotations.create(asked, { timestamp, title: `At ${timestamp}`, type: 'info', ...more }, mara)
  const titles = () => annotations.list(asked, null).map(({ title }) => title)
  return { library, annotations, told, mara, ben: library.person('Ben'), videoId, asked, note, titles }
}

const failure = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    return (error as EngineError).code
  }
}

describe('annotations', () => {
  it('come in the order of time, then of their making, and by type', async () => {
    const { annotations, note, asked, titles } = await open()
    for (const [at, title] of [
      [30, 'c'],
      [5, 'a'],
      [30, 'd'],
      [12.5, 'b'],
    ] as const)
      note(at, { title })
    note(40, { title: 'e', type: 'bug-fix' })
    expect(titles()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect([annotations.count(asked.videoId), annotations.count(null)]).toEqual([5, 5])
    expect(annotations.list(asked, 'bug-fix').map(({ title }) => title)).toEqual(['e'])
  })

  it('lie within the video: its very end is within, and an unknown length says nothing', async () => {
    const { note } = await open()
    expect(note(60)).toMatchObject({ timestamp: 60, outOfRange: false })
    expect(failure(() => note(60.01))).toBe('time_out_of_range')
    expect((await open({})).note(1e6).outOfRange).toBe(false)
  })

  it('keep their place when the video gets shorter, and say so', async () => {
    const { library, annotations, note, asked, videoId, mara } = await open()
    const { annotationId } = note(50)
    library.publish(videoId, { durationSeconds: 20 })
    expect(annotations.list(asked, null)).toMatchObject([{ timestamp: 50, outOfRange: true }])
    const one = { ...asked, annotationId }
    expect(annotations.update(one, { title: 'Still here' }, mara)).toMatchObject({ title: 'Still here', timestamp: 50 })
    expect(failure(() => annotations.update(one, { timestamp: 21 }, mara))).toBe('time_out_of_range')
    expect(annotations.update(one, { timestamp: 20 }, mara).outOfRange).toBe(false)
  })

  it('are written by the owner of the video and admins, read by any signed-in user', async () => {
    const { library, annotations, note, asked, ben } = await open()
    const { annotationId } = note(1)
    const one = { ...asked, annotationId }
    const facts = { timestamp: 2, title: 'x', type: 'demo' as const }
    expect(failure(() => annotations.create(asked, facts, ben))).toBe('forbidden')
    expect(failure(() => annotations.update(one, { title: 'y' }, ben))).toBe('forbidden')
    expect(failure(() => annotations.delete(one, ben))).toBe('forbidden')
    expect(annotations.create(asked, facts, library.owner).authorName).toBe('owner')
    expect(annotations.list(asked, null).length).toBe(2)
  })

  it('of a showcase are those of a demo', async () => {
    const { annotations, asked, mara } = await open({ type: 'tutorial' })
    const showcase = { ...asked, showcase: true }
    expect(failure(() => annotations.list(showcase, null))).toBe('not_found')
    const facts = { timestamp: 2, title: 'x', type: 'demo' as const }
    expect(failure(() => annotations.create(showcase, facts, mara))).toBe('not_found')
    expect(failure(() => annotations.create(asked, facts, mara))).toBe('none')
  })

  it('hold what was drawn on the frame, and lose only what is taken away', async () => {
    const { annotations, note, asked, mara, told, videoId } = await open()
    const drawings = [
      {
        kind: 'box' as const,
        points: [
          [0, 0],
          [0.5, 1],
        ] as [number, number][],
      },
    ]
    const { annotationId } = note(3, { drawings, url: 'https://example.com/', description: 'Here' })
    const one = { ...asked, annotationId }
    const kept = annotations.update(one, { type: 'feature', url: null }, mara)
    expect(kept).toMatchObject({ drawings, url: null, description: 'Here', type: 'feature' })
    expect(annotations.update(one, { drawings: [] }, mara).drawings).toEqual([])
    expect(told).toEqual([videoId, videoId, videoId])
  })

  it('come back when their deletion is undone in time', async () => {
    const { annotations, note, asked, mara, titles } = await open()
    const one = { ...asked, annotationId: note(1).annotationId }
    expect(failure(() => annotations.restore(one, mara))).toBe('not_found')
    annotations.delete(one, mara)
    expect(titles()).toEqual([])
    expect(failure(() => annotations.delete(one, mara))).toBe('not_found')
    annotations.purge()
    annotations.restore(one, mara)
    expect(titles()).toEqual(['At 1'])
    annotations.delete(one, mara)
    annotations.purge(Date.now() + 11 * 60_000)
    expect(failure(() => annotations.restore(one, mara))).toBe('not_found')
  })

  it('go with their video, and come back with it', async () => {
    const { library, annotations, note, asked, titles, videoId } = await open()
    note(1)
    library.hide(videoId)
    expect(failure(() => annotations.list(asked, null))).toBe('not_found')
    library.hide(videoId, false)
    expect(titles()).toEqual(['At 1'])
    library.purge(videoId)
    expect(library.database.prepare('SELECT * FROM annotations').all()).toEqual([])
  })

  it('are found only below their own video', async () => {
    const { library, annotations, note, asked, mara } = await open()
    const { annotationId } = note(1)
    const other = library.link(mara, { type: 'demo' })
    expect(failure(() => annotations.delete({ ...asked, videoId: other, annotationId }, mara))).toBe('not_found')
  })
})
