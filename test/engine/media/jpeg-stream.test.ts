import { expect, it } from 'vitest'
import { JpegStream } from '../../../main/engine/media/jpeg-stream.ts'

const picture = (...inside: number[]): number[] => [0xff, 0xd8, ...inside, 0xff, 0xd9]

it('cuts a stream into whole pictures, wherever its chunks end', () => {
  const pictures = [picture(1, 2, 3), picture(0xff, 0, 4), picture()]
  const bytes = Buffer.from(pictures.flat())
  for (let size = 1; size <= bytes.length; size += 1) {
    const got: number[][] = []
    const stream = new JpegStream((jpeg) => got.push([...jpeg]))
    for (let at = 0; at < bytes.length; at += size) stream.add(bytes.subarray(at, at + size))
    expect(got).toEqual(pictures)
  }
})

it('gives no picture that is not whole', () => {
  const got: Buffer[] = []
  const stream = new JpegStream((jpeg) => got.push(jpeg))
  stream.add(Buffer.from([...picture(7), 0xff, 0xd8, 1, 2]))
  expect(got.map((jpeg) => [...jpeg])).toEqual([picture(7)])
})
