import { randomUUID } from 'node:crypto'
import type { Scope } from '../../main/contract/index.ts'
import type { Caller } from '../../main/engine/operations.ts'
import { Identity } from '../../main/engine/identity/index.ts'
import { MediaReader } from '../../main/engine/library/index.ts'
import { mintSceneId, SceneReader, SceneStore } from '../../main/engine/scenes/index.ts'
import type { Database } from '../../main/platform/database/index.ts'

const NOBODY: Caller = { door: 'ainative', userId: null, scopes: new Set() }

/** A library with people and videos, and no file behind any of them. */
export class SharedLibrary {
  readonly owner: Caller
  readonly nobody = NOBODY
  readonly database: Database
  readonly scenes: SceneStore
  /** What albums and annotations are built from. */
  readonly parts

  constructor(database: Database) {
    this.database = database
    this.scenes = new SceneStore(database)
    this.parts = {
      ...{ database, identity: new Identity(database) },
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
    this.database
      .prepare('INSERT OR IGNORE INTO objects (sha256, size_bytes, created_at) VALUES (:id, 1, 0)')
      .run({ id })
    this.database
      .prepare(
        `INSERT INTO videos (id, owner_id, title, filename, content_type, size_bytes, sha256, tags, custom, metadata,
                             duration_seconds, start_seconds, playable, poster, created_at)
         VALUES (:id, :userId, 'A file', 'a.mp4', 'video/mp4', 1, :id, '[]', '{}', '{"width":640,"height":360}',
                 :durationSeconds, 0, 1, 1, 0)`,
      )
      .run({ id, userId, durationSeconds })
    return id
  }

  /** A video that is only registered. @returns its id. */
  link({ userId }: Caller, facts: { durationSeconds?: number; type?: string; thumbnailUrl?: string } = {}): string {
    const id = randomUUID()
    this.database
      .prepare(
        `INSERT INTO linked_videos (id, owner_id, title, tags, created_at) VALUES (:id, :userId, 'A link', '[]', 0)`,
      )
      .run({ id, userId })
    this.database
      .prepare(
        `INSERT INTO publications (video_id, video_type, thumbnail_url, duration_seconds, updated_at)
         VALUES (:id, :type, :thumbnailUrl, :durationSeconds, 0)`,
      )
      .run({
        id,
        type: facts.type ?? 'other',
        thumbnailUrl: facts.thumbnailUrl ?? null,
        durationSeconds: facts.durationSeconds ?? null,
      })
    return id
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
    this.scenes.replace(videoId, scenes)
    return scenes.map(({ sceneId }) => sceneId)
  }

  /** Deletes a video so that it may be restored, or restores it. */
  hide(videoId: string, hidden = true): void {
    for (const table of ['videos', 'linked_videos']) {
      this.database
        .prepare(`UPDATE ${table} SET deleted_at = :at WHERE id = :videoId`)
        .run({ videoId, at: hidden ? 1 : null })
    }
  }

  /** Removes a video for good. */
  purge(videoId: string): void {
    for (const table of ['videos', 'linked_videos']) {
      this.database.prepare(`DELETE FROM ${table} WHERE id = :videoId`).run({ videoId })
    }
  }
}
