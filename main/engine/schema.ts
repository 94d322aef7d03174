import type { Schema } from '../platform/database/index.ts'
import { settingsMigrations } from '../platform/settings/index.ts'
import { albumsMigrations } from './albums/migrations.ts'
import { annotationsMigrations } from './annotations/migrations.ts'
import { auditMigrations } from './audit/migrations.ts'
import { engagementMigrations } from './engagement/migrations.ts'
import { eventsMigrations } from './events/migrations.ts'
import { identityMigrations } from './identity/migrations.ts'
import { jobsMigrations } from './jobs/migrations.ts'
import { libraryMigrations } from './library/migrations.ts'
import { objectsMigrations } from './objects/migrations.ts'
import { pipelineMigrations } from './pipeline/migrations.ts'
import { scenesMigrations } from './scenes/migrations.ts'
import { systemMigrations } from './system/migrations.ts'
import { uploadsMigrations } from './uploads/migrations.ts'

/**
 * All tables of a library, lower capabilities first.
 * Instants are milliseconds since 1970 UTC; JSON columns hold what the contract's schemas describe.
 */
export const schema: Schema = [
  settingsMigrations,
  identityMigrations,
  eventsMigrations,
  jobsMigrations,
  objectsMigrations,
  scenesMigrations,
  libraryMigrations,
  uploadsMigrations,
  pipelineMigrations,
  engagementMigrations,
  albumsMigrations,
  annotationsMigrations,
  auditMigrations,
  systemMigrations,
]
