import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTracker, TrackerState } from '../../../../main/engine/pipeline/tracker/index.ts'
import type { Detection } from '../../../../main/engine/models/index.ts'
import type { Tracker } from '../../../../main/engine/pipeline/tracker/index.ts'
import { PEOPLE, vectorOf } from './scene.ts'

/** Some things that go their ways, now and then weakly seen, unseen or taken for something else. */
const films = fc.record({
  framesPerSecond: fc.constantFrom(1, 5, 10, 30),
  things: fc.array(
    fc.record({
      person: fc.constantFrom(...PEOPLE),
      x: fc.integer({ min: 0, max: 600 }),
      speed: fc.integer({ min: -150, max: 150 }),
      className: fc.constantFrom('person', 'car', 'truck'),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  confidences: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 40 }),
})
type Film = typeof films extends fc.Arbitrary<infer F> ? F : never

function frameOf({ framesPerSecond, things, confidences }: Film, frame: number) {
  const seconds = frame / framesPerSecond
  const detections = things.map(({ x, speed, className }, index): Detection => {
    const box = { left: x + speed * seconds, top: 100 + index * 10, width: 40, height: 100 }
    return { box, className, confidence: confidences[(frame + index * 7) % confidences.length]! }
  })
  return { seconds, detections }
}

async function follow(tracker: Tracker, film: Film, from: number, to: number) {
  const told: unknown[] = []
  for (let frame = from; frame < to; frame++) {
    const { seconds, detections } = frameOf(film, frame)
    const ids = await tracker.track(seconds, detections, async (positions) => {
      told.push(positions)
      return positions.map((position) => vectorOf(film.things[position]!.person, seconds))
    })
    told.push(ids)
  }
  return told
}

test('restored at any frame, it continues with identical results', async () => {
  const cuts = films.chain((film) => fc.tuple(fc.constant(film), fc.integer({ min: 0, max: film.confidences.length })))
  await fc.assert(
    fc.asyncProperty(cuts, async ([film, cut]) => {
      const frames = film.confidences.length
      const unbroken = createTracker()
      await follow(unbroken, film, 0, cut)
      const stored = JSON.stringify(unbroken.snapshot())
      const restored = createTracker({}, TrackerState.parse(JSON.parse(stored)))
      expect(await follow(restored, film, cut, frames)).toEqual(await follow(unbroken, film, cut, frames))
      expect(JSON.stringify(restored.snapshot())).toBe(JSON.stringify(unbroken.snapshot()))
    }),
    { numRuns: 60 },
  )
})

test('ids are gapless and in the order of first emission', async () => {
  await fc.assert(
    fc.asyncProperty(films, async (film) => {
      const tracker = createTracker()
      const met = new Set<number>()
      for (let frame = 0; frame < film.confidences.length; frame++) {
        const { seconds, detections } = frameOf(film, frame)
        const ids = await tracker.track(seconds, detections, async (positions) =>
          positions.map((position) => vectorOf(film.things[position]!.person, seconds)),
        )
        const given = ids.filter((id) => id !== null)
        expect(new Set(given).size).toBe(given.length)
        for (const id of given) met.add(id)
      }
      expect([...met]).toEqual(Array.from({ length: met.size }, (_, index) => index + 1))
    }),
    { numRuns: 60 },
  )
})

test('refuses what is not a state, and one of an earlier version', () => {
  expect(() => TrackerState.parse({ version: 1, lastId: 0, seconds: null, tracks: [] })).toThrow()
  expect(() => TrackerState.parse(null)).toThrow()
})

test('a state is small: at most two kilobytes for each track', async () => {
  const film: Film = {
    framesPerSecond: 10,
    things: Array.from({ length: 20 }, (_, index) => ({
      person: PEOPLE[index % PEOPLE.length]!,
      x: index * 90,
      speed: 20,
      className: 'person',
    })),
    confidences: Array.from({ length: 20 }, () => 0.9),
  }
  const tracker = createTracker()
  await follow(tracker, film, 0, 20)
  expect(JSON.stringify(tracker.snapshot()).length).toBeLessThan(20 * 2000 + 4000)
})
