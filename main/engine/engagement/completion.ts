import type { z } from 'zod'
import type { getCompletion, getWatchTimeDistribution } from '../../contract/index.ts'
import { percentages, toTenth } from '../../base/percentages.ts'
import type { Ending } from './audiences.ts'

type Completion = Omit<z.output<(typeof getCompletion)['output']>, 'byDevice'>
type Quarters = z.output<(typeof getWatchTimeDistribution)['output']>['quarters']

const STEPS_OF_A_TENTH = 2
const STEPS_OF_A_QUARTER = 5
/** LI-26: 90 % counts as complete. */
const COMPLETE_STEP = 18

/** LI-25. */
export function quartersOf(endings: readonly Ending[]): Quarters {
  const views = countBy(endings, STEPS_OF_A_QUARTER, 4)
  const shares = percentages(views)
  return views.map((count, index) => ({
    ...{ from: index * 25, to: (index + 1) * 25 },
    ...{ views: count, percentage: shares[index] ?? 0 },
  }))
}

/** LI-26. */
export function completionOf(endings: readonly Ending[]): Completion {
  const totalViews = sum(endings.map(({ views }) => views))
  const complete = sum(endings.filter(({ step }) => step >= COMPLETE_STEP).map(({ views }) => views))
  const ended = countBy(endings, STEPS_OF_A_TENTH, 10)
  return {
    totalViews,
    completionRate: percentOf(complete, totalViews),
    averageCompletion: averageCompletion({
      views: totalViews,
      completion: sum(endings.map((each) => each.completion)),
    }),
    dropOff: ended.map((count, index) => {
      const reached = sum(ended.slice(index))
      const retention = percentOf(reached, totalViews)
      return { from: index * 10, to: (index + 1) * 10, reached, ended: count, retention }
    }),
  }
}

/** Percent with one decimal; 0 without views. */
export function averageCompletion({ views, completion }: { views: number; completion: number }): number {
  return views === 0 ? 0 : toTenth(completion / views / 1_000_000)
}

export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : toTenth((part * 100) / whole)
}

/** Views by ranges of as many steps each; the very end belongs to the last one. */
function countBy(endings: readonly Ending[], steps: number, ranges: number): number[] {
  const counts = Array.from({ length: ranges }, () => 0)
  for (const { step, views } of endings) {
    const range = Math.min(Math.floor(step / steps), ranges - 1)
    counts[range] = (counts[range] ?? 0) + views
  }
  return counts
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
