import type { Database } from '../../platform/database/index.ts'
import type { Events } from '../events/index.ts'
import { MEDIA_DELETED, MEDIA_PURGED, MEDIA_RESTORED, type MediaReader } from '../library/index.ts'
import { SCENES_REPLACED, type SceneReader } from '../scenes/index.ts'

export interface ItemPresenceOptions {
  readonly database: Database
  readonly events: Events
  readonly media: MediaReader
  readonly scenes: SceneReader
}

/**
 * Keeps in the transaction of each change which items of albums are there: those of a deleted video wait until it is
 * restored, and a photo is that of the scene which shows its instant.
 */
export function followMedia({ database, events, media, scenes }: ItemPresenceOptions): void {
  const hide = database.prepare('UPDATE album_items SET is_there = 0 WHERE video_id = :videoId')
  const show = database.prepare(
    `UPDATE album_items SET is_there = media_type = 'video' OR media_id IN (SELECT value FROM json_each(:sceneIds))
      WHERE video_id = :videoId`,
  )
  const remove = database.prepare('DELETE FROM album_items WHERE video_id = :videoId')
  const hidePhotos = database.prepare(
    `UPDATE album_items SET is_there = 0 WHERE video_id = :videoId AND media_type = 'photo'`,
  )
  // Where two photos of an album become one, the other waits until they are two again.
  const movePhotos = database.prepare(
    `UPDATE OR IGNORE album_items SET media_id = :sceneId, is_there = :isThere
      WHERE video_id = :videoId AND media_type = 'photo' AND at_seconds >= :startTime AND at_seconds < :endTime`,
  )
  events.inTransaction([MEDIA_DELETED], ({ subjectId: videoId }) => void hide.run({ videoId }))
  events.inTransaction([MEDIA_PURGED], ({ subjectId: videoId }) => void remove.run({ videoId }))
  events.inTransaction([MEDIA_RESTORED], ({ subjectId: videoId }) => {
    show.run({ videoId, sceneIds: JSON.stringify(scenes.idsOf(videoId)) })
  })
  events.inTransaction([SCENES_REPLACED], ({ subjectId: videoId }) => {
    if (hidePhotos.run({ videoId }).changes === 0) return
    const isThere = media.exists(videoId) ? 1 : 0
    for (const { id: sceneId, startTime, endTime } of scenes.getMany(scenes.idsOf(videoId)).values()) {
      movePhotos.run({ videoId, sceneId, startTime, endTime, isThere })
    }
  })
}
