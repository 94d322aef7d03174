import type { Migration } from './migration.ts'

/** What a detector found in a video, and how finely the video is cut by it: scenes are cut anew without the film. */
export const adjustScenes: Migration = {
  name: 'adjust scenes',
  sql: `
    CREATE TABLE detections (
      video_id TEXT PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
      -- Which detector: another one's candidates are not mixed with those of the one at work.
      detector INTEGER NOT NULL,
      -- Seconds: where the last scene ends.
      end_time REAL NOT NULL,
      -- Every boundary it would ever believe, in order of time.
      candidates TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE scene_settings (
      video_id TEXT PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
      -- What its scenes were cut by.
      settings TEXT NOT NULL,
      -- Whether the video was adjusted apart from the library.
      own INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
