import type { DomainMigrations } from '../../platform/database/index.ts'

export const scenesMigrations: DomainMigrations = {
  domain: 'scenes',
  steps: [
    `
      CREATE TABLE scenes (
        id TEXT PRIMARY KEY,
        video_id TEXT NOT NULL,
        scene_index INTEGER NOT NULL,
        start_time REAL NOT NULL,
        end_time REAL NOT NULL,
        transition TEXT NOT NULL,
        confidence REAL,
        description TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        visible_text TEXT,
        created_at INTEGER NOT NULL,
        -- The frames it begins with and ends before, counted from 0; null where the video has no frame index.
        start_frame INTEGER,
        end_frame INTEGER,
        UNIQUE (video_id, scene_index)
      ) STRICT;

      -- What a detector found in a video.
      CREATE TABLE detections (
        video_id TEXT PRIMARY KEY,
        -- Which detector: another one's candidates are not mixed with those of the one at work.
        detector INTEGER NOT NULL,
        -- Seconds: where the last scene ends.
        end_time REAL NOT NULL,
        -- Every boundary it would ever believe, in order of time.
        candidates TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE scene_settings (
        video_id TEXT PRIMARY KEY,
        -- What its scenes were cut by.
        settings TEXT NOT NULL,
        -- Whether the video was adjusted apart from the library.
        own INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  ],
}
