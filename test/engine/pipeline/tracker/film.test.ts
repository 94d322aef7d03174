import { expect, test } from 'vitest'
import { readObserved } from '../../../../bench/tracking/observed.ts'
import { replay } from '../../../../bench/tracking/replay.ts'
import { OBSERVED, readTruth } from '../../../../bench/tracking/truth.ts'
import { createTracker } from '../../../../main/engine/pipeline/tracker/index.ts'

// What the models saw was kept; `npm run bench -- tracking` looks anew.
const [observed, truth] = await Promise.all([readObserved(OBSERVED), readTruth()])

test.each([
  [10, 0.75],
  [5, 0.75],
  [1, 0.7],
])('people of a labelled film keep their numbers at %d frames a second: IDF1 ≥ %d', async (rate, least) => {
  const { idf1, identities, tracks } = await replay(createTracker(), observed, truth, rate)
  expect(idf1).toBeGreaterThanOrEqual(least)
  expect(tracks).toBeLessThanOrEqual(2.5 * identities)
})
