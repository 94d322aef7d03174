import type { Checksums } from '../objects/index.ts'
import { makePreview, pixelsOf, previewContentType } from '../media/index.ts'
import type { JobHandler } from '../jobs/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type DataFolder, explainWriteFailure } from '../../platform/files/index.ts'
import { DerivedFolder } from './files.ts'
import { metadataOf } from './media-rows.ts'
import type { FrameIndexStore } from './frame-index-store.ts'
import type { Videos } from './videos.ts'

export interface PreviewOptions {
  readonly videos: Videos
  readonly frames: FrameIndexStore
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly tools: () => Promise<FfmpegTools>
}

/** Does `previewJob`. */
export function previewHandler(options: PreviewOptions): JobHandler {
  const { videos, frames, folder, checksums, tools } = options
  return async ({ subjectId: mediaId }, { signal, report }) => {
    const row = videos.row(mediaId)
    const resolved = await tools()
    const derived = new DerivedFolder(folder, mediaId)
    report(0, 'Making a preview')
    // Not for its own sake: a file whose index claims too much would be copied without end.
    await frames.of(row, signal)
    try {
      await derived.prepare()
      checksums.forget(mediaId, ['preview'])
      await makePreview(resolved, videos.sourceOf(row), derived.preview, {
        durationSeconds: row.duration_seconds,
        pixels: pixelsOf(metadataOf(row)),
        signal,
        onProgress: (fraction) => report(fraction * 100, 'Making a preview'),
      })
      await checksums.record(mediaId, ['preview'])
    } catch (error) {
      throw explainWriteFailure(error, derived.root)
    }
    videos.notePreview(mediaId, previewContentType(resolved))
  }
}
