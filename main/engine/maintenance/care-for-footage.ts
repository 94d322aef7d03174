import type { Settings } from '../../platform/settings/index.ts'
import type { PartWriters, Quarantine, Swept } from '../objects/index.ts'
import { ReturnedUploads, type Uploads } from '../uploads/index.ts'
import { ReturnedFilms, type ReturnedFilmsOptions } from './returned-films.ts'
import { FootageCare, type FootageCareOptions } from './footage-care.ts'
import { Rebuild } from './rebuild.ts'
import { Unlisted } from './unlisted.ts'

export interface FootageParts
  extends Omit<ReturnedFilmsOptions, 'endUpload'>, Omit<FootageCareOptions, 'unlisted' | 'rebuild' | 'hash' | 'start'> {
  readonly settings: Settings
  readonly uploads: Uploads
  /** Finds streams without a task. */
  readonly sweepStreams: (into: Quarantine) => Promise<Swept>
  readonly writers: PartWriters
}

/** Puts together what cares for footage that no row names. */
export function careForFootage(parts: FootageParts): FootageCare {
  const { database, folder, identity, log, objects, quarantine, sidecars, uploads, writers, onChange } = parts
  const sweeps = [
    () => objects.sweep(() => uploads.pendingObjects()),
    () => uploads.sweepFolders(),
    () => parts.sweepStreams(quarantine),
  ]
  const unlisted = new Unlisted({ folder, settings: parts.settings, quarantine, log, sweeps, onChange })
  const hash: FootageCareOptions['hash'] = (file, sizeBytes, watch) => writers.hash(file, sizeBytes, watch)
  const returned = new ReturnedUploads({
    ...{ database, folder, quarantine, writers, sessions: uploads.sessions },
    ownerOf: (name) => identity.idOf(name),
  })
  const rebuild = new Rebuild({
    ...{ folder, objects, sidecars, quarantine, unlisted, log, hash, onChange },
    uploads: returned,
    returnedFilms: new ReturnedFilms({
      ...parts,
      endUpload: (mediaId, jobId) => uploads.sessions.endAs(mediaId, jobId),
    }),
  })
  const start = () => unlisted.look()
  const { runs } = parts
  return new FootageCare({ database, objects, quarantine, unlisted, rebuild, runs, log, hash, start, onChange })
}
