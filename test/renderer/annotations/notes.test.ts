import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../main/contract/index.ts'
import { drawingOf, pathOf, type Point, pointIn } from '../../../renderer/features/annotations/drawing.ts'
import { markersOf } from '../../../renderer/features/annotations/markers.ts'
import {
  countTypes,
  createNotes,
  type Draft,
  isNear,
  MOST_DRAWINGS,
  neighbour,
  shownNotes,
} from '../../../renderer/features/annotations/notes.ts'

const noteAt = (timestamp: number, more: Partial<Annotation> = {}): Annotation => ({
  annotationId: `note ${timestamp}`,
  videoId: 'video',
  authorId: 'author',
  authorName: 'Priya Nair',
  timestamp,
  title: 'Tape sags',
  description: null,
  type: 'info',
  url: null,
  drawings: [],
  outOfRange: false,
  createdAt: '2026-11-20T08:00:00Z',
  updatedAt: '2026-11-20T08:00:00Z',
  ...more,
})

const DRAFT: Draft = {
  annotationId: null,
  timestamp: 2,
  title: '',
  description: '',
  type: 'info',
  url: '',
  drawings: [],
}

describe('the types to show', () => {
  it('are all until one is chosen, then those chosen', () => {
    const notes = createNotes()
    notes.describe([noteAt(1), noteAt(2, { type: 'demo' }), noteAt(3, { type: 'bug-fix' })])
    const shown = (): number[] => shownNotes(notes.state.getState()).map(({ timestamp }) => timestamp)
    expect(shown()).toEqual([1, 2, 3])
    notes.toggleType('demo')
    notes.toggleType('bug-fix')
    expect(shown()).toEqual([2, 3])
    notes.toggleType('demo')
    expect(shown()).toEqual([3])
    notes.toggleType('bug-fix')
    expect(shown()).toEqual([1, 2, 3])
  })

  it('are counted', () => {
    expect(countTypes([noteAt(1), noteAt(2), noteAt(3, { type: 'demo' })])).toEqual({ info: 2, demo: 1 })
  })
})

describe('a draft', () => {
  it('takes drawings up to what the engine takes, and gives the last one back', () => {
    const notes = createNotes()
    notes.open(DRAFT)
    const box = (x: number) => ({ kind: 'box' as const, points: [[0, 0] as Point, [x, 1] as Point] })
    for (let index = 0; index <= MOST_DRAWINGS; index += 1) notes.draw(box(index / 100))
    expect(notes.state.getState().draft?.drawings).toHaveLength(MOST_DRAWINGS)
    notes.undoDrawing()
    expect(notes.state.getState().draft?.drawings.at(-1)).toEqual(box(0.48))
  })

  it('is what a pen needs: without one none is taken up', () => {
    const notes = createNotes()
    notes.take('arrow')
    expect(notes.state.getState().pen).toBeNull()
    notes.open(DRAFT)
    notes.take('arrow')
    notes.close()
    expect(notes.state.getState()).toMatchObject({ draft: null, pen: null })
  })
})

describe('the next note', () => {
  const notes = [noteAt(1), noteAt(4), noteAt(4, { annotationId: 'same time' }), noteAt(9)]
  const from = (time: number, step: 1 | -1, selected: string | null = null) =>
    neighbour(notes, { time, selected, frame: 0.04 }, step)?.annotationId

  it('is the nearest after or before', () => {
    expect(from(0, 1)).toBe('note 1')
    expect(from(1, 1)).toBe('note 4')
    expect(from(5, -1)).toBe('same time')
    expect(from(1, -1)).toBeUndefined()
    expect(from(9, 1)).toBeUndefined()
  })

  it('can lie at the same instant as the selected one', () => {
    expect(from(4, 1, 'note 4')).toBe('same time')
    expect(from(4, 1, 'same time')).toBe('note 9')
    expect(from(4, -1, 'same time')).toBe('note 4')
  })

  it('ignores a selected note that was left', () => {
    expect(from(8, 1, 'note 1')).toBe('note 9')
  })
})

