import { describe, expect, it } from 'vitest'
import type { Task } from '../../../main/contract/index.ts'
import { fileNameOf } from '../../../renderer/shared/files/save.ts'
import { motTable, sightingTable, trackTable } from '../../../renderer/features/pipeline/exporting/tables.ts'
import { barsOf } from '../../../renderer/features/pipeline/lanes/bars.ts'
import { ordered } from '../../../renderer/features/pipeline/lanes/order.ts'
import { PLAYING_KEYS, TASK_KEYS } from '../../../renderer/features/pipeline/page/task-keys.ts'
import { bindingOf } from '../../../renderer/shared/keys/key-map.ts'
import { areasOf, levelsOf } from '../../../renderer/features/pipeline/pane/areas.ts'
import { eventText } from '../../../renderer/features/pipeline/pane/event-text.ts'
import { resultRows, sorted } from '../../../renderer/features/pipeline/pane/result-rows.ts'
import { ClassCounts } from '../../../renderer/features/pipeline/record/class-counts.ts'
import { progressOf, rangeText, samplingText, stepText } from '../../../renderer/features/pipeline/task-text.ts'
import { chunksOf, recordOf, type Told } from './stream.ts'

const car = (id: number | null, left = 100, confidence = 0.9): Told => [id, 'car', confidence, left]

describe('lanes', () => {
  const record = recordOf(chunksOf([[car(1)], [car(1)], [], [car(1)], []]))
  const track = record.track(1)!

  it('show gaps, and each detection until the next sampled frame', () => {
    const bars = barsOf(record, track, { pixelsPerSecond: 100, left: 0, width: 1000 })
    expect(bars.map(({ left, width }) => [Math.round(left), Math.round(width)])).toEqual([
      [0, 40],
      [60, 20],
    ])
  })

  it('contain only what is in view, and join what falls into one pixel', () => {
    expect(barsOf(record, track, { pixelsPerSecond: 100, left: 50, width: 1000 })).toHaveLength(1)
    expect(barsOf(record, track, { pixelsPerSecond: 100, left: 0, width: 30 })).toHaveLength(1)
    expect(barsOf(record, track, { pixelsPerSecond: 1, left: 0, width: 1000 })).toHaveLength(1)
  })

  it('come by start, by class or the longest first', () => {
    const some = recordOf(chunksOf([[[1, 'truck', 0.9, 0]], [car(2)], [car(2), [3, 'bus', 0.9, 0]]]))
    const ids = (order: 'start' | 'class' | 'longest') => ordered(some, order).map(({ id }) => id)
    expect(ids('start')).toEqual([1, 2, 3])
    expect(ids('class')).toEqual([3, 2, 1])
    expect(ids('longest')[0]).toBe(2)
  })
})

describe('the chart', () => {
  it('stacks each class on those before it, in one outline per run', () => {
    const counts = new ClassCounts()
    counts.add(0, [1, 1])
    counts.add(1, [2, 1])
    counts.add(2, [2])
    const [cars, trucks] = areasOf(counts, 2, { width: 300, height: 100, start: 0, end: 3, most: 3 })
    expect(cars).toMatch(/^M0\.0 100\.0V68\.7H100\.0V37\.3/)
    expect(cars!.match(/M/g)).toHaveLength(1)
    expect(trucks).toMatch(/^M0\.0 68\.7V37\.3H100\.0V6\.0H200\.0V37\.3H100\.0V68\.7H0\.0Z$/)
  })

  it('has whole numbers at its lines', () => {
    expect([levelsOf(0), levelsOf(1), levelsOf(3), levelsOf(8)]).toEqual([
      [0, 1],
      [0, 1],
      [0, 2, 4],
      [0, 4, 8],
    ])
  })
})

