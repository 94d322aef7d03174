import { describe, expect, it } from 'vitest'
import { TimeZone } from '../../../main/base/time-zone.ts'
import { bucketEdges, spanOf } from '../../../main/engine/engagement/periods.ts'

const at = (text: string): number => Date.parse(text)
const told = (edges: readonly number[]): string[] => edges.map((edge) => new Date(edge).toISOString())

describe('the buckets of a period', () => {
  const now = at('2026-11-19T15:42:10Z')

  it('of a day are 24 hours, the last of which is the current one', () => {
    const edges = told(bucketEdges('hourly', '24h', new TimeZone('UTC'), now))
    expect([edges.length, edges[0], edges.at(-1)]).toEqual([25, '2026-11-18T16:00:00.000Z', '2026-11-19T16:00:00.000Z'])
    expect(bucketEdges('hourly', '7d', new TimeZone('UTC'), now)).toHaveLength(169)
    expect(bucketEdges('hourly', '30d', new TimeZone('UTC'), now)).toHaveLength(721)
  })

  it('begin with the zone’s own hour', () => {
    const edges = told(bucketEdges('hourly', '24h', new TimeZone('Asia/Kolkata'), now))
    expect(edges.at(-1)).toBe('2026-11-19T16:30:00.000Z')
  })

  it('of a week are days of the zone’s own calendar, today among them', () => {
    const edges = told(bucketEdges('daily', '7d', new TimeZone('America/Los_Angeles'), now))
    expect(edges).toHaveLength(8)
    expect([edges[0], edges.at(-1)]).toEqual(['2026-11-13T08:00:00.000Z', '2026-11-20T08:00:00.000Z'])
    expect(told(bucketEdges('daily', '24h', new TimeZone('UTC'), now))).toEqual([
      '2026-11-19T00:00:00.000Z',
      '2026-11-20T00:00:00.000Z',
    ])
  })

  it('are 23 or 25 hours long on the days on which clocks change', () => {
    const berlin = new TimeZone('Europe/Berlin')
    const hours = (day: string): number[] => {
      const edges = bucketEdges('daily', '7d', berlin, at(day))
      return edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / 3_600_000)
    }
    expect(hours('2026-03-31T12:00:00Z')).toEqual([24, 24, 24, 24, 23, 24, 24])
    expect(hours('2026-10-27T12:00:00Z')).toEqual([24, 24, 24, 24, 25, 24, 24])
  })

  it('are weeks from Monday on, each that the period touches', () => {
    // 2026-11-19 is a Thursday, 2026-11-16 and 2026-11-09 are Mondays.
    expect(told(bucketEdges('weekly', '7d', new TimeZone('UTC'), now))).toEqual([
      '2026-11-09T00:00:00.000Z',
      '2026-11-16T00:00:00.000Z',
      '2026-11-23T00:00:00.000Z',
    ])
    expect(told(bucketEdges('weekly', '7d', new TimeZone('UTC'), at('2026-11-22T23:59:59Z')))).toEqual([
      '2026-11-16T00:00:00.000Z',
      '2026-11-23T00:00:00.000Z',
    ])
  })

  it('reach from the first beginning to the end of the current one', () => {
    const utc = new TimeZone('UTC')
    expect(spanOf('24h', utc, now)).toEqual({ from: at('2026-11-18T16:00:00Z'), to: at('2026-11-19T16:00:00Z') })
    expect(spanOf('7d', utc, now)).toEqual({ from: at('2026-11-13T00:00:00Z'), to: at('2026-11-20T00:00:00Z') })
    expect(spanOf('30d', utc, now)).toEqual({ from: at('2026-10-21T00:00:00Z'), to: at('2026-11-20T00:00:00Z') })
  })
})