it('lays drawings over the picture half a second around their note', () => {
  expect([1.5, 2, 2.5, 1.49, 2.51].map((time) => isNear({ timestamp: 2 }, time))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

describe('markers', () => {
  const whole = { range: { start: 0, end: 100 }, duration: 100 }

  it('are grouped where they overlap, and separate when zoomed in', () => {
    const notes = [noteAt(10), noteAt(11), noteAt(40)]
    expect(markersOf(notes, 10, whole).map(({ notes: some, x }) => [some.length, x])).toEqual([
      [2, 100],
      [1, 400],
    ])
    expect(markersOf(notes, 20, whole)).toHaveLength(3)
  })

  it('have a title where there is room for one', () => {
    const widths = markersOf([noteAt(10), noteAt(13), noteAt(20), noteAt(99)], 10, whole).map(
      ({ titleWidth }) => titleWidth,
    )
    expect(widths).toEqual([0, 60, 180, 0])
  })

  it('are those in view, and none after the end', () => {
    const notes = [noteAt(10), noteAt(50), noteAt(120, { outOfRange: true })]
    expect(markersOf(notes, 10, { range: { start: 40, end: 200 }, duration: 100 }).map(({ x }) => x)).toEqual([500])
  })
})

describe('a stroke', () => {
  const size = { width: 800, height: 400 }

  it('is measured in parts of the picture, wherever that lies, and kept within it', () => {
    const area = { left: 100, top: 50, width: 800, height: 400 } as DOMRectReadOnly
    expect(pointIn(area, 300, 150)).toEqual([0.25, 0.25])
    expect(pointIn(area, 0, 1000)).toEqual([0, 1])
  })

  it('of a box or an arrow is its two ends', () => {
    const stroke: Point[] = [
      [0.1, 0.1],
      [0.3, 0.9],
      [0.5, 0.2],
    ]
    expect(drawingOf('arrow', stroke, size)).toEqual({
      kind: 'arrow',
      points: [
        [0.1, 0.1],
        [0.5, 0.2],
      ],
    })
  })

  it('that is a slip of the hand draws nothing', () => {
    const stroke: Point[] = [
      [0.5, 0.5],
      [0.505, 0.505],
    ]
    for (const pen of ['box', 'arrow', 'freehand'] as const) expect(drawingOf(pen, stroke, size)).toBeNull()
    expect(drawingOf('box', [], size)).toBeNull()
  })

  it('by hand keeps its corners and ends, not what lies on a straight line', () => {
    const straight = Array.from({ length: 50 }, (_, index): Point => [0.1 + index / 100, 0.2])
    const stroke: Point[] = [...straight, [0.59, 0.8]]
    expect(drawingOf('freehand', stroke, size)?.points).toEqual([
      [0.1, 0.2],
      [0.59, 0.2],
      [0.59, 0.8],
    ])
  })

  it('by hand never has more points than the engine takes', () => {
    const wild = Array.from({ length: 4000 }, (_, index): Point => [index / 4000, ((index * 7919) % 13) / 13])
    const points = drawingOf('freehand', wild, size)?.points ?? []
    expect(points).toHaveLength(1000)
    expect([points[0], points.at(-1)]).toEqual([wild[0], wild.at(-1)])
  })

  it('is drawn in the pixels of the picture, however large it is', () => {
    const box = { kind: 'box' as const, points: [[0.25, 0.5] as Point, [0.5, 1] as Point] }
    expect(pathOf(box, size)).toBe('M200 200H400V400H200Z')
    expect(pathOf(box, { width: 1600, height: 800 })).toBe('M400 400H800V800H400Z')
    const arrow = pathOf({ ...box, kind: 'arrow' }, size)
    expect(arrow.startsWith('M200 200L400 400M')).toBe(true)
  })
})
