import type { Database } from '../../platform/database/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { Secrets } from '../../platform/settings/index.ts'
import { AnalyticsThread } from './analytics-thread.ts'
import { Places } from './geoip.ts'
import type { CountMedia } from './audience-rows.ts'
import { Reactions } from './reactions.ts'
import { Viewers } from './viewers.ts'
import { Views } from './views.ts'
import { WriteBudgets } from './write-budgets.ts'

export interface EngagementOptions {
  readonly database: Database
  /** The same library, for the thread that answers analytics. */
  readonly databaseFile: string
  readonly secrets: Secrets
  readonly workersFolder: string
  /** A table of cities, in MaxMind's format, where the user has one. */
  readonly cityFile: string | undefined
  /** Adds to the counters that the library shows; part of the caller's transaction. */
  readonly count: CountMedia
  readonly log: Log
}

/** What people do with videos, and what is known of it. */
export class Engagement {
  readonly views: Views
  readonly reactions: Reactions
  readonly viewers: Viewers
  readonly places: Places
  readonly budgets = new WriteBudgets()
  readonly analytics: AnalyticsThread

  constructor({ database, databaseFile, secrets, workersFolder, cityFile, count, log }: EngagementOptions) {
    this.views = new Views(database, count)
    this.reactions = new Reactions(database, count)
    this.viewers = new Viewers(secrets)
    this.places = new Places(cityFile, log)
    this.analytics = new AnalyticsThread({ workersFolder, databaseFile, rewinds: () => this.views.rewinds })
  }

  async close(): Promise<void> {
    await this.analytics.close()
  }
}
