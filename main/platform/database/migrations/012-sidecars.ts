import type { Migration } from './migration.ts'

/**
 * Each object has a sidecar that says which videos it holds. Triggers note in the transaction of a change that a sidecar
 * is not what the rows say any more, so that no crash forgets it and nobody who changes a video has to think of it.
 */
export const sidecars: Migration = {
  name: 'sidecars',
  sql: `
    -- When the bytes of the object were last read whole and found right; null for never since it was stored.
    ALTER TABLE objects ADD COLUMN verified_at INTEGER;

    -- Objects that nothing refers to any more by somebody's wish, and whose file is still to be deleted. Only a row here
    -- deletes a file: a row that is missing elsewhere never does.
    CREATE TABLE released_objects (
      sha256 TEXT PRIMARY KEY,
      released_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Every change gives its object a new number: the number that was read tells whether another change came since.
    CREATE TABLE stale_sidecars (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      sha256 TEXT NOT NULL UNIQUE
    ) STRICT;
    -- Videos that were deleted for good: what else a sidecar names and no row does is kept in it.
    CREATE TABLE forgotten_videos (
      sha256 TEXT NOT NULL,
      video_id TEXT NOT NULL,
      PRIMARY KEY (sha256, video_id)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO stale_sidecars (sha256) SELECT DISTINCT sha256 FROM videos ORDER BY created_at;

    CREATE TRIGGER sidecar_of_added AFTER INSERT ON videos BEGIN
      DELETE FROM forgotten_videos WHERE sha256 = NEW.sha256 AND video_id = NEW.id;
      DELETE FROM stale_sidecars WHERE sha256 = NEW.sha256;
      INSERT INTO stale_sidecars (sha256) VALUES (NEW.sha256);
    END;
    CREATE TRIGGER sidecar_of_changed
      AFTER UPDATE OF owner_id, title, filename, content_type, tags, custom, deleted_at ON videos BEGIN
      DELETE FROM stale_sidecars WHERE sha256 = NEW.sha256;
      INSERT INTO stale_sidecars (sha256) VALUES (NEW.sha256);
    END;
    CREATE TRIGGER sidecar_of_removed AFTER DELETE ON videos BEGIN
      INSERT OR IGNORE INTO forgotten_videos (sha256, video_id) VALUES (OLD.sha256, OLD.id);
      DELETE FROM stale_sidecars WHERE sha256 = OLD.sha256;
      INSERT INTO stale_sidecars (sha256) VALUES (OLD.sha256);
    END;
  `,
}
