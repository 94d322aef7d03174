import { Views } from '../../main/engine/engagement/index.ts'
import { MediaRows } from '../../main/engine/library/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'

/** How long the same answers take out of the raw views, by the SQL one would write first; milliseconds by path. */
export function rawAnswers(file: string, videoId: string): Record<string, number> {
  const database = Database.openToRead(file)
  const since = Date.now() - 30 * 86_400_000
  const of = 'FROM views WHERE audience = (SELECT id FROM audiences WHERE video_id = :videoId)'
  const time = (sql: string): number => {
    const begunAt = performance.now()
    database.prepare(sql).all({ videoId, since })
    return performance.now() - begunAt
  }
  const series = `SELECT started_at / :bucket AS bucket, count(*), count(DISTINCT viewer), sum(watch_seconds) ${of}
                     AND started_at >= :since GROUP BY bucket`
  try {
    return {
      '': time(`SELECT count(*), count(DISTINCT viewer), avg(watch_seconds), avg(completion) ${of}`),
      '/aggregated?granularity=daily&period=30d': time(series.replace(':bucket', '86400000')),
      '/aggregated?granularity=hourly&period=30d': time(series.replace(':bucket', '3600000')),
      '/devices': ['device', 'browser', 'os']
        .map((trait) => time(`SELECT ${trait}, count(*) ${of} GROUP BY ${trait}`))
        .reduce((sum, ms) => sum + ms, 0),
      '/watch-time-distribution': time(`SELECT completion / 25000000 AS quarter, count(*) ${of} GROUP BY quarter`),
      '/geography': time(`SELECT country, count(*) ${of} GROUP BY country`),
    }
  } finally {
    database.close()
  }
}

/** Writes views of a video and bare rows in turn; milliseconds of each. */
export function writeInTurn(file: string, videoId: string, count: number): { view: number[]; bare: number[] } {
  const database = Database.open(file, schema)
  try {
    const rows = new MediaRows(database)
    const views = new Views(database, (id, added) => rows.addCounts(id, added))
    const row = database.prepare('INSERT INTO settings (name, value) VALUES (:name, 0)')
    const time = (work: () => void): number => {
      const begunAt = performance.now()
      work()
      return performance.now() - begunAt
    }
    const times = Array.from({ length: count }, (_, index) => ({
      bare: time(() => row.run({ name: `bench ${index}` })),
      view: time(() => track(views, videoId, index)),
    }))
    database.prepare("DELETE FROM settings WHERE name LIKE 'bench %'").run()
    return { view: times.map(({ view }) => view), bare: times.map(({ bare }) => bare) }
  } finally {
    database.close()
  }
}

function track(views: Views, videoId: string, index: number): void {
  views.track({
    ...{ videoId, sessionId: null, viewerKey: `hmac ${index}`, watchSeconds: index, completionPercentage: index % 100 },
    device: { device: 'desktop', browser: 'Chrome', os: 'Linux' },
    place: { country: 'DE', city: null },
  })
}
