import { randomUUID } from 'node:crypto'
import type { Scope } from '../../main/contract/index.ts'
import type { Caller } from '../../main/engine/operations.ts'
import { Events } from '../../main/engine/events/index.ts'
import { Identity } from '../../main/engine/identity/index.ts'
import { MEDIA_DELETED, MEDIA_PURGED, MEDIA_RESTORED, MediaReader, MediaRows } from '../../main/engine/library/index.ts'
import { mintSceneId, SceneReader, SceneStore } from '../../main/engine/scenes/index.ts'
import type { Database } from '../../main/platform/database/index.ts'
import { silentLog } from './log.ts'

const NOBODY: Caller = { door: 'ainative', userId: null, scopes: new Set() }

/** A library with people and videos, and no file behind any of them. */
export class SharedLibrary {
  readonly owner: Caller
  readonly nobody = NOBODY
  readonly database: Database
  readonly scenes: SceneStore
  readonly #events: Events
  readonly #media: MediaRows
  /** What albums and annotations are built from. */
  readonly parts

  constructor(database: Database) {
    this.database = database
    this.#events = new Events({ database, log: silentLog })
    this.#media = new MediaRows(database)
    this.scenes = new SceneStore(database, this.#events)
    this.parts = {
      ...{ database, events: this.#events, identity: new Identity(database) },
      ...{ media: new MediaReader(database), scenes: new SceneReader(database) },
    }
    this.owner = { ...this.person('owner', true), scopes: new Set(['read', 'write', 'admin']) }
  }

  /** Somebody with a key. */
  person(name: string, isOwner = false): Caller {
    const userId = randomUUID()
    this.database
      .prepare('INSERT INTO users (id, name, is_owner, created_at) VALUES (:userId, :name, :isOwner, 0)')
      .run({ userId, name, isOwner: isOwner ? 1 : 0 })
    return { door: 'ainative', userId, scopes: new Set<Exclude<Scope, 'none'>>(['read', 'write']) }
  }

  /** A video that was uploaded. @returns its id. */
  file({ userId }: Caller, { durationSeconds = 60 } = {}): string {
    const id = randomUUID()
    this.database.prepare('INSERT INTO objects (sha256, size_bytes, created_at) VALUES (:id, 1, 0)').run({ id })
    this.#media.insertVideo.run({
      ...{
        id,
        ownerId: userId,
        title: 'A file',
        filename: 'a.mp4',
        contentType: 'video/mp4',
        sizeBytes: 1,
        sha256: id,
      },
      ...{ tags: '[]', custom: '{}', metadata: '{"width":640,"height":360}', durationSeconds, startSeconds: 0 },
      ...{ playable: 1, now: 0 },
    })
    this.#media.setPoster.run({ id })
    return id
  }

  /** A video that is only registered. @returns its id. */
  link({ userId }: Caller, facts: { durationSeconds?: number; type?: string; thumbnailUrl?: string } = {}): string {
    const id = randomUUID()
    this.#media.insertLink.run({ id, ownerId: userId, title: 'A link', tags: '[]', now: 0 })
    this.publish(id, facts)
    return id
  }

  /** Says what a video is published with. */
  publish(id: string, facts: { durationSeconds?: number; type?: string; thumbnailUrl?: string }): void {
    this.#media.publish.run({
      ...{ id, description: null, videoType: facts.type ?? 'other', videoUrl: null, projectUrl: null, techStack: '[]' },
      ...{ thumbnailUrl: facts.thumbnailUrl ?? null, durationSeconds: facts.durationSeconds ?? null, now: 0 },
    })
  }

  /** Cuts a video where these scenes end. @returns their ids. */
  cut(videoId: string, ...ends: number[]): string[] {
    const scenes = ends.map((endTime, index) => ({
      sceneId: mintSceneId(),
      startTime: ends[index - 1] ?? 0,
      endTime,
      transition: 'cut' as const,
      confidenceScore: 1,
    }))
    this.scenes.replace(videoId, scenes, null)
    return scenes.map(({ sceneId }) => sceneId)
  }

  /** Deletes a video so that it may be restored, or restores it. */
  hide(videoId: string, hidden = true): void {
    this.database.transaction(() => {
      this.#media.setDeleted.run({ id: videoId, deletedAt: hidden ? 1 : null })
      this.#events.publish({ kind: hidden ? MEDIA_DELETED : MEDIA_RESTORED, subjectId: videoId })
    })
  }

  /** Removes a video for good. */
  purge(videoId: string): void {
    this.database.transaction(() => {
      this.#media.setDeleted.run({ id: videoId, deletedAt: 1 })
      this.#media.remove.run({ id: videoId, before: 2 })
      this.#events.publish({ kind: MEDIA_PURGED, subjectId: videoId })
    })
  }
}
