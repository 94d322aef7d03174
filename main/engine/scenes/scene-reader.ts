import type { Database } from '../../platform/database/index.ts'

/** Where in its video a scene is, in seconds. */
export interface SceneTimes {
  readonly id: string
  readonly videoId: string
  readonly startTime: number
  readonly endTime: number
}

/** Reads scenes for other capabilities, on any thread. */
export class SceneReader {
  readonly #select
  readonly #idsOf

  constructor(database: Database) {
    this.#select = database.prepare<SceneTimes>(
      `SELECT scenes.id, video_id AS videoId, start_time AS startTime, end_time AS endTime
         FROM json_each(:ids) AS asked CROSS JOIN scenes ON scenes.id = asked.value`,
    )
    this.#idsOf = database.prepare<{ id: string }>('SELECT id FROM scenes WHERE video_id = :videoId')
  }

  get(id: string): SceneTimes | null {
    return this.getMany([id]).get(id) ?? null
  }

  /** By id. */
  getMany(ids: readonly string[]): Map<string, SceneTimes> {
    return new Map(this.#select.all({ ids: JSON.stringify(ids) }).map((row) => [row.id, row]))
  }

  idsOf(videoId: string): string[] {
    return this.#idsOf.all({ videoId }).map(({ id }) => id)
  }
}
