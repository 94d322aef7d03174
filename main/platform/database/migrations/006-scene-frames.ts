import type { Migration } from './migration.ts'

/** The frames a scene begins with and ends before, counted from 0; null where the video has no frame index. */
export const sceneFrames: Migration = {
  name: 'scene frames',
  sql: `
    ALTER TABLE scenes ADD COLUMN start_frame INTEGER;
    ALTER TABLE scenes ADD COLUMN end_frame INTEGER;
  `,
}
