import path from 'node:path'
import type { Finding } from '../../contract/index.ts'
import type { QuarantineEntry, SidecarVideo } from '../objects/index.ts'

/** A file that may be a video, before it is read. */
export interface Candidate {
  /** The sha-256 that its name promises. */
  readonly name: string
  readonly path: string
  readonly videos: readonly SidecarVideo[]
  /** Its id in quarantine; null for one in the object store. */
  readonly keptId: string | null
}

export function toCandidate({ id, name, path: file, videos }: QuarantineEntry): Candidate {
  return { name, path: file, videos, keptId: id }
}

/** What became of a file that could not be restored. */
export function findingOf(
  root: string,
  { name, path: file, videos }: Candidate,
  problem: Finding['problem'],
  heals: Finding['heals'],
  remedy: string,
): Finding {
  const [video] = videos
  return {
    ...{ kind: 'object', problem, heals, remedy, sha256: name },
    path: path.relative(root, file).split(path.sep).join('/'),
    videoId: video?.id ?? null,
    title: video?.title ?? null,
  }
}
