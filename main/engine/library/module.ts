import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { handleJob, jobsModule } from '../jobs/index.ts'
import { objectsModule } from '../objects/index.ts'
import { SceneStore } from '../scenes/index.ts'
import { implementCatalogue } from './catalogue-handlers.ts'
import { Catalogue } from './catalogue.ts'
import { Files } from './files.ts'
import { FrameIndexStore } from './frame-index-store.ts'
import { implementLibrary } from './handlers.ts'
import { MediaReader } from './media-reader.ts'
import { MediaUrls } from './media-urls.ts'
import { previewJob } from './preview-job.ts'
import { previewHandler } from './preview.ts'
import { Videos } from './videos.ts'

export const libraryModule = defineCapability({
  name: 'library',
  create: ({ database, folder, secrets, log, tools, changes, runningClock, use }) => {
    const { queue } = use(jobsModule)
    const { objects, checksums, onHealed } = use(objectsModule)
    const onChange = (videoId: string): void => changes.tell('videos', videoId)
    const { now } = runningClock
    const videos = new Videos({ database, folder, objects, jobs: queue, log, now, onChange })
    onHealed((sha256) => videos.redoFailed(sha256))
    const frames = new FrameIndexStore({ folder, checksums, tools, sourceOf: (row) => videos.sourceOf(row) })
    const scenes = new SceneStore(database, (videoId) => frames.stored(videoId))
    const catalogue = new Catalogue({ database, videos, now, onChange })
    const files = new Files({ folder, videos, scenes, jobs: queue })
    const mediaUrls = new MediaUrls(secrets.signing('media_secret'))
    return {
      media: new MediaReader(database),
      ...{ videos, frames, scenes, catalogue, files, mediaUrls },
      operations: (operations) => {
        implementLibrary(operations, { videos, scenes, files, frames })
        implementCatalogue(operations, catalogue)
      },
      jobs: [
        handleJob(previewJob, previewHandler({ videos, frames, folder, checksums, tools, onChange }), ({ subjectId }) =>
          onChange(subjectId),
        ),
      ],
      chores: [{ name: 'deleted videos', everyMs: EVERY_MINUTE, run: () => catalogue.purge() }],
      titles: { video: (id) => videos.titleOf(id) },
      recover: () => catalogue.purge(),
    }
  },
})
