import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import { EngineError, type FrameIndex, type Scene, TransitionKind } from '../../contract/index.ts'
import type { Events } from '../events/index.ts'
import { type Database, readRow, readRows } from '../../platform/database/index.ts'

type SceneRow = Omit<Scene, 'tags' | 'thumbnailUrl' | 'createdAt'> & { tags: string; createdAt: number }

const SELECT = `
  SELECT id AS sceneId, video_id AS videoId, scene_index AS sceneIndex, start_time AS startTime, end_time AS endTime,
         start_frame AS startFrame, end_frame AS endFrame, description, tags, visible_text AS visibleText,
         confidence AS confidenceScore, transition, created_at AS createdAt
    FROM scenes`

/** A video has other scenes now; the subject is the video. */
export const SCENES_REPLACED = 'scenes.replaced'

/** A scene as the detector found it, with the id it is going to have. */
export interface FoundScene {
  readonly sceneId: string
  readonly startTime: number
  readonly endTime: number
  readonly transition: TransitionKind
  readonly confidenceScore: number | null
}

/** AN-6 */
export function mintSceneId(): string {
  return randomUUID()
}

/** The `scenes` table. */
export class SceneStore {
  readonly #database: Database
  readonly #events: Events
  readonly #list
  readonly #get
  readonly #counts
  readonly #insert
  readonly #delete
  readonly #forget

  constructor(database: Database, events: Events) {
    this.#database = database
    this.#events = events
    this.#list = database.prepare<SceneRow>(`${SELECT} WHERE video_id = :videoId ORDER BY scene_index`)
    this.#get = database.prepare<SceneRow>(`${SELECT} WHERE id = :id`)
    this.#counts = database.prepare<{ video_id: string; count: number }>(
      `SELECT value AS video_id, (SELECT count(*) FROM scenes WHERE video_id = value) AS count FROM json_each(:ids)`,
    )
    this.#insert = database.prepare(
      `INSERT INTO scenes (id, video_id, scene_index, start_time, end_time, start_frame, end_frame, transition,
                           confidence, created_at)
       VALUES (:id, :videoId, :sceneIndex, :startTime, :endTime, :startFrame, :endFrame, :transition, :confidence, :now)`,
    )
    this.#delete = database.prepare('DELETE FROM scenes WHERE video_id = :videoId')
    this.#forget = ['detections', 'scene_settings'].map((table) =>
      database.prepare(`DELETE FROM ${table} WHERE video_id = :videoId`),
    )
  }

  list(videoId: string): Scene[] {
    return readRows(this.#list.all({ videoId }), toScene)
  }

  /** How many scenes each of these videos has. */
  counts(videoIds: readonly string[]): Map<string, number> {
    const rows = this.#counts.all({ ids: JSON.stringify(videoIds) })
    return new Map(rows.map(({ video_id: videoId, count }) => [videoId, count]))
  }

  /** Also a scene of a deleted video that may still be restored. @throws EngineError `not_found`. */
  get(sceneId: string): Scene {
    const row = this.#get.get({ id: sceneId })
    if (!row) throw new EngineError('not_found', 'There is no such scene.')
    return toScene(row)
  }

  /**
   * Puts these scenes in the place of all that the video had, at once.
   * @param frames the video's frame index, as far as it is made.
   */
  replace(videoId: string, scenes: readonly FoundScene[], frames: FrameIndex | null): void {
    const now = Date.now()
    this.#database.transaction(() => {
      this.#delete.run({ videoId })
      for (const [sceneIndex, scene] of scenes.entries()) {
        this.#insert.run({
          id: scene.sceneId,
          videoId,
          sceneIndex,
          startTime: scene.startTime,
          endTime: scene.endTime,
          startFrame: frames?.frameAt(scene.startTime) ?? null,
          // Half-open: the next scene begins with the frame that this one ends before.
          endFrame: frames && (scenes[sceneIndex + 1] ? frames.frameAt(scene.endTime) : frames.count),
          transition: scene.transition,
          confidence: scene.confidenceScore,
          now,
        })
      }
      this.#events.publish({ kind: SCENES_REPLACED, subjectId: videoId })
    })
  }

  /** Forgets all of a video that is gone; part of the caller's transaction. */
  forget(videoId: string): void {
    for (const statement of [this.#delete, ...this.#forget]) statement.run({ videoId })
  }
}

function toScene(row: SceneRow): Scene {
  return readRow('scene', () => sceneOf(row))
}

function sceneOf(row: SceneRow): Scene {
  return {
    ...row,
    tags: z.array(z.string()).parse(JSON.parse(row.tags)),
    transition: TransitionKind.parse(row.transition),
    thumbnailUrl: `/api/v2/video-scenes/${row.sceneId}/thumbnail`,
    createdAt: toInstant(row.createdAt),
  }
}
