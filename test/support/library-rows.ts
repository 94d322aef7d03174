import type { Database } from '../../main/platform/database/index.ts'

/** Changes what a row and the sidecar's description say, as the engine does, without one. */
export function describeAs(
  database: Database,
  facts: { title?: string; owner?: string },
  sha256: string | null = null,
): void {
  const which = { sha256 }
  for (const [field, value] of Object.entries(facts)) {
    const isTitle = field === 'title'
    const change = isTitle ? 'title = :value' : 'owner_id = (SELECT id FROM users WHERE name = :value)'
    database.prepare(`UPDATE media SET ${change} WHERE sha256 = coalesce(:sha256, sha256)`).run({ ...which, value })
    database
      .prepare(
        `UPDATE object_refs SET description = json_set(description, '$.${field}', :value)
          WHERE sha256 = coalesce(:sha256, sha256) AND description IS NOT NULL`,
      )
      .run({ ...which, value })
  }
  database
    .prepare(
      `INSERT OR IGNORE INTO stale_sidecars (sha256) SELECT sha256 FROM objects WHERE sha256 = coalesce(:sha256, sha256)`,
    )
    .run(which)
}

/** Takes objects and their videos out of the rows, or one of them; the files stay. */
export function forgetObjects(database: Database, sha256: string | null = null): void {
  for (const table of ['media', 'object_refs', 'objects']) {
    database.prepare(`DELETE FROM ${table} WHERE sha256 = coalesce(:sha256, sha256)`).run({ sha256 })
  }
}
