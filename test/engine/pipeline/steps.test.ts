import { describe, expect, it } from 'vitest'
import type { TaskStep } from '../../../main/contract/index.ts'
import { Frame } from '../../../main/engine/pipeline/frame.ts'
import { stagesOf } from '../../../main/engine/pipeline/steps.ts'
import { toStream } from '../../../main/engine/pipeline/target.ts'
import type { Box, Detection, DecodedFrame, TextLine } from '../../../main/engine/models/index.ts'

const SIZE = { width: 200, height: 100 }

const box = (left: number): Box => ({ left, top: 10, width: 10, height: 20 })
const SEEN: Detection[] = [
  { className: 'car', confidence: 0.912_345, box: box(1) },
  { className: 'person', confidence: 0.8, box: box(20) },
  { className: 'truck', confidence: 0.6, box: box(40) },
  { className: 'car', confidence: 0.3, box: box(60) },
]

/** A picture of half the displayed size, and what was asked of it. */
function picture(lines: TextLine[] = []) {
  const asked: string[] = []
  const answers: DecodedFrame = {
    ...{ position: 0, width: 100, height: 50 },
    detect: async ({ minimumConfidence }) => {
      asked.push(`detect ${minimumConfidence}`)
      return SEEN.filter(({ confidence }) => confidence > minimumConfidence)
    },
    read: async (boxes) => {
      asked.push(`read ${boxes ? boxes.map(({ left }) => left).join(' ') : 'all'}`)
      return (boxes ?? [null]).map(() => lines)
    },
    embed: async (boxes) => {
      asked.push(`embed ${boxes.length}`)
      return boxes.map(() => Float32Array.from([3, 4]))
    },
    release: () => undefined,
  }
  return { asked, frame: new Frame(answers, SIZE) }
}

async function through(steps: TaskStep[], lines?: TextLine[]) {
  const { asked, frame } = picture(lines)
  const stages = stagesOf(steps)
  await stages.find(frame)
  await stages.describe(frame)
  return {
    asked,
    stages,
    faint: frame.weakTargets.length,
    targets: frame.targets.map((target) => toStream(target, SIZE)),
  }
}

const line = (text: string, confidence: number, x: number): TextLine => ({
  ...{ text, confidence },
  corners: [
    [x, 5],
    [x + 10, 5],
    [x + 10, 9],
    [x, 9],
  ],
})

describe('steps', () => {
  it('find targets in displayed pixels, the faint ones apart', async () => {
    const { targets, faint } = await through([{ model: 'detect' }])
    expect(targets[0]).toEqual({ class: 'car', confidence: 0.9123, roi: { left: 2, top: 20, width: 20, height: 40 } })
    expect([targets.length, faint]).toEqual([3, 1])
  })

  it('find what was asked for, by the name it was asked by', async () => {
    const steps = [{ model: 'detect', parameters: { classes: ['automobile', 'person'], min_confidence: 0.2 } }]
    const { targets, stages } = await through(steps)
    expect(targets.map((target) => target.class)).toEqual(['automobile', 'person', 'automobile'])
    expect(stages.minimumConfidence).toBe(0.2)
  })

  it('work on targets that meet every condition, and hand on the others unchanged in their places', async () => {
    const when = { class_is: ['automobile', 'truck'], min_confidence: 0.7 }
    const { targets, asked } = await through(
      [{ model: 'detect' }, { model: 'ocr', when }, { model: 'feature' }],
      [line('A', 0.9, 5)],
    )
    expect(targets.map((target) => [target.class, target.text?.map(({ text }) => text) ?? null])).toEqual([
      ['car', ['A']],
      ['person', null],
      ['truck', null],
    ])
    expect(targets.map(({ feature }) => feature)).toEqual(Array.from({ length: 3 }, () => ({ dim: 2, norm: 5 })))
    expect(asked.slice(1)).toEqual(['read 1', 'embed 3'])
  })

  it('read the whole frame into one target where nothing before finds any', async () => {
    const lines = [line('ONE', 0.9, 10), line('TWO', 0.8, 40), line('noise', 0.2, 80)]
    const { targets, asked } = await through([{ model: 'ocr' }], lines)
    expect(asked).toEqual(['read all'])
    expect(targets).toMatchObject([
      {
        ...{ class: 'text', confidence: 0.9, roi: { left: 20, top: 10, width: 80, height: 8 } },
        text: [{ text: 'ONE', roi: { left: 20, top: 10, width: 20, height: 8 } }, { text: 'TWO' }],
      },
    ])
    expect((await through([{ model: 'ocr' }], [])).targets).toEqual([])
  })

  it('have nothing to do without targets', async () => {
    const { targets, asked } = await through([{ model: 'feature' }])
    expect([targets, asked]).toEqual([[], []])
  })

  it('send the vector itself when asked', async () => {
    const { targets } = await through([{ model: 'detect' }, { model: 'feature', parameters: { include_vector: true } }])
    expect(targets[0]?.feature).toEqual({ dim: 2, norm: 5, vector: [3, 4] })
  })

  it.each<[what: string, step: TaskStep, details: object]>([
    ['an unknown model', { model: 'taste' }, { models: ['detect', 'ocr', 'feature'] }],
    ['a confidence above 1', { model: 'ocr', parameters: { min_confidence: 7 } }, {}],
    ['no class', { model: 'detect', parameters: { classes: [] } }, {}],
    ['an unknown class', { model: 'detect', parameters: { classes: ['cat', 'yeti'] } }, { unknown: ['yeti'] }],
  ])('are not made of %s', (_what, step, details) => {
    const error = expect.objectContaining({
      code: 'invalid_input',
      details: expect.objectContaining(details) as object,
    })
    expect(() => stagesOf([step])).toThrow(error as Error)
  })
})
