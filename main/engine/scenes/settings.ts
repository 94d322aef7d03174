import { DEFAULT_SCENE_SETTINGS, SceneSettings } from '../../contract/scenes/scene-settings.ts'
import { type Database, readRow } from '../../platform/database/index.ts'
import type { Settings } from '../../platform/settings/index.ts'

const SETTING = 'scenes'

/** What is left out stays as it is. */
type Change = { readonly [K in keyof SceneSettings]?: SceneSettings[K] | undefined }

/** How finely videos are cut: the library's choice, and that of each video which was adjusted apart. */
export class SceneSettingsStore {
  readonly #settings: Settings
  readonly #get
  readonly #put

  constructor(database: Database, settings: Settings) {
    this.#settings = settings
    this.#get = database.prepare<{ settings: string; own: number }>(
      'SELECT settings, own FROM scene_settings WHERE video_id = :videoId',
    )
    this.#put = database.prepare(
      `INSERT INTO scene_settings (video_id, settings, own) VALUES (:videoId, :settings, :own)
       ON CONFLICT (video_id) DO UPDATE SET settings = excluded.settings, own = excluded.own`,
    )
  }

  /** The library's. */
  get library(): SceneSettings {
    return this.#settings.read(SETTING, SceneSettings) ?? DEFAULT_SCENE_SETTINGS
  }

  changeLibrary(change: Change): SceneSettings {
    const { sensitivity, minimumSceneSeconds, splitLongScenes } = this.library
    const changed: SceneSettings = {
      sensitivity: change.sensitivity ?? sensitivity,
      minimumSceneSeconds: change.minimumSceneSeconds ?? minimumSceneSeconds,
      splitLongScenes: change.splitLongScenes ?? splitLongScenes,
    }
    this.#settings.write(SETTING, changed)
    return changed
  }

  /** What a video's scenes were cut by; the library's while it has none. `own`: it was adjusted apart from the library. */
  ofVideo(videoId: string): { settings: SceneSettings; own: boolean } {
    const row = this.#get.get({ videoId })
    if (!row) return { settings: this.library, own: false }
    return readRow('video', () => ({ settings: SceneSettings.parse(JSON.parse(row.settings)), own: row.own === 1 }))
  }

  /** What a video is cut by when it is analysed (again): its own choice, else the library's of today. */
  toCutBy(videoId: string): { settings: SceneSettings; own: boolean } {
    const kept = this.ofVideo(videoId)
    return kept.own ? kept : { settings: this.library, own: false }
  }

  /** Writes down what a video's scenes are cut by; belongs into the transaction that replaces them. */
  put(videoId: string, { settings, own }: { settings: SceneSettings; own: boolean }): void {
    this.#put.run({ videoId, settings: JSON.stringify(settings), own: own ? 1 : 0 })
  }
}
