import { plainAddress } from '../../base/ip-address.ts'
import * as contract from '../../contract/index.ts'
import { type Call, type Caller, type Operations, userOf } from '../operations.ts'
import type { Analytics, Totals } from './analytics.ts'
import type { About } from './analytics-thread.ts'
import { deviceOf, ownWindow } from './devices.ts'
import type { Engagement } from './engagement.ts'

/** LI-12: a UUID is the same in capitals, as every id is; what else is text is as it is given. */
function sessionOf(text: string): string {
  return contract.Id.safeParse(text).data ?? text
}

interface AboutVideo {
  readonly videoId: string | null
}

/** What engagement needs of other capabilities. */
export interface Surroundings {
  readonly videos: {
    /** @throws EngineError `not_found`. */
    get(videoId: string): unknown
    /** @throws EngineError `not_found`, `forbidden`. */
    assertMayChange(videoId: string, caller: Caller): void
  }
  /** How many notes there are on a video, or with null on all. */
  readonly countComments: (videoId: string | null) => number
  readonly onChange: (videoId: string) => void
}

/** Answers the operations of contract/engagement.ts. */
export function implementEngagement(operations: Operations, engagement: Engagement, around: Surroundings): void {
  const { views, viewers, places, budgets } = engagement
  implementReactions(operations, engagement, around)
  implementAnalytics(operations, engagement, around)
  operations.implement(contract.trackView, async ({ videoId, origin, ...report }, { caller }) => {
    around.videos.get(videoId)
    const address = origin.address === null ? null : plainAddress(origin.address)
    const isKeyless = caller.userId === null
    const now = Date.now()
    if (isKeyless) budgets.report(address, now)
    const place = await places.find(address)
    const viewing = {
      videoId,
      sessionId: report.sessionId ? sessionOf(report.sessionId) : null,
      viewerKey: viewers.keyOf(caller.userId, address),
      watchSeconds: report.watchDuration,
      completionPercentage: report.completionPercentage,
      device: caller.door === 'window' ? ownWindow() : deviceOf(origin.userAgent),
      place,
    }
    const budget = {
      mayBegin: () => budgets.secondsUntilRow(address, videoId, now) === 0,
      begin: () => budgets.row(address, videoId, now),
    }
    const tracked = views.track(viewing, now, isKeyless ? budget : undefined)
    around.onChange(videoId)
    return tracked
  })
  operations.perform(contract.forgetViewers, () => viewers.forget())
}

function implementReactions(
  operations: Operations,
  { reactions, budgets }: Engagement,
  { videos, onChange }: Surroundings,
): void {
  const changed = <T>(videoId: string, answer: T): T => {
    onChange(videoId)
    return answer
  }
  operations
    .implement(contract.likeVideo, ({ videoId }, { caller }) => {
      videos.get(videoId)
      return changed(videoId, reactions.like(videoId, userOf(caller)))
    })
    .implement(contract.unlikeVideo, ({ videoId }, { caller }) => {
      videos.get(videoId)
      return changed(videoId, reactions.unlike(videoId, userOf(caller)))
    })
    .implement(contract.shareVideo, ({ videoId, platform, origin }, { caller }) => {
      videos.get(videoId)
      if (caller.userId === null) budgets.row(origin.address, videoId, Date.now())
      return changed(videoId, reactions.share(videoId, caller.userId, platform === '' ? null : platform))
    })
    .implement(contract.getEngagement, ({ videoId }, { caller }) => {
      videos.get(videoId)
      return reactions.of(videoId, caller.userId)
    })
}

function implementAnalytics(
  operations: Operations,
  { analytics }: Engagement,
  { videos, countComments }: Surroundings,
): void {
  // LI-20; figures of the whole library are for admins.
  const assertMaySee = (videoId: string | null, caller: Caller): void => {
    if (videoId !== null) videos.assertMayChange(videoId, caller)
    else if (!caller.scopes.has('admin')) {
      throw new contract.EngineError('forbidden', 'Only admins may see analytics of the whole library.')
    }
  }
  const complete = (totals: Totals, videoId: string | null) => ({ ...totals, commentsCount: countComments(videoId) })
  const ask = <Q extends About>(question: Q, about: AboutVideo & Parameters<Analytics[Q]>[0], call: Call) => {
    assertMaySee(about.videoId, call.caller)
    return analytics.ask(question, about, call.signal)
  }
  operations
    .implement(contract.getAnalytics, async (about, call) => complete(await ask('totals', about, call), about.videoId))
    .implement(contract.getViewSeries, (about, call) => ask('series', about, call))
    .implement(contract.getDevices, (about, call) => ask('devices', about, call))
    .implement(contract.getWatchTimeDistribution, (about, call) => ask('distribution', about, call))
    .implement(contract.getCompletion, (about, call) => ask('completion', about, call))
    .implement(contract.getGeography, (about, call) => ask('geography', about, call))
    .implement(contract.getDashboard, async (about, call) => {
      const dashboard = await ask('dashboard', about, call)
      return { ...dashboard, overall: complete(dashboard.overall, about.videoId) }
    })
    .implement(contract.getTopVideos, (asked, { caller, signal }) => {
      assertMaySee(null, caller)
      return analytics.ask('topVideos', asked, signal)
    })
}
