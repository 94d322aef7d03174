import { useMemo } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { passes, type StateFilter } from './activity.ts'
import type { LoadedVideos } from './useVideos.ts'
import { useVisit } from './view.ts'

export interface Shown {
  /** Those of the loaded videos that pass the filter. */
  readonly videos: readonly Video[]
  /** How many of the loaded videos pass each filter. */
  readonly counts: Readonly<Record<StateFilter, number>>
}

/** The loaded videos that the filter chips let through. */
export function useShown({ videos, total }: LoadedVideos): Shown {
  const filter = useVisit((visit) => visit.filter)
  return useMemo(() => {
    const of = (state: StateFilter): Video[] => videos.filter((video) => passes(video, state))
    const counts = { all: total, working: of('working').length, failed: of('failed').length }
    return { videos: filter === 'all' ? videos : of(filter), counts }
  }, [videos, total, filter])
}
