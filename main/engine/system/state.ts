import type { SystemState } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type DataFolder, freeBytes } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { ObjectStore } from '../objects/index.ts'

export interface SystemParts {
  readonly version: string
  readonly folder: DataFolder
  readonly objects: ObjectStore
  readonly tools: () => Promise<FfmpegTools>
  readonly log: Log
}

/** Facts of this installation; a missing ffmpeg is one of them, not a failure. */
export async function describeSystem({ version, folder, objects, tools, log }: SystemParts): Promise<SystemState> {
  const ffmpeg = await tools().catch((error: unknown) => {
    log.warn({ err: error }, 'no ffmpeg')
    return null
  })
  return {
    version,
    dataFolder: folder.root,
    disk: { usedBytes: objects.usedBytes(), freeBytes: await freeBytes(folder.root).catch(() => 0) },
    storage: folder.look(),
    ffmpeg: {
      path: ffmpeg?.ffmpeg ?? null,
      version: ffmpeg?.version ?? null,
      source: ffmpeg?.source ?? null,
      warning: ffmpeg?.warning ?? null,
    },
  }
}
