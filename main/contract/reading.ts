import type { AnyOperation } from './operation.ts'

/** Of those that need no key, or an administrator's: what they ask is only read. */
const READING: ReadonlySet<string> = new Set([
  'albums.get',
  'albums.openItem',
  'audit.list',
  'imports.list',
  'keys.get',
  'keys.list',
  'maintenance.get',
  'server.get',
  'system.get',
  'watched.list',
  // what finds damage and heals it must run where there is some; each looks after itself
  'maintenance.verify',
  'maintenance.rebuild',
  'maintenance.stop',
])
/** Any key may do these, and they write. */
const WRITING: ReadonlySet<string> = new Set(['engagement.like', 'engagement.unlike'])

/** Whether an operation changes nothing, so that a library which is only read answers it too. */
export function isReading({ name, scope }: Pick<AnyOperation, 'name' | 'scope'>): boolean {
  return scope === 'read' ? !WRITING.has(name) : READING.has(name)
}
