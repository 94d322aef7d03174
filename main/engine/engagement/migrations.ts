import type { DomainMigrations } from '../../platform/database/index.ts'

/**
 * Who watched what, and every sum of it that analytics asks for, kept in the transaction that changes it.
 *
 * An audience is the people of one video; number 0 is that of the whole library, which counts every view ever, so
 * audiences and their views outlive their videos. Completion is in millionths of a percent: sums stay exact.
 */
export const engagementMigrations: DomainMigrations = {
  domain: 'engagement',
  steps: [
    `
      CREATE TABLE audiences (
        id INTEGER PRIMARY KEY,
        -- Null for the whole library.
        video_id TEXT UNIQUE,
        views INTEGER NOT NULL DEFAULT 0,
        viewers INTEGER NOT NULL DEFAULT 0,
        watch_seconds INTEGER NOT NULL DEFAULT 0,
        completion INTEGER NOT NULL DEFAULT 0,
        likes INTEGER NOT NULL DEFAULT 0,
        shares INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      INSERT INTO audiences (id) VALUES (0);
      CREATE INDEX audiences_by_views ON audiences (views);

      -- A signed-in person, or an address as an HMAC under this library's secret: never an address or a plain hash of one.
      CREATE TABLE viewers (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE views (
        id INTEGER PRIMARY KEY,
        audience INTEGER NOT NULL REFERENCES audiences (id),
        session_id TEXT NOT NULL,
        viewer INTEGER NOT NULL REFERENCES viewers (id),
        started_at INTEGER NOT NULL,
        reported_at INTEGER NOT NULL,
        watch_seconds INTEGER NOT NULL,
        completion INTEGER NOT NULL,
        device TEXT NOT NULL,
        browser TEXT NOT NULL,
        os TEXT NOT NULL,
        country TEXT NOT NULL,
        city TEXT,
        -- When the same viewer's view before this one began, of this video and of any; 0 for the first. Within a span of time
        -- each viewer is counted once by counting the views whose predecessor lies before it.
        before_at INTEGER NOT NULL,
        library_before_at INTEGER NOT NULL,
        UNIQUE (audience, session_id)
      ) STRICT;
      CREATE INDEX views_by_time ON views (audience, started_at, before_at);
      CREATE INDEX views_of_library ON views (started_at, library_before_at);
      CREATE INDEX views_by_report ON views (reported_at);

      CREATE TABLE audience_viewers (
        audience INTEGER NOT NULL,
        viewer INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        PRIMARY KEY (audience, viewer)
      ) STRICT, WITHOUT ROWID;

      -- By quarters of an hour since 1970: every time zone's days and hours begin with one.
      CREATE TABLE audience_slots (
        audience INTEGER NOT NULL,
        slot INTEGER NOT NULL,
        views INTEGER NOT NULL,
        watch_seconds INTEGER NOT NULL,
        completion INTEGER NOT NULL,
        PRIMARY KEY (audience, slot)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE audience_traits (
        audience INTEGER NOT NULL,
        trait TEXT NOT NULL CHECK (trait IN ('device', 'browser', 'os', 'country')),
        value TEXT NOT NULL,
        views INTEGER NOT NULL,
        PRIMARY KEY (audience, trait, value)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE audience_cities (
        audience INTEGER NOT NULL,
        country TEXT NOT NULL,
        city TEXT NOT NULL,
        views INTEGER NOT NULL,
        viewers INTEGER NOT NULL,
        PRIMARY KEY (audience, country, city)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE city_viewers (
        audience INTEGER NOT NULL,
        country TEXT NOT NULL,
        city TEXT NOT NULL,
        viewer INTEGER NOT NULL,
        PRIMARY KEY (audience, country, city, viewer)
      ) STRICT, WITHOUT ROWID;

      -- How many views ended in which twentieth of the video; 20 is its very end.
      CREATE TABLE audience_endings (
        audience INTEGER NOT NULL,
        device TEXT NOT NULL,
        step INTEGER NOT NULL CHECK (step BETWEEN 0 AND 20),
        views INTEGER NOT NULL,
        completion INTEGER NOT NULL,
        PRIMARY KEY (audience, device, step)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE likes (
        video_id TEXT NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id),
        liked_at INTEGER NOT NULL,
        PRIMARY KEY (video_id, user_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE shares (
        id INTEGER PRIMARY KEY,
        video_id TEXT NOT NULL,
        -- Null without a signed-in user.
        user_id TEXT REFERENCES users (id),
        platform TEXT,
        shared_at INTEGER NOT NULL
      ) STRICT;
    `,
  ],
}
