import type { Database } from '../../platform/database/index.ts'
import type { Events } from '../events/index.ts'
import type { Identity } from '../identity/index.ts'
import type { ObjectRefs } from '../objects/index.ts'
import type { MediaRows } from './media-rows.ts'
import { toSidecar } from './media-views.ts'

/** Of references to objects. */
const OWNER_KIND = 'media'

export interface MediaWriterOptions {
  readonly database: Database
  readonly rows: MediaRows
  readonly refs: ObjectRefs
  readonly identity: Pick<Identity, 'namesOf'>
  readonly events: Events
}

/** Changes an item: its row, what its object's sidecar says of it, and the event about it, in one transaction. */
export class MediaWriter {
  readonly #options: MediaWriterOptions

  constructor(options: MediaWriterOptions) {
    this.#options = options
  }

  /** @param kind of the event. @param write changes the row. */
  change(id: string, kind: string, write: () => void): void {
    const { database, events } = this.#options
    database.transaction(() => {
      write()
      this.#describe(id)
      events.publish({ kind, subjectId: id })
    })
  }

  /** Several changes as one: all of them, or on a throw none. */
  together(changes: () => void): void {
    this.#options.database.transaction(changes)
  }

  /** @param remove deletes the row, and what else is kept of it; says whether it did. */
  remove(id: string, kind: string, remove: () => boolean): boolean {
    const { database, events, refs } = this.#options
    return database.transaction(() => {
      if (!remove()) return false
      refs.remove(OWNER_KIND, id)
      events.publish({ kind, subjectId: id })
      return true
    })
  }

  #describe(id: string): void {
    const { identity, refs, rows } = this.#options
    const row = rows.get(id, { evenDeleted: true })
    if (row.source !== 'uploaded') return
    const owner = identity.namesOf([row.owner_id]).get(row.owner_id) ?? null
    const description = toSidecar(row, owner)
    refs.put({ sha256: row.sha256, ownerKind: OWNER_KIND, ownerId: id, description })
  }
}
