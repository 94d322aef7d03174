import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filmTiles, sceneBlocks } from '../../../../renderer/features/scenes/blocks.ts'
import { spriteStyle } from '../../../../renderer/shared/media/sprite.ts'
import { labelWidth, rulerStep, rulerTicks } from '../../../../renderer/shared/player/ruler.ts'
import { createTimelineView } from '../../../../renderer/shared/player/timeline-view.ts'
import {
  contentWidth,
  largestZoom,
  leftToShow,
  pixelsPerSecond,
  sliderOf,
  timeAt,
  type Timescale,
  zoomedTo,
  zoomOfSlider,
} from '../../../../renderer/shared/player/timescale.ts'
import { scenesOf } from './footage.ts'

const FIT: Timescale = { width: 1216, duration: 400, frameRate: 25, zoom: 1, left: 0 }

describe('the ruler', () => {
  it('has labels that never touch, from a frame to a day in view', () => {
    const duration = fc.double({ min: 0.1, max: 500_000, noNaN: true })
    const zoom = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(duration, zoom, fc.integer({ min: 300, max: 3000 }), (seconds, slider, width) => {
        const scale = { ...FIT, duration: seconds, width }
        const perSecond = pixelsPerSecond({ ...scale, zoom: zoomOfSlider(scale, slider) })
        const [step, tick] = rulerStep(perSecond, seconds)
        expect(step * perSecond).toBeGreaterThanOrEqual(labelWidth(seconds, step) - 1e-6)
        expect(step / tick).toBeCloseTo(Math.round(step / tick))
      }),
    )
  })

  it('reads as a clock, with decimals only where they are needed', () => {
    const labels = (perSecond: number, start: number, end: number): (string | null)[] =>
      rulerTicks(perSecond, 400, { start, end }).flatMap(({ label }) => label ?? [])
    expect(labels(3, 0, 100)).toEqual(['0:00', '0:15', '0:30', '0:45', '1:00', '1:15', '1:30'])
    expect(labels(120, 3, 4)).toEqual(['0:03.0', '0:03.5', '0:04.0'])
    expect(labels(2000, 59.9, 60)).toEqual(['0:59.90', '0:59.95', '1:00.00'])
  })

  it('has nothing to show for a video of unknown length', () => {
    expect(rulerTicks(0, 0, { start: 0, end: 0 })).toEqual([])
  })
})

describe('the scale', () => {
  it('shows the whole video at first, at true times', () => {
    expect(contentWidth(FIT)).toBe(1216)
    expect(timeAt(FIT, 600)).toBeCloseTo(200)
    expect(timeAt(FIT, -50)).toBe(0)
    expect(timeAt(FIT, 5000)).toBe(400)
  })

  it('keeps the instant under the pointer where it is', () => {
    const zoomed = { ...FIT, ...zoomedTo(FIT, 8, 300) }
    expect(timeAt(zoomed, 300)).toBeCloseTo(timeAt(FIT, 300))
    expect(zoomedTo(zoomed, 0.1, 300)).toEqual({ zoom: 1, left: 0 })
  })

  it('zooms no further than a frame is worth', () => {
    const closest = { ...FIT, zoom: zoomedTo(FIT, 1e9, 0).zoom }
    expect(pixelsPerSecond(closest) / 25).toBeCloseTo(48)
    expect(sliderOf(closest)).toBeCloseTo(1)
    expect(zoomOfSlider(FIT, 1)).toBeCloseTo(largestZoom(FIT))
  })

  it('turns the page only when the playhead leaves it', () => {
    const zoomed = { ...FIT, zoom: 10 }
    expect(leftToShow(zoomed, 20)).toBeNull()
    const left = leftToShow(zoomed, 60)
    expect(60 * pixelsPerSecond(zoomed) - (left ?? 0)).toBeCloseTo(121.6)
  })

  it('stays within the video when the window grows', () => {
    const view = createTimelineView()
    view.describe({ width: 500, duration: 100 })
    view.zoomTo(4, 250)
    view.scrollTo(99_999)
    view.describe({ width: 900 })
    const scale = view.state.getState()
    expect(scale.left).toBeCloseTo(contentWidth(scale) - 900)
  })
})

describe('the scenes lane', () => {
  const lane = (lengths: readonly number[], perSecond: number, range = { start: 0, end: Infinity }) => {
    const scenes = scenesOf(lengths)
    return sceneBlocks(
      scenes,
      scenes.map(({ startTime }) => startTime),
      perSecond,
      range,
    )
  }

  it('has blocks 2 px apart that drop the picture, then the number', () => {
    const blocks = lane([10, 2, 0.8], 10)
    expect(blocks.map(({ x, width, detail }) => [x, Math.round(width), detail])).toEqual([
      [1, 98, 'picture'],
      [101, 18, 'number'],
      [121, 6, 'plain'],
    ])
  })

  it('draws only what is in view', () => {
    const blocks = lane(Array<number>(1000).fill(5), 100, { start: 2502, end: 2512 })
    expect(blocks.map(({ first }) => first)).toEqual([500, 501, 502])
  })

  it('draws scenes too narrow to tell apart as one, and leaves none out', () => {
    const blocks = lane(Array<number>(10_000).fill(1), 0.12)
    expect(blocks.length).toBeLessThan(320)
    expect(blocks.flatMap(({ first, last }) => last - first + 1).reduce((sum, some) => sum + some)).toBe(10_000)
  })

  it('fills a block with the pictures that lie in its scene', () => {
    const [, block] = lane([10, 20], 10)
    const options = { tileWidth: 100, pixelsPerSecond: 10, range: { start: 0, end: 30 }, duration: 30 }
    expect(filmTiles(block!, { ...options, sprite: { count: 30, columns: 10 } })).toEqual([
      { x: 0, sprite: null },
      { x: 100, sprite: 25 },
    ])
    expect(filmTiles(block!, { ...options, sprite: { count: 1, columns: 1 } }).map(({ sprite }) => sprite)).toEqual([
      null,
      0,
    ])
    expect(filmTiles(block!, { ...options, sprite: null }).map(({ sprite }) => sprite)).toEqual([null, null])
  })

  it('cuts a picture out of the sheet', () => {
    expect(spriteStyle({ count: 25, columns: 10 }, 14)).toEqual({
      backgroundSize: '1000% 300%',
      backgroundPosition: `${(4 / 9) * 100}% 50%`,
    })
  })
})
