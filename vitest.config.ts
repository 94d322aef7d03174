import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// vitest prints failures with this; Node 20 does not have it yet, and they would not be shown at all
if (!('groupBy' in Map)) Object.assign(Map, { groupBy })

function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const [index, item] of [...items].entries()) {
    const key = keyOf(item, index)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

/** Virtual displays that scripts/test.mjs opened. */
const displays = (process.env['FIELDREEL_DISPLAYS'] ?? '').split(' ').filter(Boolean)

const EVERYTHING = ['test/**/*.test.{ts,tsx}']

export default defineConfig({
  test: {
    // Many tests wait for programs and timers: one more than there are cores keeps those busy.
    maxWorkers: Math.max(2, availableParallelism()) + 1,
    projects: [
      {
        test: {
          name: 'unit',
          include: EVERYTHING,
          exclude: ['test/http/**', 'test/e2e/**'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'http',
          include: ['test/http/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // real windows, after everything else: they wait in real time. As many at a time as there are displays.
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: displays.length > 1,
          maxWorkers: displays.length || 1,
          testTimeout: 90_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
