/** A capability that Fieldreel does not have: bookmarks of videos, counted by a job. Files of its own… */
export const OWN_FILES: Readonly<Record<string, string>> = {
  'main/contract/bookmarks/bookmark.ts': `import { z } from 'zod'
import { operation } from '../operation.ts'

export const Bookmark = z.object({ videoId: z.uuid(), counted: z.int().nonnegative() })

export const addBookmark = operation('bookmarks.add', {
  summary: 'Remember a video.',
  scope: 'write',
  input: z.object({ videoId: z.uuid() }),
  output: Bookmark,
})

export const listBookmarks = operation('bookmarks.list', {
  summary: 'The videos that are remembered.',
  scope: 'read',
  input: z.strictObject({}),
  output: z.object({ bookmarks: z.array(Bookmark) }),
})
`,
  'main/engine/bookmarks/index.ts': `export { bookmarksModule } from './module.ts'
`,
  'main/engine/bookmarks/migrations.ts': `import type { DomainMigrations } from '../../platform/database/index.ts'

export const bookmarksMigrations: DomainMigrations = {
  domain: 'bookmarks',
  steps: ['CREATE TABLE bookmarks (video_id TEXT PRIMARY KEY, counted INTEGER NOT NULL DEFAULT 0) STRICT;'],
}
`,
  'main/engine/bookmarks/module.ts': `import { z } from 'zod'
import { addBookmark, listBookmarks } from '../../contract/index.ts'
import { defineCapability } from '../capability.ts'
import { defineJob, handleJob, jobsModule } from '../jobs/index.ts'

const countJob = defineJob('count-bookmark', z.object({ by: z.int() }), { lane: 'cpu' })

export const bookmarksModule = defineCapability({
  name: 'bookmarks',
  create: ({ database, changes, use }) => {
    const { queue } = use(jobsModule)
    const add = database.prepare('INSERT INTO bookmarks (video_id) VALUES (:videoId) ON CONFLICT DO NOTHING')
    const count = database.prepare('UPDATE bookmarks SET counted = counted + :by WHERE video_id = :videoId')
    const list = database.prepare<{ videoId: string; counted: number }>(
      'SELECT video_id AS videoId, counted FROM bookmarks',
    )
    return {
      jobs: [handleJob(countJob, async ({ subjectId, request }) => void count.run({ videoId: subjectId, by: request.by }))],
      operations: (operations) => {
        operations
          .implement(addBookmark, ({ videoId }) => {
            add.run({ videoId })
            queue.enqueue(countJob, videoId, { by: 1 })
            changes.publish('bookmarks', { videoId })
            return { videoId, counted: 0 }
          })
          .implement(listBookmarks, () => ({ bookmarks: list.all() }))
      },
    }
  },
})
`,
  'main/transport/http/ainative/bookmarks/bookmark-routes.ts': `import { z } from 'zod'
import { listBookmarks } from '../../../../contract/index.ts'
import { route, type Route } from '../../route.ts'

export const bookmarkRoutes: readonly Route[] = [
  route({
    method: 'GET',
    id: 'listBookmarks',
    path: '/bookmarks',
    operation: listBookmarks,
    request: {},
    response: z.object({ video_ids: z.array(z.string()) }),
    toInput: () => ({}),
    toWire: ({ bookmarks }) => ({ video_ids: bookmarks.map(({ videoId }) => videoId) }),
  }),
]
`,
  'renderer/features/bookmarks/feature.ts': `import { IconBookmark } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../shared/registry/feature.ts'

export const bookmarks: Feature = {
  routes: [
    { path: '/bookmarks', Page: lazy(async () => ({ default: (await import('./BookmarksPage.tsx')).BookmarksPage })) },
  ],
  rail: { path: '/bookmarks', name: 'Bookmarks', icon: IconBookmark },
}
`,
  'renderer/features/bookmarks/BookmarksPage.tsx': `import { listBookmarks } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'

export function BookmarksPage() {
  const { data } = useEngine('bookmarks', listBookmarks, {})
  return (
    <ul aria-label="Bookmarks">
      {data?.bookmarks.map(({ videoId }) => (
        <li key={videoId}>{videoId}</li>
      ))}
    </ul>
  )
}
`,
}

/** …and its lines in files that are there: the text behind which each is added. */
export const LINES: ReadonlyArray<readonly [file: string, behind: string, line: string]> = [
  [
    'main/contract/index.ts',
    `import type { AnyOperation } from './operation.ts'\n`,
    `import * as bookmarks from './bookmarks/bookmark.ts'\n`,
  ],
  ['main/contract/index.ts', `export * from './audit/audit.ts'\n`, `export * from './bookmarks/bookmark.ts'\n`],
  ['main/contract/index.ts', `  audit,\n`, `  bookmarks,\n`],
  [
    'main/engine/schema.ts',
    `import { auditMigrations } from './audit/migrations.ts'\n`,
    `import { bookmarksMigrations } from './bookmarks/migrations.ts'\n`,
  ],
  ['main/engine/schema.ts', `  auditMigrations,\n`, `  bookmarksMigrations,\n`],
  [
    'main/compose.ts',
    `import { auditModule } from './engine/audit/index.ts'\n`,
    `import { bookmarksModule } from './engine/bookmarks/index.ts'\n`,
  ],
  ['main/compose.ts', `  ...[auditModule, `, `bookmarksModule, `],
  ['.dependency-cruiser.cjs', `  ['engagement'`, `, 'bookmarks'`],
  [
    'main/transport/http/ainative/dialect.ts',
    `import { annotationRoutes } from './annotations/annotation-routes.ts'\n`,
    `import { bookmarkRoutes } from './bookmarks/bookmark-routes.ts'\n`,
  ],
  [
    'main/transport/http/ainative/dialect.ts',
    `  areas: [\n`,
    `    { title: 'Bookmarks', description: 'Videos to come back to.', routes: bookmarkRoutes },\n`,
  ],
  [
    'renderer/app/features.ts',
    `import { annotations } from '../features/annotations/feature.ts'\n`,
    `import { bookmarks } from '../features/bookmarks/feature.ts'\n`,
  ],
  ['renderer/app/features.ts', `  annotations,\n`, `  bookmarks,\n`],
]

/** In two pieces: this file is checked, too. */
const NO_RULE = ['UP', 999].join('-')

/** One line that breaks a rule, the file it is put into, and the check that has to fail. */
export const BREAKS: ReadonlyArray<readonly [what: string, file: string, line: string, check: string, says: string]> = [
  [
    'a feature that imports a feature',
    'renderer/features/bookmarks/BookmarksPage.tsx',
    `import '../albums/order.ts'\n`,
    'layers',
    'renderer/features/bookmarks/BookmarksPage.tsx',
  ],
  [
    'a query of a table of another capability',
    'main/engine/bookmarks/module.ts',
    `export const OF_OTHERS = 'SELECT title FROM albums'\n`,
    'tables',
    'names the table “albums” of main/engine/albums',
  ],
  [
    'a capability that imports upwards',
    'main/engine/bookmarks/module.ts',
    `import '../maintenance/index.ts'\n`,
    'layers',
    'engine-bookmarks-knows-only-what-is-below-it',
  ],
  [
    'a comment that cites a rule that is not there',
    'main/engine/bookmarks/module.ts',
    `/** ${NO_RULE} */\n`,
    'rules',
    `cites ${NO_RULE}`,
  ],
]
