import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { HOURLY } from '../chores.ts'
import { identityModule } from '../identity/index.ts'
import { jobsModule } from '../jobs/index.ts'
import { libraryModule } from '../library/index.ts'
import { isWhole, probeVideo } from '../media/index.ts'
import { objectsModule } from '../objects/index.ts'
import { Admission } from './admission.ts'
import { implementUploads } from './handlers.ts'
import { implementImports, implementWatchedFolders } from './import-handlers.ts'
import { Imports } from './imports.ts'
import { PartTokens } from './token.ts'
import { Uploads } from './uploads.ts'
import { WatchedFolders } from './watched.ts'

/** While one is made a video of, the others are copied. */
const CONCURRENT_IMPORTS = 4
/** How long a file in a watched folder has to lie still before it counts as copied. */
const SETTLE_MS = 5_000
/** How long part URLs are good (UP-15). */
const TtlSeconds = z.coerce.number().int().min(1).max(604_800).default(3600)

export const uploadsModule = defineCapability({
  name: 'uploads',
  create: ({ database, folder, secrets, log, clock, env, tools, changes, use }) => {
    const { identity, ownerId } = use(identityModule)
    const { queue } = use(jobsModule)
    const { objects, sidecars, quarantine, writers } = use(objectsModule)
    const { videos, mediaUrls } = use(libraryModule)
    const urlTtlMs = TtlSeconds.parse(env['FIELDREEL_UPLOAD_URL_TTL_SECONDS']) * 1000
    const tokens = new PartTokens(secrets.signing('upload_secret'), urlTtlMs)
    const admission = new Admission({ videos, jobs: queue, mediaUrls })
    const uploads = new Uploads({
      ...{ database, folder, log, identity, tokens, writers, objects, sidecars, quarantine, admission },
      probe: async (file, signal) => await probeVideo(await tools(), file, { signal }),
    })
    const imports = new Imports({
      ...{ database, folder, uploads, videos, ownerId, log, clock },
      onChange: () => changes.publish('imports'),
      concurrency: CONCURRENT_IMPORTS,
    })
    const watched = new WatchedFolders({
      ...{ database, imports, log, clock },
      libraryFolder: folder.root,
      isWhole,
      onChange: () => changes.publish('watched'),
      settleMs: SETTLE_MS,
    })
    const sweep = () => uploads.sweep((mediaId) => imports.uses(mediaId))
    return {
      ...{ uploads, imports, tokens },
      operations: (operations) => {
        implementUploads(operations, { uploads, ownerId, admission })
        implementImports(operations, imports)
        implementWatchedFolders(operations, watched)
      },
      chores: [{ name: 'stale uploads', everyMs: HOURLY, run: sweep }],
      titles: { watched: (id) => watched.pathOf(id) },
      recover: async () => {
        await quarantine.returnNamed(({ kind, name }) => kind === 'upload' && uploads.sessions.isOpen(name))
        await uploads.recover()
        await sweep()
      },
      start: async () => {
        // Looked for now, so that the first upload does not wait for it; a failure is reported to whoever needs it.
        void tools().catch(() => undefined)
        await imports.start()
        watched.start()
      },
      stop: async () => {
        await watched.close()
        await imports.close()
      },
    }
  },
})
