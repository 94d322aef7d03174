import { randomUUID } from 'node:crypto'
import { Views } from '../../main/engine/engagement/index.ts'
import { Identity } from '../../main/engine/identity/index.ts'
import { MediaRows } from '../../main/engine/library/index.ts'
import { schema } from '../../main/engine/schema.ts'
import { Database } from '../../main/platform/database/index.ts'
import { randomFrom } from '../../test/support/random.ts'

export interface Filled {
  /** The video that a tenth of all views are of, most of them of the last 30 days. */
  readonly hot: string
  /** One of the many. */
  readonly usual: string
}

export interface Size {
  readonly views: number
  readonly videos: number
}

const DAY_MS = 86_400_000
/** Views are of this many days, and ever more of them. */
const DAYS = 90
const VIEWERS_PER_VIEW = 0.3
const BROWSERS = ['Chrome', 'Firefox', 'Safari', 'Microsoft Edge']
const SYSTEMS = ['Windows', 'macOS', 'Android', 'iOS', 'Linux']
const COUNTRIES = ['DE', 'FR', 'US', 'IN', 'BR', 'JP', 'local network', 'unknown']

/** Makes a library that was watched for three months, by the very code that records views. */
export function fill(file: string, { views, videos }: Size, tell: (line: string) => void): Filled {
  const database = Database.open(file, schema)
  try {
    const ids = addVideos(database, videos)
    const random = randomFrom(6)
    const rows = new MediaRows(database)
    const recorder = new Views(database, (id, added) => rows.addCounts(id, added))
    const start = Date.now() - DAYS * DAY_MS
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const [hot = '', usual = ''] = ids
    const begunAt = performance.now()
    for (let done = 0; done < views;) {
      database.transaction(() => {
        for (const end = Math.min(views, done + 20_000); done < end; done += 1) {
          const age = done / views
          // The hot one went around in its last month: six in seven of its views are of these.
          const isHot = random() < (age > 2 / 3 ? 0.29 : 0.02)
          const percentage = Math.round(random() * 1000) / 10
          recorder.track(
            {
              videoId: isHot ? hot : (ids[1 + Math.floor(random() ** 2 * (ids.length - 1))] ?? usual),
              sessionId: null,
              viewerKey: `hmac ${Math.floor(random() * views * VIEWERS_PER_VIEW)}`,
              watchSeconds: Math.floor(percentage * 6),
              completionPercentage: percentage,
              device: {
                device: pick(['desktop', 'desktop', 'mobile', 'tablet']),
                browser: pick(BROWSERS),
                os: pick(SYSTEMS),
              },
              place: { country: pick(COUNTRIES), city: null },
            },
            Math.floor(start + age * DAYS * DAY_MS),
          )
        }
      })
      if (done % 100_000 === 0) tell(`${done} views in ${((performance.now() - begunAt) / 1000).toFixed(0)} s`)
    }
    return { hot, usual }
  } finally {
    database.close()
  }
}

/** The same of a library that was made before. */
export function find(file: string): Filled {
  const database = Database.openToRead(file)
  try {
    const byViews = database.prepare<{ video_id: string }>(
      'SELECT video_id FROM audiences WHERE id > 0 ORDER BY views DESC LIMIT 200',
    )
    const ids = byViews.all().map(({ video_id: id }) => id)
    return { hot: ids[0] ?? '', usual: ids.at(-1) ?? '' }
  } finally {
    database.close()
  }
}

function addVideos(database: Database, count: number): string[] {
  const ownerId = new Identity(database).ownerId()
  const rows = new MediaRows(database)
  const ids = Array.from({ length: count }, () => randomUUID())
  database.transaction(() => {
    for (const [index, id] of ids.entries()) {
      const now = Date.now() - (count - index) * 1000
      rows.insertLink.run({ id, ownerId, title: `Talk ${index}`, tags: '["tutorial","opensource"]', now })
      rows.publish.run({
        ...{ id, description: `What was said in talk ${index}.`, videoType: index % 2 ? 'demo' : 'tutorial', now },
        ...{ videoUrl: null, thumbnailUrl: null, projectUrl: null },
        ...{ durationSeconds: 600, techStack: '["React","Python"]' },
      })
    }
  })
  return ids
}
