import { describe, expect, test } from 'vitest'
import { createTracker } from '../../../../main/engine/pipeline/tracker/index.ts'
import { trackThings, PEOPLE, type Person, seen, type Thing, times, vectorOf } from './scene.ts'

const [RED, COAT, JACKET] = PEOPLE

/** From one side to the other, at a walk: a body's height a second. */
const toTheRight = (name: string, person: Person, y = 200): Thing => ({
  name,
  person,
  where: (seconds) => ({ x: 100 + 80 * seconds, y }),
})
const toTheLeft = (name: string, person: Person, y = 200): Thing => ({
  name,
  person,
  where: (seconds) => ({ x: 740 - 80 * seconds, y }),
})
const standingStill = (name: string, person: Person, x: number, y = 200): Thing => ({
  name,
  person,
  where: () => ({ x, y }),
})

const hidden = (thing: Thing, from: number, to: number): Thing => ({
  ...thing,
  where: (seconds) => (seconds >= from && seconds < to ? null : thing.where(seconds)),
})

describe('a person walking by', () => {
  test.each([1, 2, 10, 30, 60])('keeps one number at %d frames a second', async (rate) => {
    const { ids } = await trackThings(createTracker(), [toTheRight('a', RED)], times(0, 8, rate))
    expect(ids).toEqual({ a: [1] })
  })

  test('gets an embedding about once a second, not in every frame', async () => {
    const { embedded } = await trackThings(createTracker(), [toTheRight('a', RED)], times(0, 10, 30))
    expect(embedded).toBeGreaterThan(5)
    expect(embedded).toBeLessThan(15)
  })

  test.each([1, 10])('keeps it when hidden for two seconds, at %d frames a second', async (rate) => {
    const things = [hidden(toTheRight('a', RED), 3, 5), standingStill('b', COAT, 700, 500)]
    expect((await trackThings(createTracker(), things, times(0, 8, rate))).ids).toEqual({ a: [1], b: [2] })
  })

  test('gets another one after a long absence', async () => {
    const { ids } = await trackThings(createTracker(), [hidden(standingStill('a', RED, 100), 3, 20)], times(0, 25, 10))
    expect(ids).toEqual({ a: [1, 2] })
  })

  test('gets another one an hour later, however similar', async () => {
    const times = [0, 1, 2, 3600, 3601]
    expect((await trackThings(createTracker(), [standingStill('a', RED, 100)], times)).ids).toEqual({ a: [1, 2] })
  })

  test('keeps it where frames are far apart, if it stays as it is', async () => {
    const tracker = createTracker()
    const [still] = seen([standingStill('a', RED, 100)], 0).map(({ detection }) => detection)
    for (const now of [0, 10, 20, 30, 40]) {
      expect(await tracker.track(now, [still!], async () => [vectorOf(RED, 0)])).toEqual([1])
    }
  })
})

describe('people who cross', () => {
  // they meet after four seconds; the one behind is not to be seen while they overlap
  const crossing = [toTheRight('front', RED), hidden(toTheLeft('back', COAT), 3.7, 4.3)]

  test.each([1, 2, 5, 10, 30])('keep their numbers at %d frames a second', async (rate) => {
    const { ids } = await trackThings(createTracker(), crossing, times(0, 8, rate))
    expect(ids).toEqual({ front: [1], back: [2] })
  })

  test('keep them when they meet, wait together and go back the way they came', async () => {
    const turn = (name: string, person: Person, side: number): Thing => ({
      name,
      person,
      where: (seconds) => ({ x: 400 + side * (30 + Math.max(0, Math.abs(seconds - 4) - 1) * 80), y: 200 }),
    })
    const things = [turn('left', RED, -1), turn('right', COAT, 1)]
    expect((await trackThings(createTracker(), things, times(0, 8, 10))).ids).toEqual({ left: [1], right: [2] })
  })
})

