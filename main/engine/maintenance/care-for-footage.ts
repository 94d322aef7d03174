import path from 'node:path'
import type { Settings } from '../../platform/settings/index.ts'
import type { Pipeline } from '../pipeline/index.ts'
import type { Kept } from '../objects/index.ts'
import { ReturnedUploads, type PartWriters, type Uploads } from '../uploads/index.ts'
import { ReturnedFilms, type ReturnedFilmsOptions } from './returned-films.ts'
import { FootageCare, type FootageCareOptions } from './footage-care.ts'
import { Rebuild } from './rebuild.ts'
import { Unlisted } from './unlisted.ts'

export interface FootageParts
  extends Omit<ReturnedFilmsOptions, 'endUpload'>, Omit<FootageCareOptions, 'unlisted' | 'rebuild' | 'hash' | 'start'> {
  readonly settings: Settings
  readonly uploads: Uploads
  readonly tasks: Pipeline
  readonly writers: PartWriters
}

/** Puts together what cares for footage that no row names. */
export function careForFootage(parts: FootageParts): FootageCare {
  const { database, folder, identity, log, objects, quarantine, sidecars, tasks, uploads, writers, onChange } = parts
  const sweeps = [
    () => objects.sweep(() => uploads.pendingObjects()),
    () => uploads.sweepFolders(),
    () => tasks.sweepStreams(quarantine),
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
  const start = async (): Promise<void> => {
    await returnNamed(parts)
    await uploads.recover()
    await unlisted.look()
  }
  const { runs } = parts
  return new FootageCare({ database, objects, quarantine, unlisted, rebuild, runs, log, hash, start, onChange })
}

/** What rows name again goes back where it lay, before anything misses it. */
async function returnNamed({ log, objects, quarantine, sidecars, tasks, uploads }: FootageParts): Promise<void> {
  const isNamed = ({ kind, name }: Kept): boolean => {
    if (kind === 'object') return objects.has(name)
    if (kind === 'upload') return uploads.sessions.isOpen(name)
    return kind === 'stream' && tasks.has(path.parse(name).name)
  }
  const keepTitle = async ({ kind, name, sizeBytes, videos }: Kept): Promise<void> => {
    if (kind === 'object') await sidecars.putBack(name, sizeBytes, videos)
  }
  const returned = await quarantine.returnNamed(isNamed, keepTitle)
  if (returned.length > 0) log.warn({ returned: returned.length }, 'put back from quarantine what rows name again')
}
