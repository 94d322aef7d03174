import path from 'node:path'
import { expect, test } from 'vitest'
import type { ModelClient, TextLine } from '../../main/engine/models/index.ts'
import truth from '../fixtures/reading/truth.json' with { type: 'json' }
import { decoderOf, lookAt, openModels } from '../support/models.ts'
import { characterErrors } from './character-errors.ts'

const PICTURES = path.resolve('test/fixtures/reading')

interface Truth {
  /** In reading order. */
  lines: string[]
  /** Letters of a script that has no small and capital ones. */
  ignoreCase?: boolean
  /** Where something stands that people cannot read either. */
  ignore?: { left: number; top: number; width: number; height: number }[]
}

async function read(models: ModelClient, name: keyof typeof truth): Promise<TextLine[]> {
  const [width = 0, height = 0] = truth[name].size
  const decoder = await decoderOf(['-i', path.join(PICTURES, name)], [width, height])
  return (await lookAt(models, decoder, (picture) => picture.read(null)))[0]!
}

/** As one text: spaces count, but not how many. */
function joined(lines: readonly string[], ignoreCase = false): string {
  const text = lines.join(' ').normalize('NFKC').replaceAll(/\s+/g, ' ').trim()
  return ignoreCase ? text.toLowerCase() : text
}

test(
  'reads rendered and photographed frames with at most 3 % of the characters wrong',
  { timeout: 300_000 },
  async () => {
    const models = openModels()
    const told: string[] = []
    let [errors, characters] = [0, 0]
    for (const [file, { lines, ignoreCase, ignore = [] }] of Object.entries<Truth>(truth)) {
      const found = (await read(models, file as keyof typeof truth)).filter(({ corners }) => {
        const [x, y] = [(corners[0][0] + corners[2][0]) / 2, (corners[0][1] + corners[2][1]) / 2]
        return !ignore.some(
          (box) => x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height,
        )
      })
      const wanted = joined(lines, ignoreCase)
      const text = joined(
        found.map((line) => line.text),
        ignoreCase,
      )
      const wrong = characterErrors(wanted, text)
      if (wrong > 0) told.push(`${file}: ${wrong} of ${wanted.length}\n  ${wanted}\n  ${text}`)
      errors += wrong
      characters += wanted.length
    }
    expect(Object.keys(truth).length).toBeGreaterThanOrEqual(20)
    expect(errors / characters, told.join('\n')).toBeLessThanOrEqual(0.03)
  },
)

test('gives the corners of a turned line, clockwise from where reading begins', async () => {
  const lines = await read(openModels(), 'upside-down.jpg')
  const [start, end, , below] = lines[0]!.corners
  expect(lines[0]!.text).toBe('Assembly instructions')
  // on its head, it runs from right to left, and its letters stand above its line
  expect(start[0]).toBeGreaterThan(end[0] + 200)
  expect(Math.abs(start[1] - end[1])).toBeLessThan(10)
  expect(below[1]).toBeLessThan(start[1] - 20)
})

test('reads within boxes only, and tells places of the whole picture', async () => {
  const decoder = await decoderOf(['-i', path.join(PICTURES, 'slide.jpg')], [640, 360])
  const boxes = [
    { left: 40, top: 110, width: 560, height: 60 },
    { left: 500, top: 300, width: 100, height: 50 },
  ]
  const [first, second] = await lookAt(openModels(), decoder, (picture) => picture.read(boxes))
  expect(first!.map(({ text }) => text)).toEqual(['Revenue grew by 12.5 % to $4,318,000'])
  const ys = first![0]!.corners.map(([, y]) => y)
  expect(Math.min(...ys)).toBeGreaterThan(115)
  expect(Math.max(...ys)).toBeLessThan(170)
  expect(second).toEqual([])
})

test('a picture without text has none', async () => {
  const decoder = await decoderOf(['-f', 'lavfi', '-i', 'color=gray:s=320x180'], [320, 180], ['-frames:v', '1'])
  expect(await lookAt(openModels(), decoder, (picture) => picture.read(null))).toEqual([[]])
})