describe('a target that takes the place of another', () => {
  const change = (gap: number): Thing[] => [
    hidden(standingStill('first', RED, 300), 4, 99),
    hidden(standingStill('second', COAT, 300), 0, 4 + gap),
    standingStill('bystander', JACKET, 700),
  ]

  test.each([1, 10])('gets a number of his own, at %d frames a second', async (rate) => {
    const { ids } = await trackThings(createTracker(), change(3), times(0, 12, rate))
    expect(ids).toEqual({ first: [1], bystander: [2], second: [3] })
  })
})

describe('numbers', () => {
  test('go up one by one as things appear, and are not used again', async () => {
    const visitors = Array.from({ length: 12 }, (_, index): Thing => {
      const [x, y] = [100 + (index % 4) * 900, 150 + Math.floor(index / 4) * 900]
      const visit = standingStill(`visitor ${index}`, PEOPLE[index % PEOPLE.length]!, x, y)
      return hidden(hidden(visit, 0, index * 2), index * 2 + 3, 99)
    })
    const { ids, order } = await trackThings(createTracker(), visitors, times(0, 28, 5))
    expect(order).toEqual(visitors.map((_, index) => index + 1))
    expect(Object.values(ids)).toEqual(visitors.map((_, index) => [index + 1]))
  })

  test('are given in the order of the detections of a frame', async () => {
    const { ids } = await trackThings(
      createTracker(),
      [standingStill('a', RED, 500), standingStill('b', COAT, 100)],
      [0],
    )
    expect(ids).toEqual({ a: [1], b: [2] })
  })
})

describe('something that is now taken for one thing, now for another', () => {
  const mistaken: Thing = {
    ...toTheRight('car', RED),
    size: [90, 180],
    className: (seconds) => (Math.floor(seconds * 2) % 2 === 0 ? 'car' : 'cell phone'),
  }

  test.each([5, 10, 30])('keeps its number at %d frames a second', async (rate) => {
    const { ids } = await trackThings(createTracker(), [mistaken], times(0, 5, rate))
    expect(ids).toEqual({ car: [1] })
  })

  test('does not take the id of its neighbour', async () => {
    const things = [
      hidden(standingStill('person', RED, 300), 2, 99),
      { ...hidden(standingStill('bicycle', COAT, 330), 0, 2), className: () => 'bicycle' },
    ]
    expect((await trackThings(createTracker(), things, times(0, 4, 10))).ids).toEqual({ person: [1], bicycle: [2] })
  })
})

describe('weak detections', () => {
  const fading = (confidence: (seconds: number) => number): Thing => ({ ...toTheRight('a', RED), confidence })

  test('continue a track', async () => {
    const flickering = fading((now) => (now % 1.2 < 0.5 ? 0.8 : 0.3))
    expect((await trackThings(createTracker(), [flickering], times(0, 6, 10))).ids).toEqual({ a: [1] })
  })

  test('do not keep one up for ever: what is never sure again is nothing', async () => {
    const { ids } = await trackThings(createTracker(), [fading((now) => (now < 2 ? 0.8 : 0.3))], times(0, 6, 10))
    expect(ids).toEqual({ a: [1, null] })
  })

  test('do not begin one', async () => {
    const { ids } = await trackThings(createTracker(), [fading(() => 0.4)], times(0, 6, 10))
    expect(ids).toEqual({ a: [null] })
  })

  test('begin one where the request calls them confident', async () => {
    const tracker = createTracker({ minimumConfidence: 0.3 })
    expect((await trackThings(tracker, [fading(() => 0.4)], times(0, 6, 10))).ids).toEqual({ a: [1] })
  })

  test('below the requested confidence are not emitted, but keep their tracks', async () => {
    const tracker = createTracker({ minimumConfidence: 0.6 })
    const thing = fading((now) => (now >= 2 && now < 3 ? 0.5 : 0.8))
    expect((await trackThings(tracker, [thing], times(0, 6, 10))).ids).toEqual({ a: [1, null, 1] })
  })
})

