import type { Settings } from '../../platform/settings/index.ts'
import type { PartWriters, Quarantine, Swept } from '../objects/index.ts'
import { ReturnedUploads, type Uploads } from '../uploads/index.ts'
import { RecoveredVideos, type RecoveredVideosOptions } from './recovered-videos.ts'
import { Recovery, type RecoveryOptions } from './recovery.ts'
import { Rebuild } from './rebuild.ts'
import { UnlistedFiles } from './unlisted-files.ts'

export interface RecoveryParts
  extends
    Omit<RecoveredVideosOptions, 'endUpload'>,
    Omit<RecoveryOptions, 'unlistedFiles' | 'rebuild' | 'hash' | 'start'> {
  readonly settings: Settings
  readonly uploads: Uploads
  /** Finds streams without a task. */
  readonly sweepStreams: (into: Quarantine) => Promise<Swept>
  readonly writers: PartWriters
}

/** Builds what brings back files that no row names. */
export function createRecovery(parts: RecoveryParts): Recovery {
  const { database, folder, identity, log, objects, quarantine, sidecars, uploads, writers, onChange } = parts
  const sweeps = [
    () => objects.sweep(() => uploads.pendingObjects()),
    () => uploads.sweepFolders(),
    () => parts.sweepStreams(quarantine),
  ]
  const unlistedFiles = new UnlistedFiles({ folder, settings: parts.settings, quarantine, log, sweeps, onChange })
  const hash: RecoveryOptions['hash'] = (file, sizeBytes, watch) => writers.hash(file, sizeBytes, watch)
  const returned = new ReturnedUploads({
    ...{ database, folder, quarantine, writers, sessions: uploads.sessions },
    ownerOf: (name) => identity.idOf(name),
  })
  const rebuild = new Rebuild({
    ...{ folder, objects, sidecars, quarantine, unlistedFiles, log, hash, onChange },
    uploads: returned,
    recoveredVideos: new RecoveredVideos({
      ...parts,
      endUpload: (mediaId, jobId) => uploads.sessions.endAs(mediaId, jobId),
    }),
  })
  const start = () => unlistedFiles.look()
  const { runs } = parts
  return new Recovery({ database, objects, quarantine, unlistedFiles, rebuild, runs, log, hash, start, onChange })
}
