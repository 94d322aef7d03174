import type { QuarantinedItem } from '../../../../main/contract/index.ts'
import { plain } from '../../../shared/format/plain.ts'
import { longDate } from '../../../shared/format/time.ts'

const KINDS: Readonly<Record<QuarantinedItem['kind'], string>> = {
  object: 'Video file',
  upload: 'Unfinished upload',
  stream: 'Event stream of a task',
  database: 'Damaged database',
}

/** What a thing in quarantine is called: its title, its file name, or what it is. */
export function quarantinedName({ title, filename, kind }: QuarantinedItem): string {
  return plain(title ?? filename ?? KINDS[kind])
}

/** `Video file, east_gate.mp4`: what its name does not say already. */
export function quarantinedNote(item: QuarantinedItem): string {
  const { title, filename, kind } = item
  if (title === null && filename === null) return ''
  return title === null || filename === null ? KINDS[kind] : `${KINDS[kind]}, ${plain(filename)}`
}

/** `12 December 2026`, or `Until you delete it` once the time is over. */
export function keptText({ keptUntil }: QuarantinedItem, now = Date.now()): string {
  return Date.parse(keptUntil) > now ? longDate(keptUntil) : 'Until you delete it'
}
