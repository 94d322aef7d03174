import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findLabels, readSubjects } from '../../bench/scenes/labels.mjs'
import { temporaryFolder } from '../support/temporary-folder.ts'

const entry = (cut: number) => ({ hard: [cut], gradual: [{ start: 20, end: 30 }], ignore: [[40, 50]] })
const write = (file: string, content: unknown) => writeFile(file, JSON.stringify(content))

test('labels beside a video are found, whatever way they are named', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'labelled'))
  await write(join(folder, 'one.mp4.cuts.json'), entry(1))
  await write(join(folder, 'two.cuts.json'), { hard: [2] })
  await write(join(folder, 'cuts.json'), { three: { file: 'three.mp4', ...entry(3) } })
  await write(join(folder, 'labelled', 'cuts.json'), {
    four: { file: 'four.mp4', ...entry(4) },
    five: { file: 'labelled/five.mp4', ...entry(5) },
  })
  expect(await findLabels(join(folder, 'one.mp4'))).toEqual(entry(1))
  expect(await findLabels(join(folder, 'two.mp4'))).toEqual({ hard: [2], gradual: [], ignore: [] })
  expect(await findLabels(join(folder, 'three.mp4'))).toEqual(entry(3))
  expect(await findLabels(join(folder, 'four.mp4'))).toEqual(entry(4))
  expect(await findLabels(join(folder, 'labelled', 'five.mp4'))).toEqual(entry(5))
  expect(await findLabels(join(folder, 'six.mp4'))).toBeNull()
})

test('a labels file on the command line belongs to the video before it', async () => {
  const folder = await temporaryFolder()
  await write(join(folder, 'other.json'), entry(7))
  const [first, second] = await readSubjects(['a.mp4', 'b.mp4', 'other.json'], folder)
  expect(first).toEqual({ file: join(folder, 'a.mp4'), labels: null })
  expect(second).toEqual({ file: join(folder, 'b.mp4'), labels: entry(7) })
  await expect(readSubjects(['b.mp4', 'missing.json'], folder)).rejects.toThrow('says nothing about')
})