describe('classes', () => {
  test('that a detector mixes up are one thing', async () => {
    const names = ['car', 'truck', 'bus']
    const van: Thing = {
      ...toTheRight('van', RED),
      size: [120, 80],
      className: (seconds) => names[Math.round(seconds * 10) % 3]!,
    }
    expect((await trackThings(createTracker(), [van], times(0, 6, 10))).ids).toEqual({ van: [1] })
  })

  test('that it does not mix up are two, even in one place', async () => {
    const rider = standingStill('rider', RED, 300)
    const bicycle: Thing = { ...rider, name: 'bicycle', className: () => 'bicycle' }
    expect((await trackThings(createTracker(), [rider, bicycle], times(0, 2, 10))).ids).toEqual({
      rider: [1],
      bicycle: [2],
    })
  })

  test('of two boxes on one thing, only the surer one is it', async () => {
    const car: Thing = { ...standingStill('car', RED, 300), size: [120, 80], className: () => 'car' }
    const truck: Thing = { ...car, name: 'again', className: () => 'truck', confidence: () => 0.6 }
    expect((await trackThings(createTracker(), [car, truck], times(0, 2, 10))).ids).toEqual({
      car: [1],
      again: [null],
    })
  })
})

describe('an invalid detection', () => {
  const look = async (positions: readonly number[]) => positions.map(() => vectorOf(RED, 0))
  const person = { box: { left: 10, top: 10, width: 40, height: 100 }, className: 'person', confidence: 0.9 }

  test('gets no id and changes no other', async () => {
    const tracker = createTracker()
    expect(await tracker.track(0, [person], look)).toEqual([1])
    const broken = [
      { ...person, box: { ...person.box, left: NaN } },
      { ...person, box: { ...person.box, width: 0 } },
      { ...person, box: { ...person.box, height: Infinity } },
      { ...person, confidence: NaN },
    ]
    expect(await tracker.track(0.1, [...broken, person], look)).toEqual([null, null, null, null, 1])
    expect(await tracker.track(NaN, [person], look)).toEqual([1])
    expect(await tracker.track(0.05, [person], look)).toEqual([1])
    expect(JSON.stringify(tracker.snapshot())).not.toContain('null,null')
  })

  test.each([
    ['broken numbers', async (positions: readonly number[]) => positions.map(() => new Float32Array(1792).fill(NaN))],
    ['nothing but zeros', async (positions: readonly number[]) => positions.map(() => new Float32Array(1792))],
    ['too few answers', async () => []],
  ])('is followed by its motion alone when a look brings %s', async (_, answer) => {
    const tracker = createTracker()
    for (const now of times(0, 3, 10)) {
      const detections = seen([toTheRight('a', RED)], now).map(({ detection }) => detection)
      expect(await tracker.track(now, detections, answer)).toEqual([1])
    }
  })

  test('no detections give no tracks, however long', async () => {
    const tracker = createTracker()
    for (const now of times(0, 30, 1)) expect(await tracker.track(now, [], look)).toEqual([])
    expect(await tracker.track(30, [person], look)).toEqual([1])
  })
})

test('a frame whose embedding failed can be tracked again with the same result', async () => {
  const tracker = createTracker()
  await trackThings(tracker, [toTheRight('a', RED)], times(0, 2, 5))
  const before = JSON.stringify(tracker.snapshot())
  const late = seen([toTheRight('a', RED), standingStill('b', COAT, 600)], 2).map(({ detection }) => detection)
  const failing = tracker.track(2, late, () => Promise.reject(new Error('the models’ process ended')))
  await expect(failing).rejects.toThrow('ended')
  expect(JSON.stringify(tracker.snapshot())).toBe(before)
  expect(await tracker.track(2, late, async (positions) => positions.map(() => vectorOf(RED, 2)))).toEqual([1, 2])
})
