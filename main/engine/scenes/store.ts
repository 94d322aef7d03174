import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import { EngineError, type Scene, TransitionKind } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'

interface SceneRow {
  id: string
  video_id: string
  scene_index: number
  start_time: number
  end_time: number
  transition: string
  confidence: number | null
  description: string | null
  tags: string
  visible_text: string | null
  created_at: number
}

/** A scene as the detector found it, with the id it is going to have. */
export interface FoundScene {
  readonly sceneId: string
  readonly startTime: number
  readonly endTime: number
  readonly transition: TransitionKind
  readonly confidenceScore: number | null
}

/** "because the URL is cached for a year, a re-analysis must mint new scene_ids". */
export function mintSceneId(): string {
  return randomUUID()
}

/** The `scenes` table. */
export class SceneStore {
  readonly #database: Database
  readonly #list
  readonly #get
  readonly #insert
  readonly #delete

  constructor(database: Database) {
    this.#database = database
    this.#list = database.prepare<SceneRow>('SELECT * FROM scenes WHERE video_id = :videoId ORDER BY scene_index')
    this.#get = database.prepare<SceneRow>(
      `SELECT scenes.* FROM scenes JOIN videos ON videos.id = scenes.video_id
       WHERE scenes.id = :id AND videos.deleted_at IS NULL`,
    )
    this.#insert = database.prepare(
      `INSERT INTO scenes (id, video_id, scene_index, start_time, end_time, transition, confidence, created_at)
       VALUES (:id, :videoId, :sceneIndex, :startTime, :endTime, :transition, :confidence, :now)`,
    )
    this.#delete = database.prepare('DELETE FROM scenes WHERE video_id = :videoId')
  }

  list(videoId: string): Scene[] {
    return this.#list.all({ videoId }).map(toScene)
  }

  /** @throws EngineError `not_found`, also when its video was deleted. */
  get(sceneId: string): Scene {
    const row = this.#get.get({ id: sceneId })
    if (!row) throw new EngineError('not_found', 'There is no such scene.')
    return toScene(row)
  }

  /** Puts these scenes in the place of all that the video had, at once. */
  replace(videoId: string, scenes: readonly FoundScene[]): void {
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
          transition: scene.transition,
          confidence: scene.confidenceScore,
          now,
        })
      }
    })
  }
}

function toScene(row: SceneRow): Scene {
  return {
    sceneId: row.id,
    videoId: row.video_id,
    sceneIndex: row.scene_index,
    startTime: row.start_time,
    endTime: row.end_time,
    description: row.description,
    tags: z.array(z.string()).parse(JSON.parse(row.tags)),
    visibleText: row.visible_text,
    confidenceScore: row.confidence,
    transition: TransitionKind.parse(row.transition),
    thumbnailUrl: `/api/v2/video-scenes/${row.id}/thumbnail`,
    createdAt: toInstant(row.created_at),
  }
}
