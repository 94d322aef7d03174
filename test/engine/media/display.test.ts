import { describe, expect, it } from 'vitest'
import { displaySizeOf, rotationOf } from '../../../main/engine/media/display.ts'
import { FfprobeAnswer, ratio } from '../../../main/engine/media/ffprobe-answer.ts'
import { formatNameOf } from '../../../main/engine/media/format-name.ts'

function stream(more: object) {
  return FfprobeAnswer.parse({ streams: [{ index: 0, codec_type: 'video', ...more }], format: {} }).streams[0]!
}

describe('how a picture is turned', () => {
  it.each([
    [0, 0],
    [-90, 90],
    [90, 270],
    [180, 180],
    [-180, 180],
    [270, 90],
    [-89.6, 90],
    [360, 0],
  ])('by a matrix of %d degrees: %d clockwise', (rotation, clockwise) => {
    expect(rotationOf(stream({ side_data_list: [{}, { rotation }] }))).toBe(clockwise)
  })

  it('by a tag of old releases, which the matrix overrules', () => {
    expect(rotationOf(stream({ tags: { rotate: '90' } }))).toBe(90)
    expect(rotationOf(stream({ tags: { rotate: '90' }, side_data_list: [{ rotation: 180 }] }))).toBe(180)
    expect(rotationOf(stream({ tags: { rotate: 'sideways' } }))).toBe(0)
  })
})

describe('the size of a picture as it is displayed', () => {
  it.each([
    ['1:1', 0, 640, 480],
    ['32:27', 0, 759, 480],
    ['8:9', 0, 640, 540],
    ['0:1', 0, 640, 480],
    ['1:1', 90, 480, 640],
    ['32:27', -90, 480, 759],
    ['32:27', 180, 759, 480],
  ])('with pixels of %s and turned by %d', (aspect, rotation, width, height) => {
    const size = { width: 640, height: 480, sample_aspect_ratio: aspect, side_data_list: [{ rotation }] }
    expect(displaySizeOf(stream(size))).toEqual({ width, height })
  })

  it('is not known of a picture without one', () => {
    expect(displaySizeOf(stream({ width: 0, height: 480 }))).toBeNull()
    expect(displaySizeOf(stream({}))).toBeNull()
  })
})

describe('what ffprobe says', () => {
  it.each([
    ['30000/1001', 30000 / 1001],
    ['25/1', 25],
    ['0/0', null],
    ['1/0', null],
    ['-1/1', null],
    ['', null],
    [undefined, null],
  ])('%s is a rate of %d', (text, value) => {
    expect(ratio(text)).toBe(value)
  })

  it.each([
    ['mov,mp4,m4a,3gp,3g2,mj2', 'isom', '', 'mp4'],
    ['mov,mp4,m4a,3gp,3g2,mj2', 'qt  ', '', 'mov'],
    ['mov,mp4,m4a,3gp,3g2,mj2', undefined, '', 'mov'],
    ['mov,mp4,m4a,3gp,3g2,mj2', '3gp5', '', '3gp'],
    ['matroska,webm', undefined, '\x1aE\xdf\xa3B\x82\x84webm', 'webm'],
    ['matroska,webm', undefined, '\x1aE\xdf\xa3B\x82\x88matroska', 'matroska'],
    ['avi', undefined, '', 'avi'],
    ['', undefined, '', null],
  ])('%s with brand %s is called %s', (format_name, brand, head, name) => {
    const tags = brand === undefined ? {} : { major_brand: brand }
    const answer = FfprobeAnswer.parse({ format: { format_name, tags } })
    expect(formatNameOf(answer, Buffer.from(head, 'latin1'))).toBe(name)
  })
})