describe('tables', () => {
  const record = recordOf(chunksOf([[car(1, 10, 0.91), [null, 'person', 0.5, 30]], [car(1, 20, 0.95)]]))

  it('are what MOT tools read: frames and pixels from 1', () => {
    expect(motTable(record).join('')).toBe(
      '1,1,11,51,40,80,0.91,-1,-1,-1\n1,-1,31,51,40,80,0.5,-1,-1,-1\n6,1,21,51,40,80,0.95,-1,-1,-1\n',
    )
  })

  it('have a line for each sighting and each track', () => {
    expect(sightingTable(record).join('').split('\n').slice(0, 2)).toEqual([
      'frame,time,track_id,class,confidence,left,top,width,height,text',
      '0,0.000000,1,car,0.91,10,50,40,80,',
    ])
    expect(trackTable(record)[1]).toBe('1,car,0,5,0.000000,0.200000,2,0.95\n')
  })

  it('keep text that was read from being taken for columns or formulas', () => {
    const [chunk] = chunksOf([[[1, 'text', 0.9, 0]]])
    chunk!.delta.results[0]!.targets[0]!.text = [
      { text: '=A1, "x"', confidence: 1, roi: { left: 0, top: 0, width: 1, height: 1 } },
    ]
    expect(sightingTable(recordOf([chunk!]))[1]).toContain(`,"'=A1, ""x"""\n`)
  })

  it('get a file name that every system takes', () => {
    expect(fileNameOf('a/b: "c"?.')).toBe('a b c')
    expect(fileNameOf('///')).toBe('task')
  })
})

describe('words', () => {
  it('say what an event tells, of the selected track first', () => {
    const record = recordOf(chunksOf([[car(1), car(2, 0, 0.5), car(3), car(4)], []]))
    expect(eventText(record, 0, null)).toBe('1 car .90, 2 car .50, 3 car .90, and 1 more')
    expect(eventText(record, 0, 2)).toBe('2 car .50, and 3 more')
    expect(eventText(record, 1, null)).toBe('nothing')
  })

  it('say what is asked', () => {
    expect(samplingText({})).toBe('1 fps')
    expect(samplingText({ sampling: { mode: 'interval', value: 3 } })).toBe('every 3 s')
    expect(rangeText({ range: { start: 10, unit: 'frames' } })).toBe('from frame 10')
    expect(rangeText({ range: { start: 161, end: 199 } })).toBe('2:41-3:19')
    expect(stepText({ model: 'ocr', when: { class_is: ['truck'], min_confidence: 0.7 } })).toBe('when truck, over 0.70')
  })

  it('say how far a task is', () => {
    const task = { processedFrames: 463, dueFrames: 750, startedAt: '2026-04-12T09:52:00Z', secondsLeft: 24 } as Task
    expect(progressOf(task, Date.parse('2026-04-12T09:52:38.6Z'))).toEqual({
      share: 463 / 750,
      done: '463 of 750 frames, 61%',
      rate: '12.0 frames/s, 24 s left',
    })
    expect(progressOf({ ...task, dueFrames: null }).share).toBeNull()
  })
})

it('puts results in any order, ties by track', () => {
  const rows = resultRows(recordOf(chunksOf([[car(1), [2, 'bus', 0.8, 0], car(3, 0, 0.99)]])))
  expect(sorted(rows, 'best', true).map(({ id }) => id)).toEqual([3, 1, 2])
  expect(sorted(rows, 'className', false).map(({ id }) => id)).toEqual([2, 1, 3])
})

describe('keys', () => {
  const press = (key: string, more = {}) =>
    bindingOf([...TASK_KEYS, ...PLAYING_KEYS], {
      key,
      shiftKey: false,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      ...more,
    })?.command ?? null

  it('are the player’s, and a task’s own', () => {
    expect([press(' '), press('b'), press('ArrowUp'), press('1')]).toEqual([
      'toggle',
      'boxes',
      'previousAnalysed',
      'firstView',
    ])
  })

  it('leave what means nothing here, and combinations with Ctrl', () => {
    expect([press('a'), press('i'), press('b', { ctrlKey: true })]).toEqual([null, null, null])
  })
})
