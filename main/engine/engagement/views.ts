import { randomUUID } from 'node:crypto'
import type { Database } from '../../platform/database/index.ts'
import { AudienceRows, type CountMedia, LIBRARY } from './audience-rows.ts'
import type { Device } from './devices.ts'
import type { Place } from './geoip.ts'
import { ViewerHistory } from './viewer-history.ts'

/** One report of a viewer. */
export interface Viewing {
  readonly videoId: string
  readonly sessionId: string | null
  /** As `Viewers` makes it. */
  readonly viewerKey: string
  readonly watchSeconds: number
  /** 0..100. */
  readonly completionPercentage: number
  readonly device: Device
  readonly place: Place
}

/** Whether another row may be added now. */
export interface ViewBudget {
  mayBegin(): boolean
  /** Counts a row. @throws EngineError `rate_limited` when there is no room. */
  begin(): void
}

const UNBOUNDED: ViewBudget = { mayBegin: () => true, begin: () => undefined }
/** Sessions that are remembered, for reports that may not add a row. */
const MOST_SESSIONS = 8192
/** How exactly the last report of a view is known. */
const REPORTED_MS = 15_000

interface ViewRow {
  id: number
  started_at: number
  reported_at: number
  watch_seconds: number
  completion: number
  device: string
}

/** The views of a library, and every sum of them in the same transaction. */
export class Views {
  readonly #database: Database
  readonly #count: CountMedia
  readonly #audiences: AudienceRows
  readonly #history: ViewerHistory
  readonly #get
  readonly #insert
  readonly #raise
  /** When the last view began. */
  #latest: number
  #rewinds = 0
  /** The session in which a viewer watched a video last, by both; the first ones are the oldest. */
  readonly #lastSessions = new Map<string, string>()

  constructor(database: Database, count: CountMedia) {
    this.#database = database
    this.#count = count
    this.#audiences = new AudienceRows(database)
    this.#history = new ViewerHistory(database)
    this.#get = database.prepare<ViewRow>('SELECT * FROM views WHERE audience = :audience AND session_id = :sessionId')
    this.#insert = database.prepare(
      `INSERT INTO views (audience, session_id, viewer, started_at, reported_at, watch_seconds, completion, device,
                          browser, os, country, city, before_at, library_before_at)
       VALUES (:audience, :sessionId, :viewer, :now, :now, :watchSeconds, :completion, :device,
               :browser, :os, :country, :city, :beforeAt, :libraryBeforeAt)`,
    )
    this.#raise = database.prepare(
      'UPDATE views SET reported_at = :now, watch_seconds = :watchSeconds, completion = :completion WHERE id = :id',
    )
    const last = database.prepare<{ at: number | null }>('SELECT max(started_at) AS at FROM views')
    this.#latest = last.get()?.at ?? 0
  }

  /** How often a view began before the last one, since this process did: the clock was set back. */
  get rewinds(): number {
    return this.#rewinds
  }

  /**
   * LI-13: one row per video and session; later reports raise duration and completion.
   * @param budget asked before a row is added. When it has no room, the report counts for the view that the same viewer
   * began last; when there is none, `begin` throws.
   */
  track(viewing: Viewing, now = Date.now(), budget: ViewBudget = UNBOUNDED): { sessionId: string; isNew: boolean } {
    const asked = viewing.sessionId ?? randomUUID()
    const viewerOfVideo = `${viewing.videoId} ${viewing.viewerKey}`
    return this.#database.transaction(() => {
      const audience = this.#audiences.of(viewing.videoId)
      const known = this.#get.get({ audience, sessionId: asked })
      if (known) {
        this.#continue(known, audience, viewing, now, budget)
        return { sessionId: asked, isNew: false }
      }
      const last = budget.mayBegin() ? undefined : this.#lastSessions.get(viewerOfVideo)
      const merged = last === undefined ? undefined : this.#get.get({ audience, sessionId: last })
      if (last !== undefined && merged) {
        this.#continue(merged, audience, viewing, now, budget)
        return { sessionId: last, isNew: false }
      }
      budget.begin()
      this.#begin(audience, asked, viewing, now)
      this.#remember(viewerOfVideo, asked)
      return { sessionId: asked, isNew: true }
    })
  }

  #remember(viewerOfVideo: string, sessionId: string): void {
    this.#lastSessions.delete(viewerOfVideo)
    this.#lastSessions.set(viewerOfVideo, sessionId)
    if (this.#lastSessions.size <= MOST_SESSIONS) return
    const [oldest] = this.#lastSessions.keys()
    if (oldest !== undefined) this.#lastSessions.delete(oldest)
  }

  #begin(audience: number, sessionId: string, viewing: Viewing, now: number): void {
    if (now < this.#latest) this.#rewinds += 1
    this.#latest = Math.max(this.#latest, now)
    const { watchSeconds, device, place } = viewing
    const completion = exact(viewing.completionPercentage)
    const viewer = this.#history.viewer(viewing.viewerKey)
    const here = this.#history.enter(audience, viewer, now)
    const anywhere = this.#history.enter(LIBRARY, viewer, now)
    this.#insert.run({
      ...{ audience, sessionId, viewer, now, watchSeconds, completion, ...device, ...place },
      ...{ beforeAt: here.beforeAt, libraryBeforeAt: anywhere.beforeAt },
    })
    this.#count(viewing.videoId, { views: 1 })
    const visits = [[audience, here.isFirst] as const, [LIBRARY, anywhere.isFirst] as const]
    for (const [each, isFirst] of visits) {
      this.#audiences.add(each, { views: 1, watchSeconds, completion }, now, isFirst ? 1 : 0)
      this.#audiences.addEnding(each, device.device, completion, 1)
      this.#audiences.addTraits(each, { ...device, country: place.country })
      if (place.city !== null) this.#audiences.addCity(each, place.country, place.city, viewer)
    }
  }

  #continue(known: ViewRow, audience: number, viewing: Viewing, now: number, budget: ViewBudget): void {
    const watchSeconds = Math.max(known.watch_seconds, viewing.watchSeconds)
    const completion = Math.max(known.completion, exact(viewing.completionPercentage))
    const delta = {
      ...{ views: 0, watchSeconds: watchSeconds - known.watch_seconds },
      completion: completion - known.completion,
    }
    const isUnchanged = delta.watchSeconds === 0 && delta.completion === 0
    // Without a key anybody may repeat a report: then the time is kept only roughly.
    if (isUnchanged && budget !== UNBOUNDED && now - known.reported_at < REPORTED_MS) return
    this.#raise.run({ id: known.id, now, watchSeconds, completion })
    if (isUnchanged) return
    for (const each of [audience, LIBRARY]) {
      this.#audiences.add(each, delta, known.started_at, 0)
      this.#audiences.addEnding(each, known.device, known.completion, -1)
      this.#audiences.addEnding(each, known.device, completion, 1)
    }
  }
}

/** Millionths of a percent, whole: sums of them are exact in any order. */
function exact(percentage: number): number {
  return Math.round(percentage * 1_000_000)
}
