import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { eventsModule } from '../events/index.ts'
import { identityModule } from '../identity/index.ts'
import { handleJob, jobsModule } from '../jobs/index.ts'
import { OBJECT_HEALED, objectsModule } from '../objects/index.ts'
import { SCENES_REPLACED, scenesModule } from '../scenes/index.ts'
import { isMediaEvent } from './events.ts'
import { Files } from './files.ts'
import { FrameIndexStore } from './frame-index-store.ts'
import { implementLibrary } from './handlers.ts'
import { MediaReader } from './media-reader.ts'
import { type MediaCounts, MediaRows } from './media-rows.ts'
import { MediaUrls } from './media-urls.ts'
import { previewJob } from './preview-job.ts'
import { MediaWriter } from './media-writer.ts'
import { previewHandler } from './preview.ts'
import { Published } from './published.ts'
import { Trash } from './trash.ts'
import { VideoEntries } from './video-entries.ts'
import { VideoIndex } from './video-index.ts'
import { VideoLists } from './video-lists.ts'
import { Videos } from './videos.ts'

export const libraryModule = defineCapability({
  name: 'library',
  create: ({ database, folder, secrets, log, tools, changes, runningClock, use }) => {
    const { queue } = use(jobsModule)
    const { identity } = use(identityModule)
    const { events } = use(eventsModule)
    const { objects, refs, checksums } = use(objectsModule)
    const { scenes } = use(scenesModule)
    const { now } = runningClock
    const rows = new MediaRows(database)
    const writer = new MediaWriter({ database, rows, refs, identity, events })
    const index = new VideoIndex(new VideoEntries(database))
    const lists = new VideoLists(index, queue)
    const videos = new Videos({ rows, writer, objects, scenes, jobs: queue, lists })
    const published = new Published({ rows, writer, identity })
    const trash = new Trash({ folder, rows, writer, objects, checksums, scenes, jobs: queue, log, now })
    events.inTransaction([OBJECT_HEALED], ({ subjectId }) => videos.redoFailed(subjectId))
    events.afterCommit(({ kind, subjectId }) => {
      if (isMediaEvent(kind)) index.refresh(subjectId)
      if (isMediaEvent(kind) || kind === SCENES_REPLACED) changes.publish('videos', { videoId: subjectId })
    })
    const frames = new FrameIndexStore({
      ...{ folder, checksums, tools },
      sourceOf: (row) => videos.sourceOf(row),
      noteTimes: (row, index) => videos.noteTimes(row, index),
    })
    const files = new Files({ folder, videos, scenes, jobs: queue })
    const mediaUrls = new MediaUrls(secrets.signing('media_secret'))
    return {
      media: new MediaReader(database),
      ...{ videos, published, trash, frames, scenes, files, mediaUrls },
      /** Adds to the counters of an item; part of the caller's transaction. */
      count: (id: string, added: MediaCounts) => rows.addCounts(id, added),
      operations: (operations) =>
        implementLibrary(operations, { videos, lists, published, trash, scenes, files, frames }),
      jobs: [
        handleJob(previewJob, previewHandler({ videos, frames, folder, checksums, tools }), ({ subjectId }) =>
          changes.publish('videos', { videoId: subjectId }),
        ),
      ],
      chores: [{ name: 'deleted videos', everyMs: EVERY_MINUTE, run: () => trash.purge() }],
      titles: { video: (id) => videos.titleOf(id) },
      recover: () => trash.purge(),
    }
  },
})
