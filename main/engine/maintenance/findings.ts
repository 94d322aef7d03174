import type { Finding } from '../../contract/index.ts'

type Kind = Finding['kind']

/** What a finding is about. */
export interface Subject {
  readonly kind: Kind
  /** Below the library folder, with `/`. */
  readonly path: string
  readonly sha256?: string | null
  readonly videoId?: string | null
  readonly title?: string | null
}

type Healing = Pick<Finding, 'heals' | 'remedy'>

export const BY_IMPORT: Healing = {
  heals: 'import',
  remedy: 'Import the same file again: it replaces the damaged one. Or restore a backup.',
}
export const BY_SENDING: Healing = {
  heals: 'import',
  remedy: 'Import the same file again, or send this chunk again: it is requested when the upload resumes.',
}
export const BY_ITSELF: Healing = {
  heals: 'itself',
  remedy: 'Nothing to do: Fieldreel makes it again while it is open.',
}
export const WITH_ITS_VIDEO: Healing = {
  heals: 'import',
  remedy: 'The video itself is damaged. Import its file again; then this is made again.',
}
export const BY_BACKUP: Healing = {
  heals: 'backup',
  remedy: 'Restore a snapshot of the database or a backup of the library.',
}
export const BY_TASK: Healing = { heals: 'backup', remedy: 'Restore a backup, or run the task again.' }
export const BY_REBUILD: Healing = {
  heals: 'none',
  remedy: 'The library has no entry for it. "library rebuild" restores it; it is never deleted automatically.',
}
export const LEFT_OVER: Healing = { heals: 'none', remedy: 'The library does not need it. You can delete it.' }

export function finding(subject: Subject, problem: Finding['problem'], healing: Healing, detail?: string): Finding {
  const { kind, path, sha256 = null, videoId = null, title = null } = subject
  const remedy = detail === undefined ? healing.remedy : `${detail} ${healing.remedy}`
  return { kind, problem, path, sha256, videoId, title, heals: healing.heals, remedy }
}
